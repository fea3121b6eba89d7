"""The frame of every form that is shown over a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.tokens import XL
from gdprdesk_ui.widgets import Button, Label, Line, column, hide_unless, row, scrolling

NARROW, WIDE = 480, 860
_ROOM_UNDER = 110


class FormDialog(QDialog):
    """A title, fields that scroll where there is little room, and the verbs at the foot.

    Enter does what the primary button says, Escape cancels, Ctrl+L locks the register. It goes
    when it is closed.

    Attributes:
        body: What stands between the title and the verbs.
        verb_button: The primary button.
        cancel_button: Leaves without doing anything.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        sentence: str = "",
        *,
        verb: str,
        width: int = NARROW,
    ) -> None:
        super().__init__(context.window)
        self.context = context
        self.setWindowTitle("GDPR Desk")  # the title of a window is seen outside it, names and all
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wanted_width = width
        self.title = Label(title, "title")
        self.sentence = Label(sentence, "body", "muted", wrap=True)
        hide_unless(sentence, self.sentence)
        self.body = column(spacing=14, margins=(XL, 4, XL, 20))
        self._inner = QWidget()
        self._inner.setLayout(self.body)
        self._inner.installEventFilter(self)
        self._area = scrolling(self._inner, ground="surface")
        self.verb_button = Button(verb, "primary")
        self.verb_button.setDefault(True)
        self.cancel_button = Button(_("Cancel"), on_click=self.reject)
        self.verbs = row(None, self.cancel_button, self.verb_button, margins=(XL, 14, XL, 18))
        self._head = column(self.title, self.sentence, spacing=4, margins=(XL, 22, XL, 12))
        self._middle = row(self._area, spacing=0)
        self.setLayout(column(self._head, self._middle, Line(), self.verbs, spacing=0))
        context.theme.app.focusChanged.connect(self._keep_in_view)
        self._area.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        # The menu's keys do not reach a window that a form covers, and a lock may never wait.
        QShortcut(QKeySequence("Ctrl+L"), self, context.lock)

    def put_beside(self, pane: QWidget) -> None:
        """Show something at the left of the fields that does not scroll with them."""
        self._middle.insertWidget(0, pane)
        self._middle.insertWidget(1, Line(upright=True))

    def reject(self) -> None:
        """Leave, but not while it is being saved: the answer comes back to this form."""
        if not self.verb_button.is_busy:
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _keep_in_view(self) -> None:
        """Scroll to where the cursor is, with room for what is said under the field."""
        now: QWidget | None = self.focusWidget()
        if now is not None and self._inner.isAncestorOf(now):
            foot = now.mapTo(self._inner, now.rect().bottomLeft())
            under = scaled(_ROOM_UNDER)
            if foot.y() + under <= self._area.viewport().height():
                self._area.verticalScrollBar().setValue(0)  # with what stands above it
            else:
                self._area.ensureVisible(foot.x(), foot.y(), 0, under)

    def _fit(self) -> None:
        """Be as high as the content, but never higher than the window it lies over."""
        room = self.context.window.size() - QSize(48, 48)
        width = min(scaled(self._wanted_width), room.width())
        parts = (self._head, self.body, self.verbs)
        self.setMinimumWidth(width)
        wanted = min(sum(_height(part, width) for part in parts) + 4, room.height())
        if wanted > self.height() or not self.isVisible():
            self.resize(max(width, self.width()), wanted)


def _height(layout: QLayout, width: int) -> int:
    """Return how high a layout is at a width."""
    wrapped = layout.heightForWidth(width) if layout.hasHeightForWidth() else 0
    return max(wrapped, layout.minimumSize().height())
