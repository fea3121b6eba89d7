"""What this computer remembers of registers, outside them: a small file beside the settings.

It knows the registers by their random ids and people by their slots: no names and no secrets. It
keeps nobody out who copies the register elsewhere; it slows down whoever tries passwords at this
very computer, and lets the owner know. Damaged or deleted, it begins anew.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gdprdesk.settings import settings_folder
from gdprdesk.store.files import replace_file

FILE = "witness.json"
FREE_TRIES = 4
"""So many wrong passwords in a row cost no waiting."""

_LONGEST_WAIT = 60
_MOST_TRIES = 1000
_MOST_BYTES = 1 << 22
_FAILURES = "failures"


def delay_for(tries: int) -> int:
    """Return how many seconds to wait after so many wrong tries in a row: 1, 2, 4 … 60."""
    if tries <= FREE_TRIES:
        return 0
    return int(min(2 ** min(tries - FREE_TRIES - 1, 10), _LONGEST_WAIT))


class Witness:
    """The file, in a folder of this user."""

    def __init__(self, folder: Path | None = None) -> None:
        """Args are the folder; without it, where programs of this computer keep settings."""
        self._folder = folder

    def failures(self, register_id: str, slot: str) -> tuple[datetime, ...]:
        """Return when somebody tried in vain since the last good unlock, in UTC, oldest first."""
        known = self.of_register(register_id).get(_FAILURES)
        times = known.get(slot) if isinstance(known, dict) else None
        return tuple(_moments(times)) if isinstance(times, list) else ()

    def seconds_left(self, register_id: str, slot: str, now: datetime) -> int:
        """Return how long whoever has tried in vain must wait before the next try.

        A clock that was put back makes nobody wait: it would be for days.
        """
        times = self.failures(register_id, slot)
        if not times or now < times[-1]:
            return 0
        until = times[-1] + timedelta(seconds=delay_for(len(times)))
        return max(0, math.ceil((until - now).total_seconds()))

    def add_failure(self, register_id: str, slot: str, at: datetime) -> None:
        """Remember that somebody tried in vain."""
        times = [*self.failures(register_id, slot), at][-_MOST_TRIES:]
        self._set_failures(register_id, slot, times)

    def take_failures(self, register_id: str, slot: str) -> tuple[datetime, ...]:
        """Return when somebody tried in vain since the last good unlock, and forget it."""
        times = self.failures(register_id, slot)
        if times:
            self._set_failures(register_id, slot, [])
        return times

    def of_register(self, register_id: str) -> dict[str, Any]:
        """Return all that is remembered of a register, by what it is."""
        known = self._registers().get(register_id)
        return known if isinstance(known, dict) else {}

    def remember(self, register_id: str, what: str, known: Any) -> None:
        """Remember something of a register instead of what was remembered before; None forgets.

        Where nothing can be written, nothing is remembered: opening a register never fails of it.
        """
        registers = self._registers()
        others = {key: value for key, value in self.of_register(register_id).items() if key != what}
        registers[register_id] = others if known is None else {**others, what: known}
        stored = {key: value for key, value in registers.items() if value}
        folder = self._place()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            replace_file(folder / FILE, json.dumps({"registers": stored}, indent=1).encode())
        except OSError:
            return

    def _set_failures(self, register_id: str, slot: str, times: list[datetime]) -> None:
        found = self.of_register(register_id).get(_FAILURES)
        known = dict(found) if isinstance(found, dict) else {}
        known[slot] = [one.astimezone(UTC).isoformat() for one in times]
        left = {key: one for key, one in known.items() if one}
        self.remember(register_id, _FAILURES, left or None)

    def _registers(self) -> dict[str, Any]:
        try:
            with (self._place() / FILE).open("rb") as file:
                stored = json.loads(file.read(_MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        registers = stored.get("registers") if isinstance(stored, dict) else None
        return registers if isinstance(registers, dict) else {}

    def _place(self) -> Path:
        return self._folder or settings_folder()


def _moments(times: list[Any]) -> list[datetime]:
    """Return the moments of a list that may have been damaged, without what is none."""
    found = []
    for one in times:
        try:
            moment = datetime.fromisoformat(one)
        except (TypeError, ValueError):
            continue
        if moment.tzinfo:
            found.append(moment)
    return sorted(found)
