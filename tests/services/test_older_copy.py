"""Going back to an older copy of the register, as the help says how: the erased stay erased."""

from __future__ import annotations

import shutil
from pathlib import Path

from gdprdesk.desk import Desk
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import Clock, person, reopened


def test_whoever_was_erased_since_is_erased_again(
    desk: Desk, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    vera, karin = person(desk, "Vera Qvarnström"), person(desk, "Karin Ek")
    desk.rest()
    stick = shutil.copytree(folder, tmp_path / "stick")
    desk.run(erase_subject, subject_ref=vera)
    desk.lock()
    for name in ("register.db", "keys.json"):
        shutil.copy(stick / name, folder / name)
    with reopened(desk, clock) as later:
        assert [row.ref for row in later.ask(list_subjects).rows] == [karin]
        assert later.check().ok
