"""What is kept as proof: the receipt of an erasure, a consent, the recovery key on paper."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef, counted, kind_name, personal_kinds
from gdprdesk.domain.terms import Reason, cite, say
from gdprdesk.exports.document import Document, Fields, Paragraph, Section
from gdprdesk.i18n import _, current_language, format_day, format_moment, language
from gdprdesk.services.consents import prove_consent
from gdprdesk.services.erasure_cases import ErasureReceipt, show_receipt
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report


@query("report.receipt")
def receipt_report(read: Session, *, subject_ref: SubjectRef, language_code: str = "") -> Document:
    """Return the receipt of an erasure: each step only once it has succeeded, and no name."""
    controller = controller_of(read)
    with language(language_code or controller.language):
        receipt = show_receipt(read, subject_ref=subject_ref)
        return report(
            read,
            title=_("Receipt of erasure"),
            sections=[
                _steps(receipt),
                _erased(receipt),
                _kept(receipt),
                _elsewhere(receipt),
                _searched(),
            ],
        )


@query("report.consent")
def consent_report(read: Session, *, ref: RecordRef, language_code: str = "") -> Document:
    """Return the proof of one consent: who said what to which words, when and how."""
    controller = controller_of(read)
    with language(language_code or controller.language):
        proof = prove_consent(read, ref=ref)
        lines = [
            (_("Name"), proof.name),
            (_("What for"), proof.title),
            (_("Said"), say(proof.decision)),
            (_("On"), format_day(proof.decided_on)),
            (_("How"), say(proof.method)),
            (_("Where"), ", ".join(proof.channels)),
            (_("Proof"), proof.evidence),
            (_("Counted until"), format_day(proof.ended_on) if proof.ended_on else ""),
            (_("Version of the text"), f"{proof.version} ({proof.language})"),
        ]
        fields = Fields(tuple(line for line in lines if line[1]))
        return report(
            read,
            title=_("Proof of consent"),
            sections=[
                Section(_("Decision"), (fields,)),
                Section(_("The exact words"), (Paragraph(proof.text),)),
            ],
        )


def recovery_sheet(business: str, recovery_key: str, made_at: datetime) -> Document:
    """Return the sheet with the recovery key, to print and lock away."""
    how = _(
        "If you forget your password, choose “Forgot your password?” and type this key. It opens "
        "the register and lets you choose a new password. Keep the sheet locked away, not beside "
        "the computer. Whoever has it can open the register."
    )
    without = _("Without password and without this key nobody can open the register. Not even we.")
    return Document(
        title=_("Recovery key"),
        subtitle=business,
        language=current_language(),
        sections=(
            Section(_("Your key"), (Paragraph(recovery_key, code=True),)),
            Section(_("When you need it"), (Paragraph(how), Paragraph(without, strong=True))),
        ),
        made_at=made_at,
    )


def _steps(receipt: ErasureReceipt) -> Section:
    waiting = _("not done yet")
    lines = (
        (_("Number"), receipt.ref),
        (_("Asked for"), format_moment(receipt.asked_at)),
        (_("State"), say(receipt.state)),
        (
            _("Taken out of the register, and written in the ledger of the erased"),
            format_moment(receipt.deleted_at) if receipt.deleted_at else waiting,
        ),
        (
            _("Every page of the file cleaned"),
            format_moment(receipt.cleaned_at) if receipt.cleaned_at else waiting,
        ),
    )
    return Section(_("What was done"), (Fields(lines),))


def _erased(receipt: ErasureReceipt) -> Section:
    kinds = {kind_name(kind): kind for kind in personal_kinds()}
    said = ", ".join(counted(kinds[kind], count) for kind, count in receipt.erased)
    return Section(_("Erased"), (Paragraph(said or _("Nothing")),))


def _kept(receipt: ErasureReceipt) -> Section:
    kinds = {kind_name(kind): kind for kind in personal_kinds()}
    lines = []
    for kept in receipt.keep:
        reason = Reason(kept["reason"])
        why = kept["law"] or say(reason)
        until = (
            _("until {day}").format(day=format_day(date.fromisoformat(kept["until"])))
            if kept["until"]
            else _("until that is over")
        )
        article = _("Article {article}").format(article=cite(reason.value))
        label = _(kinds[kept["kind"]].called[0]).capitalize()
        lines.append((label, f"{why}, {until} ({article})"))
    blocks = (Fields(tuple(lines)),) if lines else (Paragraph(_("Nothing")),)
    return Section(_("Kept, and why"), blocks)


def _elsewhere(receipt: ErasureReceipt) -> Section:
    lines = tuple(
        (
            one.recipient,
            _("done {day}").format(day=format_day(one.done_on))
            if one.done_on
            else _("not done yet: {task}").format(task=one.task),
        )
        for one in receipt.outside
    )
    blocks = (Fields(lines),) if lines else (Paragraph(_("Nothing")),)
    return Section(_("At others"), blocks)


def _searched() -> Section:
    kinds = ", ".join(_(kind.called[1]) for kind in personal_kinds())
    said = _(
        "Searched: every kind of record in the register ({kinds}), the word index and every page "
        "of the file. Not searched: paper, mail programs, phones, and copies of the register that "
        "were made before."
    )
    return Section(_("How far this reaches"), (Paragraph(said.format(kinds=kinds), muted=True),))
