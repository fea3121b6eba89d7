"""The small parts a sheet of the register is made of."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QSizePolicy, QWidget

from gdprdesk.domain.terms import LegalBasis, say
from gdprdesk.i18n import _
from gdprdesk_ui.widgets import Described, FlowLayout, GroupHeading, Label, Line, Pill, column

DOT = "  \N{MIDDLE DOT}  "


def said(words: str, *, quiet: bool = False) -> Label:
    """Return a text on as many lines as it needs; a dash where there is none."""
    words = words or "\N{EN DASH}"
    return Label(words, "small", "muted", wrap=True) if quiet else Label(words, wrap=True)


def all_said(texts: Iterable[str]) -> list[QWidget]:
    """Return some texts under each other; a dash where there are none."""
    return [said(one) for one in texts] or [said("")]


def quietly(*texts: str) -> list[QWidget]:
    """Return what there is to add in small letters; nothing where there is nothing."""
    return [said(one, quiet=True) for one in texts if one]


def pills(texts: Iterable[tuple[str, bool]]) -> QWidget:
    """Return words beside each other; those that are sensitive with a sign."""
    found = [
        Pill(text, "warn", "triangle-alert") if special else Pill(text) for text, special in texts
    ]
    return flow(*found) if found else said("")


def flow(*parts: QWidget) -> QWidget:
    """Return parts beside each other, on more lines where there is no room."""
    line = QWidget()
    line.setLayout(FlowLayout(*parts))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    line.setSizePolicy(policy)
    return line


def basis_said(basis: LegalBasis, note: str) -> list[QWidget]:
    """Return a legal basis with why it is that one, and its article."""
    cited = _("Article {article}.").format(article=basis.article)
    article = cited.replace(" ", "\N{NO-BREAK SPACE}")
    return [flow(Pill(say(basis), "accent")), said(f"{note} {article}".strip(), quiet=True)]


def told(term: str, words: str) -> list[QWidget]:
    """Return a row of the sheet, or no row where there is nothing to tell."""
    return [Described(term, said(words))] if words else []


def group(title: str, rows: Iterable[QWidget]) -> list[QWidget]:
    """Return rows under a quiet heading; nothing where there are none."""
    found = list(rows)
    if not found:
        return []
    above = QWidget()
    above.setLayout(column(4, Line(), 8, GroupHeading(title), spacing=0))
    return [above, *found]
