"""What people said yes or no to, and the proof of it: Article 7."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import ClassVar, Final

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    SAID_BY,
    ConsentTextRef,
    Entity,
    ForeignKey,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    PersonalBytes,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import ConsentMethod, Decision, Permission, SignedAs, Start
from gdprdesk.i18n import N_

_ENDINGS: Final = {SignedAs.PNG: ".png", SignedAs.JPEG: ".jpg", SignedAs.PDF: ".pdf", None: ""}
_NO: Final = {Decision.REFUSED, Decision.WITHDRAWN}
CONFIRMS_WITHIN: Final = timedelta(days=30)
"""So long a sign-up waits for whoever owns the address; then it is forgotten."""


class ConsentText(Entity):
    """The exact words a person is asked with. Never changed: new words are a new version.

    Attributes:
        purpose: What it is for; the versions and languages of one purpose share it.
        name: What lists call it.
        channels: Where what she agrees to may appear.
        replaced: A newer version is asked with instead; old consents still point here.
    """

    __tablename__ = "consent_text"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[ConsentTextRef]] = mapped_column(
        init=False, default_factory=lambda: ConsentTextRef(new_ref()), unique=True
    )
    activity_id: Mapped[NotPersonal[int]] = mapped_column(ForeignKey("processing_activity.id"))
    purpose: Mapped[NotPersonal[str]] = mapped_column(index=True)
    version: Mapped[NotPersonal[str]]
    language: Mapped[NotPersonal[str]]
    name: Mapped[NotPersonal[str]]
    text: Mapped[NotPersonal[str]]
    channels: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    icon: Mapped[NotPersonal[str]] = mapped_column(default="signature")
    replaced: Mapped[NotPersonal[bool]] = mapped_column(default=False)


class Consent(PersonalRecord, Entity):
    """One decision of one person. A withdrawal is a new row; the old one stays as proof.

    Attributes:
        text_id: The exact words she was asked with.
        evidence: Where the proof is: who heard it, which form, which mail.
        ended_on: The day it stopped to count, from which its erasure counts.
        given_by: Who said it for her, such as a child's mother; empty if she did so herself.
        confirmed_on: The day she confirmed it from her own address, where that was asked for.
        signed: Her signature as a picture, or the signed form as it was scanned.
        signed_type: Which of these it is; nothing without one.
    """

    __tablename__ = "consent"
    needs: ClassVar[Permission] = Permission.CONSENTS
    given_by_her: ClassVar[bool] = True
    clock: ClassVar[Mapping[Start, str]] = {Start.CONSENT_WITHDRAWN: "ended_on"}
    called: ClassVar[tuple[str, str]] = (N_("consent"), N_("consents"))
    labels: ClassVar[Mapping[str, str]] = {
        "decision": N_("You said"),
        "method": N_("How you said it"),
        "decided_on": N_("Said on"),
        "channels": N_("Where"),
        "evidence": N_("Proof"),
        "ended_on": N_("Counted until"),
        "given_by": N_("Said for you by"),
        "confirmed_on": N_("Confirmed by you on"),
        "signed": N_("Signed"),
    }

    text_id: Mapped[NotPersonal[int]] = mapped_column(ForeignKey("consent_text.id"), index=True)
    decision: Mapped[NotPersonal[Decision]]
    method: Mapped[NotPersonal[ConsentMethod]]
    decided_on: Mapped[date] = mapped_column(PersonalDate)
    channels: Mapped[list[str]] = mapped_column(PersonalJson, default_factory=list)
    evidence: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    ended_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    given_by: Mapped[str] = mapped_column(PersonalText, default="", info=SAID_BY)
    confirmed_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    signed: Mapped[bytes | None] = mapped_column(PersonalBytes, default=None, deferred=True)
    signed_type: Mapped[NotPersonal[SignedAs | None]] = mapped_column(default=None)

    @property
    def file_name(self) -> str:
        """What the signature or the scan is called where it is handed out."""
        return f"consent {self.decided_on.isoformat()}{_ENDINGS[self.signed_type]}"

    @property
    def counts(self) -> bool:
        """Whether she says yes to this day."""
        return self.decision is Decision.GIVEN and self.ended_on is None

    def counts_on(self, today: date, of_age_on: date | None) -> bool:
        """Return whether she says yes on a day.

        Args:
            today: The day.
            of_age_on: The day she turns 18, if somebody says yes for her: what was said before
                counts no more from then on, until she has answered anew.
        """
        is_over = of_age_on is not None and self.decided_on < of_age_on <= today
        return self.counts and not is_over

    def ends_on(self) -> date | None:
        """Return the last day a sign-up waits to be confirmed; what was said has no such day."""
        waits = self.decision is Decision.PENDING and self.ended_on is None
        return self.decided_on + CONFIRMS_WITHIN if waits else None

    def active_on(self) -> date:
        """Return the day she said it."""
        return self.decided_on

    def proof(self) -> Mapping[str, str | None]:
        """Return that she was asked and what she said: Article 7(1)."""
        return {
            "decision": self.decision.value,
            "method": self.method.value,
            "decided_on": self.decided_on.isoformat(),
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
            "confirmed_on": self.confirmed_on.isoformat() if self.confirmed_on else None,
        }

    def proves_others(self) -> bool:
        """Return that it is kept as long as what she said yes to: Article 7(1)."""
        return True

    def wants_contact(self) -> bool:
        """Return that whoever says yes to letters has to be reached."""
        return self.counts


def says_yes(said: Iterable[Consent], today: date, of_age_on: date | None = None) -> bool:
    """Return whether the last word of a person on one purpose is a yes that counts."""
    newest = _newest(said)
    return newest is not None and newest.counts_on(today, of_age_on)


def allowed(
    said: Iterable[Consent],
    today: date,
    of_age_on: date | None = None,
    *,
    places: Callable[[Consent], Iterable[str]] = lambda one: one.channels,
) -> frozenset[str]:
    """Return where what a person agreed to may be shown: the strictest of what she said wins.

    Args:
        said: All she ever said to one purpose, in any order.
        today: The day that is asked for.
        of_age_on: The day she turns 18, if somebody says yes for her.
        places: What the places of one answer are called: she may have been asked in any language.
    """
    known = list(said)
    if not says_yes(known, today, of_age_on):
        return frozenset()
    counting = [set(places(one)) for one in known if one.counts_on(today, of_age_on)]
    return frozenset(set.intersection(*counting))


def refused_herself(said: Iterable[Consent]) -> Consent | None:
    """Return her own last word on one purpose if it is a no: nobody's yes outweighs that."""
    newest = _newest(one for one in said if not one.given_by)
    is_no = newest is not None and newest.decision in _NO
    return newest if is_no else None


def _newest(said: Iterable[Consent]) -> Consent | None:
    return max(said, key=lambda one: (one.decided_on, one.id or 0), default=None)
