"""What stands beside the notice: how it stands, what is missing, its versions, whom to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import Audience
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.notice import GapRow, NoticeView, VersionRow
from gdprdesk_ui.widgets import (
    Button,
    CardHeading,
    IconButton,
    Label,
    Line,
    Pill,
    clear,
    column,
    row,
)

_VERSIONS_SHOWN = 6


class NoticeSide(QWidget):
    """The notice beside its text.

    Signals:
        mending_wanted: A row of the register, or with None the business, is to be completed.
        comparing_wanted: Two versions are to be compared.
        telling_wanted: It is to be seen whom to tell of the newest version.
        saving_wanted: A version is to be saved as it was; its row.

    Attributes:
        state: Whether what is shown is published.
        mend_buttons: One for each thing that is missing.
        compare_button: Compares versions.
        people_button: Shows whom to tell.
        save_buttons: One for each version.
    """

    mending_wanted = Signal(object)
    comparing_wanted = Signal()
    telling_wanted = Signal()
    saving_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = Label("", "body", "muted", wrap=True)
        self.mend_buttons: list[Button] = []
        self.save_buttons: list[IconButton] = []
        self.compare_button = Button(
            _("Compare…"), size="small", on_click=self.comparing_wanted.emit
        )
        self.people_button = Button(
            _("Whom to tell…"), icon_name="megaphone", on_click=self.telling_wanted.emit
        )
        self._pill = row(spacing=0)
        self._gaps = column(spacing=10)
        self._versions = column(spacing=4)
        self._people = Label("", "small", "muted", wrap=True)
        self._heading = CardHeading(_("Versions"), self.compare_button)
        self.setLayout(
            column(
                self._pill,
                self.state,
                Line(),
                self._gaps,
                Line(),
                self._heading,
                self._versions,
                Line(),
                self._people,
                row(self.people_button, None),
                None,
                spacing=12,
                margins=(20, 20, 20, 20),
            )
        )

    def show_view(self, view: NoticeView, today: date) -> None:
        """Show how the notice stands."""
        self._show_state(view, today)
        self._show_gaps(view.gaps)
        self._show_versions(view.versions, today)
        self._people.setText(_people(view))
        self.people_button.setVisible(view.people > 0)

    def _show_state(self, view: NoticeView, today: date) -> None:
        clear(self._pill)
        if view.is_published:
            pill = Pill(_("Published"), "accent", "circle-check")
            said = _("It is version {number} of {day}, word for word.").format(
                number=view.versions[0].number,
                day=format_day(view.versions[0].made_on, short=True, today=today),
            )
        elif view.versions:
            pill = Pill(_("Changed"), "warn", "triangle-alert")
            said = _(
                "The register says something else than version {number}. Compare the two, and "
                "publish a new version."
            ).format(number=view.versions[0].number)
        else:
            pill = Pill(_("Draft"), "neutral", "file-text")
            said = _("It is written from the register. Publish it when you are content with it.")
        self._pill.addWidget(pill)
        self._pill.addStretch()
        self.state.setText(said)

    def _show_gaps(self, gaps: Sequence[GapRow]) -> None:
        clear(self._gaps)
        self.mend_buttons = []
        heading = Label(_("What is missing"), "card")
        self._gaps.addWidget(heading)
        if not gaps:
            said = _("Nothing: it says all that Articles 13 and 14 ask for.")
            self._gaps.addWidget(Label(said, "body", "muted", wrap=True))
        for gap in gaps:
            where = gap.activity or _("The business")
            article = _("Article {article}").format(article=gap.article)
            detail = f"{where} · {article}"
            button = Button(
                _("Put it right"),
                size="small",
                on_click=partial(self.mending_wanted.emit, gap.activity_ref),
            )
            button.setAccessibleDescription(f"{gap.sentence}, {where}")
            self.mend_buttons.append(button)
            self._gaps.addLayout(
                column(
                    Label(gap.sentence, "strong", wrap=True),
                    Label(detail, "small", "muted", wrap=True),
                    row(button, None),
                    spacing=4,
                )
            )

    def _show_versions(self, versions: Sequence[VersionRow], today: date) -> None:
        clear(self._versions)
        self.save_buttons = []
        self.compare_button.setVisible(bool(versions))
        if not versions:
            self._versions.addWidget(Label(_("None is published yet."), "body", "muted"))
        for one in versions[:_VERSIONS_SHOWN]:
            self._versions.addWidget(self._version(one, today, self.saving_wanted.emit))

    def _version(self, one: VersionRow, today: date, save: Callable[[VersionRow], None]) -> QWidget:
        name = _("Version {number}").format(number=one.number)
        said = [format_day(one.made_on, short=True, today=today)]
        if one.told_on:
            told = format_day(one.told_on, short=True, today=today)
            said.append(_("told {day}").format(day=told))
        button = IconButton(
            "download", _("Save {version}…").format(version=name), on_click=partial(save, one)
        )
        self.save_buttons.append(button)
        words = column(Label(name, "strong"), Label(", ".join(said), "small", "muted"), spacing=1)
        line = row(words, button, spacing=8)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder


def _people(view: NoticeView) -> str:
    if view.audience is Audience.WEB:
        return _("Visitors are not in the register. Put the notice on the website.")
    if not view.people:
        return _("Nobody in the register is one of these.")
    said = ngettext(
        "It is for {count} person in the register.",
        "It is for {count} people in the register.",
        view.people,
    )
    return said.format(count=format_number(view.people))
