"""The letters of a request as text to mail and as a document to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gdprdesk.domain.terms import LetterKind, cite
from gdprdesk.exports.document import Document, LetterHead, Paragraph, Points, Section
from gdprdesk.i18n import N_, _, current_language, format_day
from gdprdesk.services.finding import now_of
from gdprdesk.services.letter_case import LetterCase
from gdprdesk.services.log_anchors import log_anchor
from gdprdesk.services.reports.letter_questions import Blocks, opening
from gdprdesk.services.reports.letter_texts import BODIES

_SUBJECTS: Final = {
    LetterKind.RECEIVED: N_("We have your request"),
    LetterKind.WHO_ARE_YOU: N_("We have to know that it is you who asks"),
    LetterKind.NO_AUTHORITY: N_("We have to see that you may act for somebody else"),
    LetterKind.EXTENSION: N_("Your request takes longer"),
    LetterKind.NOTHING_HELD: N_("We have nothing about you"),
    LetterKind.COPY_ENCLOSED: N_("A copy of your data"),
    LetterKind.CORRECTED: N_("Your data are corrected"),
    LetterKind.ERASED: N_("The erasure of your data"),
    LetterKind.RESTRICTED: N_("Your data are only stored for now"),
    LetterKind.LIFTED: N_("We are about to use your data again"),
    LetterKind.OBJECTION_UPHELD: N_("We stop, as you ask"),
    LetterKind.OBJECTION_REFUSED: N_("Our answer to your objection"),
    LetterKind.PARTLY: N_("We have done a part of what you asked for"),
    LetterKind.REFUSED: N_("Our answer to your request"),
    LetterKind.COMPLAINT_ANSWER: N_("Our answer to your complaint"),
    LetterKind.TAKEN_BACK: N_("Your request is closed"),
    LetterKind.JOURNAL_TO_AUTHORITY: N_("IVO decides about your journal"),
    LetterKind.JOURNAL_DESTROYED: N_("Your journal is destroyed, or a part of it"),
    LetterKind.JOURNAL_KEPT: N_("Your journal is kept"),
}
_WITHOUT_COMPLAINT: Final = {
    LetterKind.RECEIVED,
    LetterKind.WHO_ARE_YOU,
    LetterKind.NO_AUTHORITY,
    LetterKind.TAKEN_BACK,
}
"""Letters that decide nothing anybody could complain about."""

_ARTICLES: Final = {
    LetterKind.WHO_ARE_YOU: "12(6)",
    LetterKind.NO_AUTHORITY: "12(6)",
    LetterKind.LIFTED: "18(3)",
    LetterKind.REFUSED: "12(4)",
    LetterKind.OBJECTION_REFUSED: "12(4)",
    LetterKind.PARTLY: "12(4)",
}


@dataclass(frozen=True, repr=False)
class LetterText:
    """A letter as it is pasted into a mail."""

    subject: str
    body: str


def text_of(case: LetterCase, letter: LetterKind) -> LetterText:
    """Return a letter as text, in the language spoken."""
    body = "\n\n".join(_plain(block) for block in _blocks(case, letter))
    return LetterText(_subject(case, letter), body)


def document_of(case: LetterCase, letter: LetterKind) -> Document:
    """Return a letter as it is printed, in the language spoken."""
    controller = case.controller
    return Document(
        title=_subject(case, letter),
        subtitle="",
        language=current_language(),
        sections=(Section("", tuple(_blocks(case, letter))),),
        made_at=now_of(case.read),
        footer=" · ".join((*_contacts(case), log_anchor(case.read))),
        currency=controller.currency,
        organisation=controller.name,
        letter=_head(case),
    )


def _subject(case: LetterCase, letter: LetterKind) -> str:
    said = _("{what} (our number {number})")
    return said.format(what=_(_SUBJECTS[letter]), number=case.request.number)


def _head(case: LetterCase) -> LetterHead:
    controller = case.controller
    address = [line.strip() for line in controller.address.split(",")]
    return LetterHead(
        sender=(controller.name, *(line for line in address if line)),
        addressee=tuple(_addressee(case)),
        notes=(
            "",
            format_day(case.today),
            _("Our number: {number}").format(number=case.request.number),
        ),
    )


def _addressee(case: LetterCase) -> Iterator[str]:
    if case.addressee:
        yield case.addressee
    for line in case.address().replace("\n", ",").split(","):
        if line.strip():
            yield line.strip()


def _blocks(case: LetterCase, letter: LetterKind) -> Blocks:
    yield Paragraph(
        _("Hello {name},").format(name=case.addressee) if case.addressee else _("Hello,")
    )
    yield from opening(case)
    yield from BODIES[letter](case)
    if case.own_words:
        yield Paragraph(case.own_words)
    if letter not in _WITHOUT_COMPLAINT:
        yield from _complaint(case)
    yield Paragraph("\n".join((_("Kind regards,"), *_signed(case))))
    yield Paragraph(_law(case, letter), muted=True)


def _complaint(case: LetterCase) -> Blocks:
    """Yield where to complain and that she may go to court: Articles 12(4), 77 and 79."""
    authority = case.authority
    yield Paragraph(
        _(
            "If you are not content with our answer, please tell us. You can also complain to "
            "{authority}, {address}, {web}. And you have the right to take the matter to court."
        ).format(authority=authority.name, address=authority.address, web=authority.web)
    )


def _signed(case: LetterCase) -> Iterator[str]:
    """Yield who signs, and how to reach the business with questions about it."""
    controller = case.controller
    yield from (line for line in (controller.contact, controller.name) if line)
    yield from (line for line in (controller.email, controller.phone) if line)


def _contacts(case: LetterCase) -> Iterator[str]:
    controller = case.controller
    number = _("Org. no. {number}").format(number=controller.org_number)
    known = (controller.name, controller.address, controller.email, controller.phone)
    yield from (one for one in known if one)
    if controller.org_number:
        yield number


def _law(case: LetterCase, letter: LetterKind) -> str:
    own = case.request.kind.article
    other = cite(_ARTICLES.get(letter, "12(3)"))
    said = _("We write to you because of Article {first} and {second} of the GDPR.")
    return said.format(first=other, second=own)


def _plain(block: Paragraph | Points) -> str:
    if isinstance(block, Points):
        return "\n".join(f"- {item}" for item in block.items)
    return block.text
