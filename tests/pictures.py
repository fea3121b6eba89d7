"""Pictures of every page: light and dark, three languages, two sizes of window, two of text.

    python3 dev.py pictures DIR

Each picture is a file of its own; `sheet-LANGUAGE.png` holds all of one language to look through.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from gdprdesk.cli.demo import DEMO_PASSWORD, make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.terms import BreachKind
from gdprdesk.i18n import use_language
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.breaches import start_breach
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.media_view import list_media
from gdprdesk.services.requests import list_requests
from gdprdesk.settings import Settings
from gdprdesk_ui.pages import PAGES
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.start.window import StartWindow
from gdprdesk_ui.theme import Scheme, Theme
from tests.builders import CHEAP

COUNTRIES = {"sv": "SE", "nb": "NO", "en": "SE"}
SIZES = (QSize(1280, 800), QSize(1024, 700))
SCALES = (1.0, 1.25)
SCHEMES = (Scheme.LIGHT, Scheme.DARK)
_THUMB, _ACROSS = QSize(480, 300), 6


def main(target: Path) -> int:
    """Make every picture. Returns 0."""
    app = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    for language in COUNTRIES:
        pictures = dict(_of_language(app, theme, language))
        for name, picture in pictures.items():
            file = target / language / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            picture.save(str(file))
        _sheet(pictures).save(str(target / f"sheet-{language}.png"))
        sys.stdout.write(f"{language}: {len(pictures)} pictures in {target / language}\n")
    return 0


def _of_language(app: QApplication, theme: Theme, language: str) -> Iterator[tuple[str, QImage]]:
    use_language(language)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "example.gdprdesk"
        make_example(folder, country=COUNTRIES[language], language=language, limits=CHEAP)
        preferences = Preferences(Settings(language=language), Path(place))
        yield from _of_start(app, theme, preferences, folder)
        desk = Desk.unlock(folder, password=DEMO_PASSWORD, limits=CHEAP)
        program = Program(app, theme, preferences, replace=_stay)
        window = program.show_desk(desk)
        pages = list(_pages(desk))
        for look in product(SCHEMES, SIZES, SCALES):
            _wear(theme, window, *look)
            for key, arguments in pages:
                window.open_page(key, **arguments)
                _settle(app, window)
                yield f"{_said(*look)}-{key}", window.grab().toImage()
        window.close()


def _of_start(
    app: QApplication, theme: Theme, preferences: Preferences, folder: Path
) -> Iterator[tuple[str, QImage]]:
    from gdprdesk.door import Door  # noqa: PLC0415  (beside its window)

    window = StartWindow(Door(), preferences)
    window.show()
    for look in product(SCHEMES, SIZES, SCALES):
        _wear(theme, window, *look)
        for key, shown in (
            ("unlock", lambda: window.show_unlock(folder)),
            ("onboarding", window.show_onboarding),
        ):
            shown()
            _settle(app, window)
            yield f"{_said(*look)}-{key}", window.grab().toImage()
    window.close()


def _pages(desk: Desk) -> Iterator[tuple[str, dict[str, Any]]]:
    buyer = next(row.subject_ref for row in desk.ask(list_invoices).rows if row.subject_ref)
    newest = desk.ask(list_bookings).rows[0].ref
    picture = desk.ask(list_media).rows[0].ref
    request = desk.ask(list_requests)[0].ref
    wanted: dict[str, dict[str, Any]] = {
        "person": {"subject_ref": buyer},
        "erase": {"subject_ref": buyer},
        "client_journal": {"subject_ref": buyer},
        "orders": {"ref": newest},
        "picture": {"ref": picture},
        "request": {"request_ref": request},
        "breach": {"breach_ref": desk.run(start_breach, kind=BreachKind.STOLEN_COMPUTER)},
        "log_check": {"month": desk.today.replace(day=1)},
    }
    for spec in PAGES:
        yield spec.key, wanted.get(spec.key, {})


def _wear(theme: Theme, window: QWidget, scheme: Scheme, size: QSize, scale: float) -> None:
    theme.use(scheme=scheme, text_scale=scale)
    window.resize(size)


def _settle(app: QApplication, window: QWidget) -> None:
    operations = getattr(window, "operations")  # noqa: B009  (both windows have it)
    for _round in range(3):
        operations.wait()
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _said(scheme: Scheme, size: QSize, scale: float) -> str:
    return f"{scheme.value}-{size.width()}x{size.height()}-{round(scale * 100)}"


def _sheet(pictures: dict[str, QImage]) -> QImage:
    rows = -(-len(pictures) // _ACROSS)
    sheet = QImage(_ACROSS * _THUMB.width(), rows * _THUMB.height(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    with QPainter(sheet) as painter:
        for place, picture in enumerate(pictures.values()):
            small = picture.scaled(
                _THUMB,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            down, across = divmod(place, _ACROSS)
            corner = QRect(
                across * _THUMB.width(), down * _THUMB.height(), small.width(), small.height()
            )
            painter.drawImage(corner, small)
    return sheet


def _stay(_arguments: Sequence[str]) -> None:
    """Lock without a new process: nobody works here."""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
