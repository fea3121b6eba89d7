"""Instructions of businesses that are served: the list, the answer, and what became of the data."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from gdprdesk.domain.base import ControllerRef, RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission, cite, say
from gdprdesk.exports.document import Column, Document, Fields, Kind, Paragraph, Section
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.instructions import InstructionRow, list_instructions, show_instruction
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.served import show_controller


@dataclass(frozen=True, repr=False)
class AnswerText:
    """The answer to an instruction as a mail: what stands above it, and what it says."""

    to: str
    subject: str
    body: str


@query("report.instructions", needs=Permission.REGISTER)
def instructions_report(read: Session, *, language_code: str = "") -> Document:
    """Return what businesses asked to be done with their people's data, and what was done."""
    with language(language_code or controller_of(read).language):
        columns = (
            Column(_("Number"), Kind.NUMBER, weight=0.8),
            Column(_("Customer"), weight=1.5),
            Column(_("Received"), Kind.DAY),
            Column(_("About"), weight=1.4),
            Column(_("What is to be done"), weight=2.4),
            Column(_("To do by"), Kind.DAY),
            Column(_("Done"), Kind.DAY),
            Column(_("What was done"), weight=2.4),
            Column(_("Answered"), Kind.DAY),
        )
        rows = [
            [
                one.number,
                one.controller,
                one.received_on,
                say(one.kind),
                one.scope,
                one.due_on,
                one.done_on,
                one.done_how,
                one.answered_on,
            ]
            for one in sorted(list_instructions(read), key=lambda row: row.number)
        ]
        said = without_empty(columns, rows) if rows else Paragraph(_("No instruction has come."))
        return report(
            read,
            title=_("Instructions of customers served"),
            sections=[Section(_("Instructions"), (said,))],
            landscape=True,
        )


@query("instruction.answer_text", needs=Permission.REGISTER)
def show_answer(read: Session, *, ref: RecordRef, language_code: str = "") -> AnswerText:
    """Return the answer to an instruction as text, to send by mail.

    Raises:
        DomainError: Nothing has been done yet that could be told.
    """
    one = _done(read, ref)
    owner = controller_of(read)
    with language(language_code or owner.language):
        said = _paragraphs(one)
        signed = (owner.contact, owner.name, owner.email, owner.phone)
        ending = "\n".join(line for line in dict.fromkeys(signed) if line)
        return AnswerText(one.contact, _subject(one), "\n\n".join((_("Hello,"), *said, ending)))


@query("report.instruction_answer", needs=Permission.REGISTER)
def answer_report(read: Session, *, ref: RecordRef, language_code: str = "") -> Document:
    """Return the answer to an instruction as a letter.

    Raises:
        DomainError: Nothing has been done yet that could be told.
    """
    one = _done(read, ref)
    with language(language_code or controller_of(read).language):
        fields = Fields(
            (
                (_("To whom"), one.controller),
                (_("Instruction"), _("Number {number}").format(number=one.number)),
                (_("Received"), format_day(one.received_on)),
                (_("About"), f"{say(one.kind)} ({_article(one)})"),
                (_("What is to be done"), one.scope),
                (_("Done"), format_day(one.done_on or today_of(read))),
                (_("What was done"), one.done_how),
            )
        )
        law = Paragraph(
            _("We process these data on your instruction: Article {article} of the GDPR.").format(
                article=cite("28(3)(a)")
            ),
            muted=True,
        )
        return report(
            read, title=_subject(one), sections=[Section("", (fields,)), Section("", (law,))]
        )


@query("report.settlement", needs=Permission.REGISTER)
def settlement_report(
    read: Session, *, controller_ref: ControllerRef, language_code: str = ""
) -> Document:
    """Return the certificate that the data of a business went back or were deleted.

    Raises:
        DomainError: That has not been done yet.
    """
    owner, one = controller_of(read), show_controller(read, controller_ref=controller_ref)
    if one.ended_on is None or one.settled_on is None:
        raise DomainError(
            _(
                "The data of {name} have not gone back or been deleted yet, so there is nothing to "
                "certify. Write down first what was done."
            ).format(name=one.name)
        )
    with language(language_code or owner.language):
        lines = (
            (_("Processor"), _with_number(owner.name, owner.org_number)),
            (_("Controller"), _with_number(one.name, one.org_number)),
            (_("The service ended"), format_day(one.ended_on)),
            (_("Returned or deleted"), format_day(one.settled_on)),
            (_("What was done"), one.settled_how),
            (_("The service was"), "; ".join(one.categories)),
            (_("Who else took part"), ", ".join(other.name for other in one.recipients)),
        )
        fields = Fields(tuple(line for line in lines if line[1]))
        word = Paragraph(
            _(
                "We certify that we no longer hold personal data on behalf of {name}, except what "
                "a law obliges ourselves to keep: Article {article} of the GDPR."
            ).format(name=one.name, article=cite("28(3)(g)"))
        )
        sign = Fields(((_("Place and day"), "…………………………"), (_("Signature"), "…………………………")))
        return report(
            read,
            title=_("Certificate: personal data returned or deleted"),
            sections=[Section("", (fields, word)), Section("", (sign,))],
        )


def _done(read: Session, ref: RecordRef) -> InstructionRow:
    one = show_instruction(read, ref=ref)
    if one.done_on is None:
        raise DomainError(
            _("There is nothing to answer yet. Write first what was done, or why it could not be.")
        )
    return one


def _subject(one: InstructionRow) -> str:
    return _("Answer to your instruction number {number}").format(number=one.number)


def _paragraphs(one: InstructionRow) -> tuple[str, ...]:
    came = _("On {day} you asked us to do this on your behalf ({right}):").format(
        day=format_day(one.received_on), right=f"{say(one.kind)}, {_article(one)}"
    )
    done = _("This was done, the last of it on {day}:").format(
        day=format_day(one.done_on or one.received_on)
    )
    return (
        f"{came}\n{one.scope}",
        f"{done}\n{one.done_how}",
        _("It is you who answer the person concerned. Write to us if something is missing."),
    )


def _article(one: InstructionRow) -> str:
    return _("Article {article}").format(article=one.kind.article)


def _with_number(name: str, number: str) -> str:
    said = _("{name}, org. number {number}").format(name=name, number=number)
    return said if number else name
