"""The navigation at the left: where one can go, and how many things wait there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdprdesk.i18n import _, ngettext
from gdprdesk_ui.theme import NEW_LOOK, color, font, icon, look, scaled
from gdprdesk_ui.tokens import Tone, ink, soft
from gdprdesk_ui.widgets.buttons import IconButton
from gdprdesk_ui.widgets.cards import GroupHeading
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import Line, column, hide_unless, holder, row, scrolling
from gdprdesk_ui.widgets.signs import Avatar, Icon, Logo

WIDTH, RAIL_WIDTH = 236, 64


@dataclass(frozen=True)
class Destination:
    """A place to go: its key, name, icon, and the group it stands in ("" for none)."""

    key: str
    title: str
    icon: str
    group: str = ""


class NavButton(QToolButton):
    """One destination, with the number of things to do there. On the rail: a dot."""

    def __init__(self, place: Destination, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._count = 0
        self._tone: Tone = "neutral"
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIcon(icon(place.icon, "muted", on="accent_text"))
        self.setText("  " + place.title.replace("&", "&&"))
        self.set_rail(on=False)
        self.set_badge(0)

    def set_rail(self, *, on: bool) -> None:
        """Show the icon only."""
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            styles.ToolButtonIconOnly if on else styles.ToolButtonTextBesideIcon
        )
        self.setToolTip(self._place.title if on else "")
        self._rail = on
        self.setIconSize(QSize(scaled(18), scaled(18)))

    def set_badge(self, count: int, tone: Tone = "neutral") -> None:
        """Say how many things wait."""
        self._count, self._tone = count, tone
        waiting = ngettext("{count} thing to do", "{count} things to do", count)
        name = self._place.title
        self.setAccessibleName(f"{name}, {waiting.format(count=count)}" if count else name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._rail:
                painter.setBrush(color("warn" if self._tone == "warn" else "border_strong"))
                painter.drawEllipse(QPointF(self.width() - 10, 10), 3.5, 3.5)
            else:
                self._paint_number(painter)

    def _paint_number(self, painter: QPainter) -> None:
        text, drawn, height = str(self._count), font("group"), scaled(20)
        wide = max(scaled(22), QFontMetrics(drawn).horizontalAdvance(text) + scaled(14))
        box = QRectF(self.width() - wide - 8, (self.height() - height) / 2, wide, height)
        painter.setBrush(color("border" if self._tone == "neutral" else soft(self._tone)))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(color(ink(self._tone)))
        painter.setFont(drawn)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class SearchButton(QPushButton):
    """Looks like a field and opens the search, with its shortcut shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Search or do"), parent)
        self.setProperty("kind", "searchButton")
        self.setIcon(icon("search"))
        self.setText(" " + self.text())
        self.setAccessibleName(_("Search or do"))
        self.shortcut_text = "Ctrl K"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        drawn, height = font("caption"), scaled(20)
        wide = QFontMetrics(drawn).horizontalAdvance(self.shortcut_text) + scaled(12)
        box = QRectF(self.width() - wide - 7.5, (self.height() - height) / 2, wide, height)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("border"))
            painter.setBrush(color("sunken"))
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(color("muted"))
            painter.setFont(drawn)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.shortcut_text)


