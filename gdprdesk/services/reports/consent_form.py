"""The form that is printed, signed by hand, and scanned back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import ConsentTextRef, SubjectRef
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import Document, Fields, Paragraph, Points, Section
from gdprdesk.i18n import _, language
from gdprdesk.services.consent_texts import find_text
from gdprdesk.services.finding import controller_of, find_subject
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report

_BOX = "\N{WHITE SQUARE}"
_GROUP = 4
_ROOM = "\n\n"


@query("report.consent_form", needs=Permission.CONSENTS)
def consent_form(read: Session, *, subject_ref: SubjectRef, text_ref: ConsentTextRef) -> Document:
    """Return the form to print: the exact words, boxes with no tick in them, and a line to sign on.

    It is written in the language of its words. It names nobody: she writes her name herself, and a
    code at its foot says whose it is to whoever has the register.
    """
    subject, text = find_subject(read, subject_ref), find_text(read, text_ref)
    guardians = select(Guardian.id).where(Guardian.subject_id == subject.id)
    is_child = read.scalar(guardians.limit(1)) is not None
    code = form_code(subject.ref, text.ref)
    with language(text.language):
        kept = _("The code says whose form this is, so that your answer is kept in its place.")
        document = report(
            read,
            title=text.name,
            subtitle=_("A question to you from {business}").format(
                business=controller_of(read).name
            ),
            sections=[
                Section("", (Paragraph(text.text),)),
                *_places(text),
                Section(_("Your answer"), (Points((_("Yes"), _("No")), mark=_BOX),)),
                Section("", (Paragraph(withdrawal_words(), strong=True),)),
                Section(
                    _("Signature"),
                    (
                        Fields(_lines(is_child=is_child)),
                        Paragraph(code, code=True),
                        Paragraph(kept, muted=True),
                    ),
                ),
            ],
        )
    return replace(document, footer="")  # it is hers: where the log stood is nothing to her


def form_code(subject_ref: SubjectRef, text_ref: ConsentTextRef) -> str:
    """Return the code of a form: it names a person and a text to whoever has the register."""
    letters = (subject_ref[: 3 * _GROUP] + text_ref[:_GROUP]).upper()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def withdrawal_words() -> str:
    """Return the right to withdraw in one sentence, in the language spoken: Article 7(3)."""
    return _("You can take back a yes whenever you want, just as easily as you gave it.")


def _places(text: ConsentText) -> list[Section]:
    if not text.channels:
        return []
    asked = _("Tick each place that you say yes to. You need not tick any.")
    boxes = Points(tuple(text.channels), mark=_BOX)
    return [Section(_("Where it may be seen"), (Paragraph(asked, muted=True), boxes))]


def _lines(*, is_child: bool) -> tuple[tuple[str, str], ...]:
    """Return the lines to write on; of a child, one for who says it for her as well."""
    lines = [_("Name"), _("Day"), _("Signature")]
    if is_child:
        lines += [_("For a child: name of the guardian"), _("Signature of the guardian")]
    return tuple((one, _ROOM) for one in lines)
