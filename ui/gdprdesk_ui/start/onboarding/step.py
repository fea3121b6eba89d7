"""What every step has: a title, a sentence, and what to ask."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gdprdesk.services.first_run import FirstRun
from gdprdesk_ui.widgets import Card, Label, column, row


class StepPage(QWidget):
    """One step.

    Attributes:
        run: What has been answered.
        head: The title and the sentence.
    """

    def __init__(
        self, run: FirstRun, title: str, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.run = run
        self.title = Label(title, "display", wrap=True)
        self.sentence = Label(sentence, "body", "muted", wrap=True)
        self.head = column(self.title, self.sentence, spacing=4)

    def refresh(self) -> None:
        """Show what follows from the steps before."""

    def take(self) -> bool:
        """Take what was answered. Returns whether it will do; what will not is shown."""
        return True

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the step is shown."""
        raise NotImplementedError


def at_left(card: Card, widest: int) -> QHBoxLayout:
    """Put a card at the left, not wider than text is read well."""
    card.setMaximumWidth(widest)
    line = row(card, None)
    line.setStretch(0, 100)
    return line