class BackupButton(QToolButton):
    """How old the last copy is; opens the page of the copies. On the rail: an icon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "note")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tone: Tone = "neutral"
        self._rail = False

    def set_words(self, words: str, tone: Tone) -> None:
        """Say how it stands."""
        self._tone = tone
        self.setText(f" {words}" if words else "")
        self.setAccessibleName(words)
        self.setProperty("tone", tone)
        self.style().polish(self)
        self._show()

    def set_rail(self, *, on: bool) -> None:
        """Show the icon only, which then differs where something is to be done."""
        self._rail = on
        self._show()

    def _show(self) -> None:
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            styles.ToolButtonIconOnly if self._rail else styles.ToolButtonTextBesideIcon
        )
        self.setToolTip(self.accessibleName() if self._rail else "")
        calm = self._tone == "neutral"
        alarm = "hard-drive" if calm or not self._rail else "triangle-alert"
        self.setIcon(icon(alarm, "accent_text" if calm else ink(self._tone)))
        self.setIconSize(QSize(scaled(15), scaled(15)))


class Sidebar(QFrame):
    """Logo, search, destinations in groups, state of the copy, user, settings and lock.

    Signals:
        chosen: A destination was chosen; its key.
        search_wanted: The search was asked for.
        settings_wanted: The settings were asked for.
        backups_wanted: The page of the copies was asked for.
        lock_wanted: The lock was asked for.
    """

    chosen = Signal(str)
    search_wanted = Signal()
    settings_wanted = Signal()
    backups_wanted = Signal()
    lock_wanted = Signal()

    def __init__(
        self,
        places: Sequence[Destination],
        *,
        business: str,
        user: str,
        role: str,
        with_settings: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._rail = False
        self.buttons = {place.key: NavButton(place) for place in places}
        self._group = QButtonGroup(self, exclusive=True)
        for place in places:
            button = self.buttons[place.key]
            self._group.addButton(button)
            button.clicked.connect(lambda _on=False, key=place.key: self.chosen.emit(key))
        self._box = QVBoxLayout(self)
        self.search_button = SearchButton()
        self.search_icon = IconButton("search", _("Search or do (Ctrl+K)"))
        self.settings_button = IconButton("settings", _("Settings"))
        hide_unless(with_settings, self.settings_button)
        self.lock_button = IconButton("lock", _("Lock (Ctrl+L)"))
        self.search_button.clicked.connect(self.search_wanted)
        self.search_icon.clicked.connect(self.search_wanted)
        self.settings_button.clicked.connect(self.settings_wanted)
        self.lock_button.clicked.connect(self.lock_wanted)
        self._wide_parts: list[QWidget] = []
        self._build(places, business, user, role)
        self.set_rail(on=False)

    def _build(self, places: Sequence[Destination], business: str, user: str, role: str) -> None:
        names = holder(
            column(Label(business, "heading"), Label("GDPR Desk", "caption", "muted"), spacing=0)
        )
        self._box.addLayout(row(Logo(30), names, spacing=10, margins=(4, 0, 0, 0)))
        self._box.addSpacing(12)
        self._box.addWidget(self.search_button)
        self._box.addWidget(self.search_icon)
        self._box.addSpacing(8)
        self._wide_parts += [names, self.search_button]
        self._box.addWidget(self._list(places), 1)
        self.backup_button = BackupButton()
        self.backup_button.hide()
        self.backup_button.clicked.connect(self.backups_wanted)
        self._box.addWidget(self.backup_button)
        self._box.addSpacing(4)
        self.countdown, self._countdown_line = self._note("lock")
        self._box.addWidget(Line())
        self._box.addSpacing(6)
        who = holder(column(Label(user, "small"), Label(role, "caption", "muted"), spacing=0))
        avatar = Avatar(user, 30)
        self._wide_parts += [who, avatar]
        self._foot = row(avatar, who, spacing=8, margins=(4, 0, 0, 0))
        self._foot.setStretch(1, 1)
        self._box.addLayout(self._foot)
        self._box.addWidget(self.settings_button)
        self._box.addWidget(self.lock_button)

    def _list(self, places: Sequence[Destination]) -> QWidget:
        inside, group = column(spacing=2, margins=(0, 0, 0, 0)), ""
        for place in places:
            if place.group != group:
                group = place.group
                heading = GroupHeading(group)
                heading.setContentsMargins(10, 14, 0, 4)
                inside.addWidget(heading)
                self._wide_parts.append(heading)
            inside.addWidget(self.buttons[place.key])
        inside.addStretch(1)
        return scrolling(holder(inside), ground="navigation")

    def _note(self, icon_name: str) -> tuple[Label, QWidget]:
        note = Label("", "caption", "muted")
        line = holder(row(Icon(icon_name, "accent_text", 15), note, margins=(6, 0, 0, 8)))
        line.hide()
        self._box.addWidget(line)
        return note, line

    def set_rail(self, *, on: bool) -> None:
        """Show icons only, where there is little room."""
        self._rail = on
        for part in self._wide_parts:
            part.setVisible(not on)
        self.search_icon.setVisible(on)
        self.backup_button.set_rail(on=on)
        self.set_countdown(None)
        for button in self.buttons.values():
            button.set_rail(on=on)
        for tool in (self.settings_button, self.lock_button):
            self._box.removeWidget(tool)
            self._foot.removeWidget(tool)
            if on:
                self._box.addWidget(tool, 0, Qt.AlignmentFlag.AlignHCenter)
            else:
                self._foot.addWidget(tool)
        self._box.setContentsMargins(*((10, 16, 10, 12) if on else (12, 16, 12, 12)))
        self._box.setAlignment(self.search_icon, Qt.AlignmentFlag.AlignHCenter)
        self._measure()

    def is_rail(self) -> bool:
        """Return whether only icons are shown."""
        return self._rail

    def set_current(self, key: str) -> None:
        """Show where the user is; a page beside the navigation is none of its destinations."""
        self._group.setExclusive(False)
        for known, button in self.buttons.items():
            button.setChecked(known == key)
        self._group.setExclusive(True)

    def set_badge(self, key: str, count: int, tone: Tone = "neutral") -> None:
        """Say how many things wait at a destination. Only what can be done is counted."""
        if key in self.buttons:
            self.buttons[key].set_badge(count, tone)

    def set_backup(self, words: str, tone: Tone = "neutral") -> None:
        """Say how the last copy stands; nothing if there are no words."""
        self.backup_button.set_words(words, tone)
        self.backup_button.setVisible(bool(words))

    def set_countdown(self, seconds: int | None) -> None:
        """Say quietly that the register locks itself soon, or no longer."""
        words = _("{seconds} s") if self._rail else _("Locks in {seconds} s")
        self.countdown.setText("" if seconds is None else words.format(seconds=seconds))
        self._countdown_line.setVisible(seconds is not None)

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        if self._rail:
            self.setFixedWidth(scaled(RAIL_WIDTH))
        else:
            self.setFixedWidth(round(WIDTH * (1 + (look().text_scale - 1) * 0.8)))
        for button in self.buttons.values():
            button.setIconSize(QSize(scaled(18), scaled(18)))
        self.search_button.setIconSize(QSize(scaled(16), scaled(16)))
