"""Putting a backup back, with what is lost and what comes back, and nobody erased among it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.clock import Clock, system_clock
from gdprdesk.domain.backups import BackupPlace
from gdprdesk.domain.base import SubjectRef, kind_name, personal_kinds
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import NotAllowedError
from gdprdesk.domain.terms import ErasureState, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.backup_catalogue import note_aside
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import ACTIONS, about, action
from gdprdesk.services.replay import destroy_again, erase_again, list_to_erase
from gdprdesk.store.archive import Facts
from gdprdesk.store.copy_keys import Opening
from gdprdesk.store.restore import LogLine, UnpackedCopy, place_aside, unpacked
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk.store.vault import Vault


@dataclass(frozen=True, repr=False)
class KindCount:
    """How many records of a kind the copy holds, and the register that is there.

    Attributes:
        said: What people call the kind: "orders".
        now: Nothing if there is no register, or it cannot be read.
    """

    kind: str
    said: str
    then: int
    now: int | None


@dataclass(frozen=True, repr=False)
class LostWork:
    """How often something was done on a day after the copy was made."""

    day: date
    said: str
    count: int


@dataclass(frozen=True, repr=False)
class RestorePreview:
    """What would come back with a copy, and what would be lost.

    Attributes:
        made_at: When the register was as it is in the copy.
        counts: What it holds.
        erased_again: Who was erased since and is erased from it before anybody can open it.
        lost: What was done since; empty also if that cannot be known.
        known: Whether the register that is there could be read.
        warnings: What the owner should know, as sentences.
    """

    made_at: datetime
    counts: tuple[KindCount, ...]
    erased_again: tuple[SubjectRef, ...]
    lost: tuple[LostWork, ...]
    known: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class RestoreReceipt:
    """A register that is back.

    Attributes:
        folder: Where it is, locked.
        aside: Where the register is that was there before; nothing if there was none.
        erased_again: Who was erased from it before anybody could open it.
    """

    folder: Path
    aside: Path | None
    made_at: datetime
    erased_again: tuple[SubjectRef, ...]
    warnings: tuple[str, ...]


@action("backup.restored", N_("Restored from a backup"), undoable=False, needs=Permission.BACKUPS)
def note_restored(work: UnitOfWork, *, aside: Path | None = None) -> None:
    """Write down that the register was put back from a copy.

    An erasure that could still be undone then can be undone once more: perhaps it was.

    Args:
        work: The unit of work.
        aside: Where the register is that was replaced; whoever is erased later may be in it too.
    """
    if aside is not None:
        note_aside(work, aside)
    wait = timedelta(hours=controller_of(work.session).undo_hours)
    staged = select(ErasureCase).where(ErasureCase.state == ErasureState.STAGED)
    for case in work.session.scalars(staged):
        case.due_at = (work.now + wait).isoformat()


def preview_restore(
    backup: Path,
    folder: Path,
    *,
    opening: Opening,
    clock: Clock = system_clock,
    progress: Progress = SILENT,
) -> RestorePreview:
    """Show what would come back and what would be lost. Nothing stays on the disk.

    Args:
        backup: The file.
        folder: Where the register is to be; one that is there may be open meanwhile.
        opening: The password of the day of the copy or of today, or the printed recovery key.
        clock: What time it is.
        progress: Is told how far it is, and may stop it.

    Raises:
        DomainError: It cannot be put back; says why.
    """
    with _opened(backup, folder, opening, progress) as (copy, vault):
        erased = tuple(line.ref for line in vault.ledger.lines())
        refs = list_to_erase(vault, clock, erased, copy.gone)
        there = copy.compare(folder)
        return RestorePreview(
            made_at=copy.manifest.made_at,
            counts=tuple(_counts(copy.facts, there[0] if there else None)),
            erased_again=refs,
            lost=_lost(there[1]) if there else (),
            known=there is not None,
            warnings=copy.warnings,
        )


def restore(
    backup: Path,
    folder: Path,
    *,
    opening: Opening,
    clock: Clock = system_clock,
    progress: Progress = SILENT,
) -> RestoreReceipt:
    """Put a backup back, without anybody who was erased since it was made.

    Until the register is whole and the erased are gone from it, it has no name that anybody could
    open; the register that is there is moved aside only then, and must not be open.

    Args:
        backup: The file.
        folder: Where the register is to be.
        opening: The password of the day of the copy or of today, or the printed recovery key.
        clock: What time it is.
        progress: Is told how far it is, and may stop it.

    Raises:
        DomainError: It cannot be put back; says why. Nothing was changed.
    """
    with _opened(backup, folder, opening, progress) as (copy, vault):
        erased = tuple(line.ref for line in vault.ledger.lines())
        refs = erase_again(vault, clock, erased, gone=copy.gone)
        destroy_again(vault, clock, erased)
        aside = place_aside(folder, clock())
        with UnitOfWork(vault, clock) as work:
            note_restored(work, aside=aside)
            work.commit(about(note_restored).name)
        vault.lock()
        copy.put_in(folder, aside)
        return RestoreReceipt(folder, aside, copy.manifest.made_at, refs, copy.warnings)


@contextmanager
def _opened(
    backup: Path, register: Path, opening: Opening, progress: Progress
) -> Iterator[tuple[UnpackedCopy, Vault]]:
    with unpacked(backup, register, opening, progress) as copy, copy.opened() as vault:
        if not copy.may_replace(register):
            raise NotAllowedError(
                _(
                    "Only whoever looks after the backups of this register may put one in its "
                    "place, or whoever has its printed recovery key. Nothing was changed. Ask "
                    "the owner."
                )
            )
        copy.take_in_ledgers(vault, register, tuple(_places(vault)))
        yield copy, vault


def _places(vault: Vault) -> Iterator[Path]:
    with Session(vault.reader) as read:
        for folder in read.scalars(select(BackupPlace.folder)):
            if Path(folder).is_absolute():
                yield Path(folder)


def _counts(then: Facts, now: Facts | None) -> Iterator[KindCount]:
    kinds = [("data_subject", "person", N_("people"))]
    kinds += [(kind_name(one), kind_name(one), one.called[1]) for one in personal_kinds()]
    for table, kind, called in kinds:
        before = then.counts.get(table, 0)
        after = now.counts.get(table, 0) if now else None
        if before or after:
            yield KindCount(kind, _(called), before, after)


def _lost(lines: tuple[LogLine, ...]) -> tuple[LostWork, ...]:
    days = Counter(
        (datetime.fromisoformat(one.at).astimezone().date(), _label(one.action))
        for one in lines
        if not one.action.startswith("backup.")
    )
    return tuple(LostWork(day, said, count) for (day, said), count in sorted(days.items()))


def _label(name: str) -> str:
    if name in ACTIONS:
        return _(about(ACTIONS[name]).label)
    return {"undo": _("Undone"), "redo": _("Done again")}.get(name, name)
