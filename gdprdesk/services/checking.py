"""Whether what is in the register is as it should be: the log, the index, the erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.log_findings import Anchor, LogFinding
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ErasureState, SubjectState
from gdprdesk.i18n import _
from gdprdesk.services.erasure_preview import plan_of
from gdprdesk.services.erasure_proofs import list_expired_proofs
from gdprdesk.services.finding import now_of, records_of
from gdprdesk.services.log_findings import advice_for, sentence_of
from gdprdesk.services.stop_list import list_expired_stops
from gdprdesk.store.audit_chain import differs, follow_chain
from gdprdesk.store.integrity import CheckResult
from gdprdesk.store.row_check import check_rows
from gdprdesk.store.search import orphaned_words


@dataclass(frozen=True)
class CheckReport:
    """What a check of the whole register found.

    Attributes:
        residue: How many traces of erased people are left: rows, free pages, frames of the
            write-ahead log, words of the index, unfinished steps; nothing if the file is damaged
            and cannot be searched.
    """

    ok: bool
    residue: int | None
    checks: tuple[CheckResult, ...]


def check_contents(
    read: Session,
    *,
    erased: AbstractSet[SubjectRef],
    audit_key: bytes,
    seen: Anchor | None,
    file_residue: int,
) -> CheckReport:
    """Return what is found in the register itself; the vault adds what is found in the file.

    Args:
        read: The register.
        erased: Who is in the ledger of the erased.
        audit_key: The key of the log.
        seen: Where this computer last saw the log.
        file_residue: How many pages of the file may hold something erased.
    """
    residue = (
        _live_rows(read, erased) + file_residue + orphaned_words(read) + _unfinished_steps(read)
    )
    listed = _ledger_knows_everyone(read, erased)
    checks = (
        CheckResult(
            "ledger_cases",
            listed,
            _("Everybody who was erased is in the ledger of the erased.")
            if listed
            else _(
                "The ledger of the erased lacks somebody. Put the file erased.ledger back from "
                "your newest copy, or she could come back with an old one."
            ),
        ),
        *_checks_of_log(read, audit_key, seen),
        CheckResult(
            "residue",
            residue == 0,
            _("Nothing of an erased person is left in the file.")
            if residue == 0
            else _("There are traces of erased people. Lock the register and open it again."),
        ),
    )
    return CheckReport(all(check.ok for check in checks), residue, checks)


def _checks_of_log(read: Session, key: bytes, seen: Anchor | None) -> Iterator[CheckResult]:
    ask = read.connection().exec_driver_sql
    chain = follow_chain(ask, key)
    moved = differs(ask, seen) if seen else None
    yield _result(
        "audit_chain",
        chain.findings,
        _("The log is whole: no line was changed or taken out."),
    )
    yield _result(
        "audit_tables",
        check_rows(ask, key, chain),
        _("Everything in the register is as the log says."),
    )
    yield _result(
        "audit_seen",
        [moved] if moved else (),
        _("The register is the one that this computer last saw."),
    )


def _result(name: str, findings: Sequence[LogFinding], right: str) -> CheckResult:
    said = [sentence_of(one) for one in findings]
    advice = [advice_for(findings[0])] if findings else []
    return CheckResult(name, not findings, " ".join((*said, *advice)) or right)


def _ledger_knows_everyone(read: Session, erased: AbstractSet[SubjectRef]) -> bool:
    gone = select(ErasureCase.subject_ref).where(
        ErasureCase.deleted_at.is_not(None), ErasureCase.purpose.is_(None)
    )
    return all(ref in erased for ref in read.scalars(gone))


def _live_rows(read: Session, erased: AbstractSet[SubjectRef]) -> int:
    """Count what is there of the erased although nothing obliges to keep it."""
    found = read.scalars(select(DataSubject).where(DataSubject.ref.in_(erased)))
    rows = 0
    for subject in found:
        plan = plan_of(read, records_of(read, subject))
        named = bool(subject.name) and not plan.keeps_name
        rows += len(plan.erase) + (named or subject.state is not SubjectState.HELD)
    return rows


def _unfinished_steps(read: Session) -> int:
    cases = read.scalars(select(ErasureCase))
    now = now_of(read).isoformat()
    outlived = len(list_expired_stops(read)) + len(list_expired_proofs(read))
    return outlived + sum(
        (case.state is ErasureState.STAGED and case.due_at <= now)
        or (case.deleted_at is not None and case.cleaned_at is None)
        for case in cases
    )
