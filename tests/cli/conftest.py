"""Commands as they are typed, with what they answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.cli import main
from gdprdesk.cli.demo import make_example
from gdprdesk.i18n import use_language
from gdprdesk.settings import Settings
from tests.builders import CHEAP, PASSWORD, Clock

PEOPLE = 40


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on standard output, if it was done."""
        assert (self.code, self.out.count("\n")) == (0, 1), self
        return json.loads(self.out)


Gdprdesk = Callable[..., Said]


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for variable in ("NEW_PASSWORD", "EXPORT_PASSWORD", "RECOVERY_KEY"):
        monkeypatch.delenv(f"GDPRDESK_{variable}", raising=False)
    monkeypatch.setenv("GDPRDESK_PASSWORD", PASSWORD)
    yield
    use_language("en")


@pytest.fixture
def gdprdesk(capsys: pytest.CaptureFixture[str], clock: Clock) -> Gdprdesk:
    """Type a command."""

    def run(*arguments: object, **surroundings: Any) -> Said:
        capsys.readouterr()
        said: dict[str, Any] = {
            "limits": CHEAP,
            "clock": clock,
            "settings": Settings(language="en"),
        }
        try:
            code = main([str(one) for one in arguments], **(said | surroundings))
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example register that no test may change."""
    folder = tmp_path_factory.mktemp("example") / "example.gdprdesk"
    make_example(folder, people=PEOPLE, password=PASSWORD, limits=CHEAP, clock=Clock())
    return folder


@pytest.fixture
def cafe(example: Path, tmp_path: Path) -> Path:
    """A copy of the example register."""
    return Path(shutil.copytree(example, tmp_path / "cafe.gdprdesk"))


@pytest.fixture
def somebody(gdprdesk: Gdprdesk, cafe: Path) -> Any:
    """The ref of one of its people who has an open order."""
    rows = gdprdesk("do", cafe, "booking.list", "--show", "open", "--json").value["rows"]
    return next(row["subject_ref"] for row in rows if row["subject_ref"])
