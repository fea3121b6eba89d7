"""What to do about an address that a newsletter program, the register, or both of them know.

Every address falls in exactly one of these. Whoever said yes here later than she left there still
wants letters; who was erased is deleted there, unless she has said yes anew; and nobody gets
letters only because her address happens to stand on a list: Article 7(1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gdprdesk.domain.mailing_lists import MailingStatus
from gdprdesk.i18n import N_, _


class Finding(StrEnum):
    """What became of an address, in the order in which it is to be looked at."""

    LEFT = "left"
    ERASED = "erased"
    SAID_NO = "said_no"
    UNPROVEN = "unproven"
    BOUNCED = "bounced"
    MISSING = "missing"
    YES_SINCE = "yes_since"
    PENDING = "pending"
    GONE = "gone"
    ALIKE = "alike"

    @property
    def label(self) -> str:
        """Return what it means, in a few words."""
        return _(_LABELS[self][0])

    @property
    def advice(self) -> str:
        """Return what to do, as a sentence."""
        return _(_LABELS[self][1])

    @property
    def there(self) -> bool:
        """Whether something has to be done in the program that sends the letters."""
        return self in _TO_DO_THERE


_TO_DO_THERE = frozenset({Finding.ERASED, Finding.SAID_NO, Finding.UNPROVEN})
_LABELS = {
    Finding.LEFT: (
        N_("Left there, says yes here"),
        N_("Write down here that they take their yes back, each on the day she left."),
    ),
    Finding.ERASED: (
        N_("Erased here, still there"),
        N_("Delete these there for good: they were promised that they are erased."),
    ),
    Finding.SAID_NO: (
        N_("Said no, still gets letters"),
        N_("Unsubscribe these there now: they have said no, object, or are only stored."),
    ),
    Finding.UNPROVEN: (
        N_("There, but no yes here"),
        N_("Find the proof of their yes and write it down here, or delete them there."),
    ),
    Finding.BOUNCED: (
        N_("Says yes, but letters come back"),
        N_("Ask for the right address the next time you meet. The yes stays."),
    ),
    Finding.MISSING: (
        N_("Says yes here, is missing there"),
        N_("Export the list and import it there."),
    ),
    Finding.YES_SINCE: (
        N_("Left there, said yes since"),
        N_("Nothing changes here. She has to sign up there once more herself."),
    ),
    Finding.PENDING: (
        N_("Has not confirmed yet"),
        N_("Nothing to do: whoever does not confirm gets no letters."),
    ),
    Finding.GONE: (N_("Left there, no yes here either"), N_("Nothing to do.")),
    Finding.ALIKE: (N_("The same here and there"), N_("Nothing to do.")),
}


@dataclass(frozen=True)
class Here:
    """What the register knows of an address.

    Attributes:
        yes_on: The day of the newest yes that counts; nothing if there is none.
        held_back: Nothing may be sent all the same: her data are only stored, or the address is on
            the stop list because somebody else who has it said no.
        erased: It is on the stop list since its owner was erased.
        said_no: Its owner has said no, objects, or it is on the stop list for that.
        pending: Somebody has signed up with it and not confirmed.
    """

    yes_on: date | None = None
    held_back: bool = False
    erased: bool = False
    said_no: bool = False
    pending: bool = False


def judge(here: Here, there: MailingStatus | None, left_on: date | None = None) -> Finding:
    """Return what became of an address.

    Args:
        here: What the register knows of it.
        there: How it stands in the program that sends the letters; nothing if it is not there.
        left_on: The day its owner left there; nothing if that is not known, then it counts.
    """
    left = there in {None, MailingStatus.UNSUBSCRIBED}
    if here.yes_on is not None and (there is MailingStatus.UNSUBSCRIBED or not here.held_back):
        return _judge_yes(here.yes_on, there, left_on)
    refused = here.said_no or here.held_back
    waits = there is MailingStatus.UNCONFIRMED or (there is None and here.pending)
    rules = (
        (there is not None and here.erased, Finding.ERASED),
        (waits, Finding.PENDING),
        (left or (refused and there is MailingStatus.BOUNCED), Finding.GONE),
        (refused, Finding.SAID_NO),
    )
    return next((finding for holds, finding in rules if holds), Finding.UNPROVEN)


def _judge_yes(yes_on: date, there: MailingStatus | None, left_on: date | None) -> Finding:
    match there:
        case None:
            return Finding.MISSING
        case MailingStatus.ACTIVE:
            return Finding.ALIKE
        case MailingStatus.UNCONFIRMED:
            return Finding.PENDING
        case MailingStatus.BOUNCED:
            return Finding.BOUNCED
        case MailingStatus.UNSUBSCRIBED:
            again = left_on is not None and yes_on > left_on
            return Finding.YES_SINCE if again else Finding.LEFT
