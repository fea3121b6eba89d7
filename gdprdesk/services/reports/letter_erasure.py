"""What a person is told about the erasure of her data: what goes, what stays, and where else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from gdprdesk.domain.backups import BackupCopy
from gdprdesk.domain.base import RecordRef, kind_name, personal_kinds
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.proofs import Proof, StopEntry
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.terms import ErasureState, Reason, SubjectState, cite
from gdprdesk.exports.document import Paragraph, Points
from gdprdesk.i18n import N_, _, format_day, ngettext
from gdprdesk.services.erasure_outside import done_at_others
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.finding import find_activity_for
from gdprdesk.services.law import law_name
from gdprdesk.services.letter_case import LetterCase, any_record, counted_kinds
from gdprdesk.services.reports.letter_journal import has_bound_journal

Blocks = Iterator[Paragraph | Points]


@dataclass(frozen=True, repr=False)
class _Kept:
    said: str
    reason: Reason
    law: str
    until: date | None


_REASONS: Final = {
    Reason.STILL_NEEDED: N_("we still need it for what is unfinished between us"),
    Reason.LAW_OBLIGES: N_("a law says that we must keep it"),
    Reason.CLAIM: N_("there is a claim between us that is not settled"),
    Reason.RESTRICTED: N_("you have asked us to keep it"),
}


def erasure_text(case: LetterCase) -> Blocks:
    """Yield what became of an erasure so far, and no more than that."""
    kept = _kept(case)
    yield Paragraph(_how_far(case, keeps=bool(kept)), strong=True)
    gone = _gone(case)
    if gone:
        yield Paragraph(_("This is what goes:"))
        yield Points(gone)
    yield from kept_text(case)
    yield from _outside(case)
    yield from _backups(case)
    yield from _left_behind(case)


def kept_text(case: LetterCase) -> Blocks:
    """Yield what stays, why, by which article and until when."""
    kept = _kept(case)
    if not kept:
        return
    yield Paragraph(_("This has to stay for now, and we use it for nothing else:"))
    yield Points(list(dict.fromkeys(map(_why, kept))))
    if has_bound_journal(case):
        yield Paragraph(_("Your name stays with the journal, as long as it does."))
    if any(one.until for one in kept) and case.erasure is not None:
        yield Paragraph(_("It is erased when its day has passed. You need not ask again."))


def _how_far(case: LetterCase, *, keeps: bool) -> str:
    erasure = case.erasure
    if erasure is None:
        if keeps:
            return _("We erase what we have about you, except what has to stay.")
        return _("We erase everything we have about you.")
    if erasure.state is ErasureState.WAITING:
        return _(
            "We erase what we have about you as soon as what is unfinished between us, such as an "
            "order, is done."
        )
    if erasure.deleted_at is None:
        said = _("What we have about you is out of use already, and is erased for good on {day}.")
        return said.format(day=_day_of(erasure.due_at))
    said = _("On {day} we erased what we had about you.")
    return said.format(day=_day_of(erasure.deleted_at))


def _gone(case: LetterCase) -> list[str]:
    """Return how much of what goes; the request itself is told of as proof."""
    own = kind_name(DataSubjectRequest)
    if case.erasure is not None and _has_lines(case.erasure):
        return counted_kinds((kind, n) for kind, n in case.erasure.erased.items() if kind != own)
    if case.subject is None or case.subject.state is not SubjectState.ACTIVE:
        return []
    preview = preview_erasure(case.read, subject_ref=case.subject.ref)
    return [group.said for group in preview.groups if group.kind != own]


def _kept(case: LetterCase) -> list[_Kept]:
    if case.erasure is not None and _has_lines(case.erasure):
        return [
            _Kept(
                said=_named(case, line["kind"], line["ref"]),
                reason=Reason(line["reason"]),
                law=law_name(case.read, line["law"]) if line["law"] else "",
                until=date.fromisoformat(line["until"]) if line["until"] else None,
            )
            for line in case.erasure.kept
        ]
    if case.subject is None or case.subject.state is not SubjectState.ACTIVE:
        return []
    preview = preview_erasure(case.read, subject_ref=case.subject.ref)
    return [_Kept(one.said, one.reason, one.law, one.until) for one in preview.keep]


def _has_lines(erasure: ErasureCase) -> bool:
    """Return whether an erasure says what it takes; one that waits has taken nothing yet."""
    return erasure.state is not ErasureState.WAITING


def _named(case: LetterCase, kind: str, ref: str) -> str:
    kinds = {kind_name(one): one for one in personal_kinds()}
    number = getattr(any_record(case.read, RecordRef(ref)), "number", "")
    return f"{_(kinds[kind].called[0]).capitalize()} {number}".strip()


def _why(kept: _Kept) -> str:
    until = (
        _("until {day}").format(day=format_day(kept.until))
        if kept.until
        else _("until that is over")
    )
    article = _("Article {article}").format(article=cite(kept.reason.value))
    return f"{kept.said}: {kept.law or _(_REASONS[kept.reason])}, {until} ({article})"


def _outside(case: LetterCase) -> Blocks:
    tasks = done_at_others(case.erasure.outside) if case.erasure else ()
    others = [one for one in tasks if not one.is_own]
    if not others:
        return
    yield Paragraph(_("Others who have had your data from us:"))
    yield Points(
        [
            _("{recipient}: erased there on {day}").format(
                recipient=one.recipient, day=format_day(one.done_on)
            )
            if one.done_on
            else _("{recipient}: not erased there yet; we see to it").format(
                recipient=one.recipient
            )
            for one in others
        ]
    )


def _backups(case: LetterCase) -> Blocks:
    """Yield how long a backup may hold her data; one in which she is erased too is none of them."""
    reachable = select(BackupCopy.until).where(BackupCopy.gone_on.is_(None))
    days = list(case.read.scalars(reachable))
    if case.erasure is not None and case.erasure.copies:
        left = [one["until"] for one in case.erasure.copies if not one["done_on"]]
        days = [date.fromisoformat(day) for day in left if day]
        if len(days) < len(left):
            yield Paragraph(
                _("There are backups that we cannot reach now. We erase you there when we can.")
            )
    if days:
        said = ngettext(
            "{count} backup still holds your data, until {day} at the latest. If it is ever used, "
            "you are erased from it before anybody can open it.",
            "{count} backups still hold your data, until {day} at the latest. If one is ever used, "
            "you are erased from it before anybody can open it.",
            len(days),
        )
        yield Paragraph(said.format(count=len(days), day=format_day(max(days))))


def _left_behind(case: LetterCase) -> Blocks:
    """Yield what outlives the erasure, by the rows that the register has for it."""
    if find_activity_for(case.read, Proof) is not None:
        yield Paragraph(
            _(
                "What we keep besides is proof that names nobody: that you asked, that we did it, "
                "and what you had agreed to."
            )
        )
    if find_activity_for(case.read, StopEntry) is not None:
        yield Paragraph(
            _(
                "A mark that nobody can read sees to it that your address and number are not taken "
                "in again by mistake."
            )
        )


def _day_of(moment: str) -> str:
    return format_day(datetime.fromisoformat(moment).astimezone().date())
