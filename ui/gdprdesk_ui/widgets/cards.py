"""Cards, headings and the small parts that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from gdprdesk_ui.theme import ch
from gdprdesk_ui.tokens import Kind, L, Tone
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import Item, add, column, hide_unless, row
from gdprdesk_ui.widgets.signs import Avatar, IconTile


class Card(QFrame):
    """A white card with an edge; sunken for what is only to be compared.

    Attributes:
        box: The layout inside, for stretches and layouts.
    """

    def __init__(
        self,
        *items: Item,
        padding: int = L,
        spacing: int = 10,
        sunken: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken" if sunken else "card")
        self.box: QBoxLayout = column(
            *items, spacing=spacing, margins=(padding, padding, padding, padding)
        )
        self.setLayout(self.box)

    def add(self, *items: Item) -> None:
        """Add items under those that are there."""
        for item in items:
            add(self.box, item)


class CardHeading(QWidget):
    """The heading of a card, with what belongs to its right end."""

    def __init__(self, text: str, *right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(text, "card")
        self.setLayout(row(self.title, None, *right))


class CountHeading(QWidget):
    """A tile, a heading with a sentence, and how many: "Erased, 14"."""

    def __init__(
        self,
        icon_name: str,
        tone: Tone,
        title: str,
        sentence: str,
        *,
        count: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.count = Label(str(count), "page", keep=True, tabular=True)
        words = column(Label(title, "card"), Label(sentence, "small", "muted"), spacing=1)
        self.setLayout(row(IconTile(icon_name, tone), words, None, self.count, spacing=12))


class PageHeading(QWidget):
    """The title of a page, a sentence under it, and its actions to the right.

    Args:
        title: What the page is about.
        sentence: What it is for, or how it stands.
        actions: Buttons; one of them at most is primary.
        person: Show the avatar of this person before the title.
        back: Where the link above the title goes: its text and what to do.
    """

    def __init__(
        self,
        title: str,
        sentence: str = "",
        actions: Sequence[QWidget | int] = (),
        *,
        person: str | None = None,
        back: tuple[str, Callable[[], object]] | None = None,
        kind: Kind = "page",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, kind, wrap=True)
        self.sentence = Label(sentence, "body", "muted", wrap=True)
        hide_unless(sentence, self.sentence)
        self.avatar = Avatar(person or "", 56)
        hide_unless(person, self.avatar)
        words = column(self.title, self.sentence, spacing=3)
        line = row(self.avatar, *([6] if person else []), words, spacing=8)
        line.setStretch(line.count() - 1, 1)
        for action in actions:
            add(line, action)
            if isinstance(action, QWidget):
                line.setAlignment(action, Qt.AlignmentFlag.AlignVCenter)
        above: list[Item] = []
        if back:
            self.back = Button(back[0], "link", "arrow-left", on_click=back[1])
            above = [row(self.back, None)]
        self.setLayout(column(*above, line, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_words(self, title: str, sentence: str = "") -> None:
        """Say something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))


class GroupHeading(Label):
    """A small heading in capitals over a group of a list."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "group", "muted", parent=parent)


class Fact(QWidget):
    """A small caption with its value under it: "Telephone, 070-174 06 45"."""

    def __init__(
        self,
        caption: str,
        value: str,
        *,
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.caption = Label(caption, "caption", "muted")
        self.value = Label(value, wrap=wrap, keep=tabular, tabular=tabular)
        self.setLayout(column(self.caption, self.value, None, spacing=1))


class Described(QWidget):
    """A term to the left and what is said about it to the right: the rows of a register sheet."""

    def __init__(self, term: str, *items: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.term = Label(term, "small", "muted", wrap=True)
        self.term.setFixedWidth(ch(19, "small"))
        self.term.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = column(*items, spacing=5)
        line = row(self.term, said, spacing=12)
        line.setStretch(1, 1)
        line.setAlignment(self.term, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
