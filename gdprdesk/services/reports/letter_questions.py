"""What the letters on the way to an answer say: received, who are you, may you, it takes longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gdprdesk.domain.terms import ExtensionReason, Requester, RequestKind
from gdprdesk.exports.document import Paragraph, Points
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.letter_case import LetterCase, without_numbers

Blocks = Iterator[Paragraph | Points]

_ASKED: Final = {
    RequestKind.ACCESS: N_("On {day} you asked us what we have about you."),
    RequestKind.RECTIFY: N_("On {day} you asked us to correct something that we have about you."),
    RequestKind.ERASE: N_("On {day} you asked us to erase what we have about you."),
    RequestKind.RESTRICT: N_("On {day} you asked us only to store what we have about you for now."),
    RequestKind.PORT: N_("On {day} you asked us for your data, to take them along."),
    RequestKind.OBJECT: N_("On {day} you objected to what we do with your data."),
    RequestKind.COMPLAINT: N_("On {day} you complained about how we handle your data."),
}
_NEXT: Final = {
    RequestKind.ACCESS: N_(
        "We go through everything we have and send you a copy. In it you see why we have it, where "
        "it came from, who else gets it and how long we keep it."
    ),
    RequestKind.RECTIFY: N_(
        "We look at what is wrong, correct it, and tell those whom we have given it to."
    ),
    RequestKind.ERASE: N_(
        "We erase everything that no law and nothing unfinished between us makes us keep. We tell "
        "you what stays, why and until when."
    ),
    RequestKind.RESTRICT: N_(
        "We see to it that your data are only stored, and tell you before we use them again."
    ),
    RequestKind.PORT: N_(
        "We send you what you have given us as a file that other programs can read."
    ),
    RequestKind.OBJECT: N_(
        "If it is about advertising, you get no more of it. For anything else we weigh your "
        "reasons against ours and tell you what we have decided."
    ),
    RequestKind.COMPLAINT: N_("We look into it and tell you what we have found."),
}
_LONGER: Final = {
    ExtensionReason.COMPLEX: N_("Your request is complex, and we want the answer to be right."),
    ExtensionReason.NUMBER: N_("We have been asked for very much at the same time."),
}


def opening(case: LetterCase) -> Blocks:
    """Yield what was asked, and whom the letter means by "you" if somebody else asks for her."""
    day = format_day(case.request.received_on)
    if case.for_another and not case.is_trusted:
        yield Paragraph(_("On {day} you asked us about somebody else's data.").format(day=day))
        return
    if case.for_another and case.person:
        said = _("You act for {name}. Where this letter says “you” about data, that is {name}.")
        yield Paragraph(said.format(name=case.person))
    yield Paragraph(_(_ASKED[case.request.kind]).format(day=day))


def received_text(case: LetterCase) -> Blocks:
    """Yield by when the answer comes and what happens until then."""
    said = _("You have our answer by {day} at the latest.").format(day=format_day(case.answer_by))
    yield Paragraph(said, strong=True)
    if not case.is_trusted and case.for_another:
        yield Paragraph(_("First we have to see that you may act for the person you ask for."))
    elif not case.is_trusted:
        yield Paragraph(_("First we make sure that it is you who asks."))
    if case.is_trusted or not case.for_another:
        yield Paragraph(_(_NEXT[case.request.kind]))
    yield Paragraph(_("It costs you nothing, and you can take your request back at any time."))


def who_are_you_text(case: LetterCase) -> Blocks:
    """Yield why it is doubted who asks and what is enough: never a copy of a passport."""
    yield Paragraph(
        _("Before we answer we have to know that it is you, so that nobody else gets your data.")
    )
    if case.request.doubt:
        yield Paragraph(
            _("Why we ask: {why}").format(why=without_numbers(case.request.doubt.strip()))
        )
    yield Paragraph(_("One of these is enough:"))
    yield Points(
        (
            _("Write to us from an e-mail address that you have used with us before."),
            _("Ask us to call you on a phone number that you have used with us before."),
            _("Come by and show us who you are. We look at it, and copy nothing."),
        )
    )
    yield Paragraph(
        _("Please send us no copy of a passport or driving licence, and no identity number."),
        strong=True,
    )
    asked = format_day(case.request.doubted_on or case.today)
    yield Paragraph(
        _(
            "We ask you this on {day}. The time we have for our answer stands still until we hear "
            "from you, and then goes on."
        ).format(day=asked)
    )


_POWER: Final = N_(
    "A power of attorney: a signed paper that says whom you act for, and that it is about personal "
    "data at our business."
)
_PAPERS: Final[Mapping[Requester, str]] = {
    Requester.GUARDIAN: N_("A decision or an extract that shows that you are the guardian."),
    Requester.POLICE: N_(
        "A decision, or the provision of law that you rely on, in writing and from the authority's "
        "own address."
    ),
}


def no_authority_text(case: LetterCase) -> Blocks:
    """Yield what shows that whoever asks may act for the person."""
    yield Paragraph(
        _(
            "Before we say anything, even whether we have any data, we have to see that you may "
            "act for the person. One of these is enough:"
        )
    )
    paper = _(_PAPERS.get(case.request.requester, _POWER))
    yield Points((paper, _("The person concerned writes to us or calls us.")))
    yield Paragraph(_("You are welcome to black out identity numbers; we do not need them."))
    yield Paragraph(
        _("Until we have seen it we cannot go on, and whatever we may have stays with us.")
    )


def extension_text(case: LetterCase) -> Blocks:
    """Yield why it takes longer, and until when: Article 12(3)."""
    yield Paragraph(_("We cannot answer within the first month."))
    if case.request.extension:
        yield Paragraph(_(_LONGER[case.request.extension]))
    yield from note_text(case.request.extension_note)
    said = _("You have our answer by {day} at the latest.")
    yield Paragraph(said.format(day=format_day(case.request.due_on)), strong=True)
    yield Paragraph(_("The law lets us take at most three months from the day you asked."))


def note_text(text: str) -> Blocks:
    """Yield what the owner has written down as a reason, without identity numbers."""
    if text.strip():
        yield Paragraph(without_numbers(text.strip()))
