"""What is kept as proof: the receipt of an erasure, a consent, the recovery key on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef, counted, kind_name, personal_kinds
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.terms import Permission, Reason, SignedAs, cite, say
from gdprdesk.exports.document import Document, Fields, Paragraph, Picture, Section
from gdprdesk.i18n import _, current_language, format_day, format_moment, language
from gdprdesk.services.consents import ConsentProof, prove_consent
from gdprdesk.services.erasure_cases import ErasureReceipt, show_receipt
from gdprdesk.services.finding import controller_of, find_any_subject
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.staff_names import staff_name

_SIGNATURE, _SCAN = 30.0, 120.0  # millimetres
_JOURNAL = frozenset({kind_name(JournalNote), kind_name(JournalFile)})


@query("report.receipt", needs=Permission.ERASE)
def receipt_report(
    read: Session,
    *,
    subject_ref: SubjectRef,
    language_code: str = "",
    purpose: str | None = None,
    with_name: bool = False,
) -> Document:
    """Return the receipt of an erasure: each step only once it has succeeded.

    Args:
        read: The open register.
        subject_ref: Whose erasure it is.
        language_code: What it is written in; that of the register if nothing is said.
        purpose: The consent, if it is the erasure of what rests on one alone.
        with_name: For herself: with her name, as long as the register knows it.
    """
    controller = controller_of(read)
    with language(language_code or controller.language):
        receipt = show_receipt(read, subject_ref=subject_ref, purpose=purpose)
        name = find_any_subject(read, subject_ref).name if with_name else ""
        return report(
            read,
            title=_("Receipt of erasure"),
            sections=[
                _steps(receipt, name),
                _erased(receipt),
                _kept(receipt),
                *_warned(read, receipt),
                _elsewhere(receipt),
                _copies(receipt),
                _searched(read, receipt),
            ],
        )


@query("report.consent", needs=Permission.CONSENTS)
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
            (_("Said for her by"), proof.given_by),
            (_("Confirmed on"), format_day(proof.confirmed_on) if proof.confirmed_on else ""),
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
                *_signed(proof),
            ],
        )


def _signed(proof: ConsentProof) -> Iterator[Section]:
    """Yield the signature as it was drawn; of a scan in PDF, by what it is told from others."""
    if proof.signed is None:
        return
    digest = hashlib.sha256(proof.signed).hexdigest()
    said = _("As it is kept in the register. SHA-256: {digest}").format(digest=digest)
    is_picture = proof.signed_type is not SignedAs.PDF
    height = _SIGNATURE if proof.signed_type is SignedAs.PNG else _SCAN
    kept = _("The signed form is kept in the register as PDF. SHA-256: {digest}")
    block = (
        Picture(said, muted=True, content=proof.signed, height=height)
        if is_picture
        else Paragraph(kept.format(digest=digest), muted=True)
    )
    yield Section(_("Signature"), (block,))


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


def _warned(read: Session, receipt: ErasureReceipt) -> Iterator[Section]:
    """Yield what was read about the end of a journal before it was decided, and by whom."""
    if receipt.warned:
        said = _("{who} read this and went on, {moment}:").format(
            who=staff_name(read, receipt.warned_by), moment=format_moment(receipt.asked_at)
        )
        quoted = Paragraph(receipt.warned)
        yield Section(_("What it means that the journal goes"), (Paragraph(said), quoted))


def _steps(receipt: ErasureReceipt, name: str) -> Section:
    waiting = _("not done yet")
    lines = (
        (_("Number"), receipt.ref),
        (_("Name"), name),
        (_("Asked for"), format_moment(receipt.asked_at)),
        (_("Because"), _because(receipt)),
        (_("Identity"), say(receipt.checked) if receipt.checked else ""),
        (_("Only what rests on the consent"), receipt.purpose),
        (_("State"), say(receipt.state)),
        *(
            (words, format_moment(at) if at else waiting)
            for words, at in (
                (_("Taken out of the register"), receipt.deleted_at),
                *_ledger_step(receipt),
                (_("Every page of the file cleaned"), receipt.cleaned_at),
            )
        ),
        (_("This receipt is kept until"), format_day(receipt.until) if receipt.until else ""),
    )
    return Section(_("What was done"), (Fields(tuple(one for one in lines if one[1])),))


def _ledger_step(receipt: ErasureReceipt) -> tuple[tuple[str, datetime | None], ...]:
    """Return the step that keeps an old copy from bringing her back, if she herself has left."""
    step = (_("Written in the ledger of the erased"), receipt.deleted_at)
    return () if receipt.purpose else (step,)


def _because(receipt: ErasureReceipt) -> str:
    if receipt.ground is None:
        return ""
    return (
        f"{say(receipt.ground)} ({_('Article {article}').format(article=receipt.ground.article)})"
    )


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
    if receipt.proofs and receipt.proofs_until:
        day = format_day(receipt.proofs_until)
        said = _("{count}, without her name, until {day}").format(count=receipt.proofs, day=day)
        lines.append((_("Proofs of what she agreed to and asked for"), said))
    blocks = (Fields(tuple(lines)),) if lines else (Paragraph(_("Nothing")),)
    said_beside = (*_cards(receipt), *_named(receipt), *_stopped(receipt))
    return Section(_("Kept, and why"), (*blocks, *said_beside))


def _cards(receipt: ErasureReceipt) -> Iterator[Paragraph]:
    yield from (Paragraph(sentence) for sentence in receipt.cards)


def _named(receipt: ErasureReceipt) -> Iterator[Paragraph]:
    if any(kept["kind"] in _JOURNAL for kept in receipt.keep):
        yield Paragraph(_("Her name stays with the journal, and goes with the last of it."))


def _stopped(receipt: ErasureReceipt) -> Iterator[Paragraph]:
    if dict(receipt.erased).get("contact_detail") and not receipt.purpose:
        yield Paragraph(
            _(
                "Her e-mail addresses and numbers are on the stop list as keyed hashes that nobody "
                "can read, so that no list brings them back, for as long as the register says."
            )
        )


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


def _copies(receipt: ErasureReceipt) -> Section:
    lines = tuple(
        (
            f"{one['place']}: {one['file']}",
            _("erased there {day}").format(day=_day(one["done_on"]))
            if one["done_on"]
            else _("not reached; kept until {day}").format(day=_day(one["until"])),
        )
        for one in receipt.copies
    )
    said = _("No copy of the register that still has her is known to the program.")
    unknown = _("Copies that were made without the program are not known to it.")
    blocks = (Fields(lines),) if lines else (Paragraph(said),)
    return Section(_("In backups"), (*blocks, Paragraph(unknown, muted=True)))


def _day(iso: str | None) -> str:
    return format_day(date.fromisoformat(iso[:10])) if iso else _("an unknown day")


def _journals(receipt: ErasureReceipt) -> str:
    """Return whether the journals of others were looked through, and what stays there."""
    if kind_name(JournalNote) in dict(receipt.searched):
        return _("What journals of others say of her stays: a signed entry is never changed.")
    return _(
        "Not searched: the journals of others. They are sealed, and whoever erased her may not "
        "read them."
    )


def _searched(read: Session, receipt: ErasureReceipt) -> Section:
    known = list(personal_kinds())
    kinds = ", ".join(_(kind.called[1]) for kind in known)
    said = _(
        "Searched for what is hers: every kind of record in the register ({kinds}), the word index "
        "and every page of the file."
    )
    names = {kind_name(kind): kind for kind in known}
    looked = ", ".join(counted(names[kind], count) for kind, count in receipt.searched if count)
    traces = (
        _(
            "Looked through for her name, numbers and addresses in what is written about others: "
            "{records}. Found: {found}. Masked: {masked}."
        ).format(records=looked, found=receipt.found, masked=receipt.masked)
        if looked
        else _("What is written about others was not looked through for her name.")
    )
    beyond = _(
        "Not searched: what the files and pictures of others show, texts of the register about the "
        "business itself, paper, mail programs and phones. Invoices of others stay as they are."
    )
    journals = [_journals(receipt)] if keeps_journal(read) else []
    sentences = (said.format(kinds=kinds), traces, *journals, beyond)
    return Section(
        _("How far this reaches"), tuple(Paragraph(one, muted=True) for one in sentences)
    )
