"""The notice as the register writes it: for whom, in which language, its text, and what is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from gdprdesk.domain.base import ActivityRef, EditionRef
from gdprdesk.domain.terms import Audience, say
from gdprdesk.exports import DOCX, HTML, MARKDOWN, PDF
from gdprdesk.i18n import LANGUAGES, _, language
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.notice import (
    NoticeView,
    VersionRow,
    list_audiences,
    publish_notice,
    show_notice,
)
from gdprdesk.services.notice_files import NoticeFormat, export_notice
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.reports.notice import notice_report
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.notice_difference import compare_versions
from gdprdesk_ui.dialogs.notice_people import tell_people
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.pages.notice.side import NoticeSide
from gdprdesk_ui.pages.notice.text import NoticeText
from gdprdesk_ui.theme import NEW_LOOK, scaled
from gdprdesk_ui.tokens import READING_WIDTH
from gdprdesk_ui.widgets import Button, Chips, Line, Surface, column, row, scrolling

_SIDE_WIDTH = 316
_FORMATS = {
    NoticeFormat.HTML: HTML.label,
    NoticeFormat.PDF: PDF.label,
    NoticeFormat.DOCX: DOCX.label,
    NoticeFormat.MARKDOWN: MARKDOWN.label,
}


class WrittenNotice(QWidget):
    """One notice at a time: chosen above, read at the left, its state at the right.

    Attributes:
        audiences: Whom it speaks to.
        languages: What it is written in.
        text: The notice to read.
        side: What is missing, its versions, whom to tell.
        save_button: Saves it in one of four formats.
        save_menu: The formats.
        publish_button: Makes it the next version.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.view: NoticeView | None = None
        own = context.desk.ask(show_organisation).language
        told = context.desk.ask(list_audiences) or tuple(Audience)
        self.audiences = Chips([(one.value, say(one)) for one in told], _("Whom it speaks to"))
        self.languages = Chips(
            [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], _("Language of the notice")
        )
        self.languages.choose(own)
        self.text, self.side = NoticeText(), NoticeSide()
        self.save_button = Button(_("Save as…"), icon_name="download", on_click=self._offer)
        self.publish_button = Button(_("Publish"), "primary", "send", on_click=self._publish)
        self.save_menu = QMenu(self)
        self._version: EditionRef | None = None
        for kind, words in _FORMATS.items():
            self.save_menu.addAction(_(words)).triggered.connect(
                cast("Callable[[], None]", lambda _checked=False, kind=kind: self._save(kind))
            )
        self._build()
        for choice in (self.audiences, self.languages):
            choice.chosen.connect(lambda _key: self.refresh())
        self.side.mending_wanted.connect(self._mend)
        self.side.comparing_wanted.connect(self._compare)
        self.side.telling_wanted.connect(self._tell)
        self.side.saving_wanted.connect(self._offer_version)

    def _build(self) -> None:
        chosen = row(self.audiences, margins=(28, 10, 28, 10))
        paper = Surface()
        inside = row(self.text, None, margins=(28, 20, 12, 8))
        inside.setStretch(0, 100)
        paper.setLayout(inside)
        self._pane = scrolling(self.side)
        both = row(paper, Line(upright=True), self._pane, spacing=0)
        both.setStretch(0, 1)
        whole = column(chosen, Line(), both, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._measure()

    def refresh(self) -> None:
        """Write the notice anew and show it."""
        audience, code = Audience(self.audiences.key()), self.languages.key()
        desk = self.context.desk
        self.view = desk.ask(show_notice, audience=audience, language_code=code)
        document = desk.ask(notice_report, audience=audience, language_code=code)
        self.text.show_parts(document.title, document.subtitle, self.view.parts)
        self.side.show_view(self.view, self.context.today)
        self.publish_button.setEnabled(not self.view.is_published)

    def choose(self, audience: Audience) -> None:
        """Show the notice for an audience, if the register tells it anything."""
        if audience.value in self.audiences.buttons:
            self.audiences.choose(audience.value)

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        self._pane.setFixedWidth(scaled(_SIDE_WIDTH))
        self.text.setMaximumWidth(scaled(READING_WIDTH + 160))

    def _mend(self, ref: ActivityRef | None) -> None:
        if ref is None:
            self.context.open_page("settings")
        else:
            self.context.open_page("register", activity_ref=ref)

    def _publish(self) -> None:
        view, desk = self.view, self.context.desk
        if view is None:
            return
        number = view.versions[0].number + 1 if view.versions else 1
        self.context.perform(
            lambda _progress: desk.run(
                publish_notice, audience=view.audience, language_code=view.language
            ),
            lambda _ref: self.context.toast(
                _("Version {number} is published").format(number=number)
            ),
            button=self.publish_button,
        )

    def _compare(self) -> None:
        if self.view is not None:
            compare_versions(self.context, self.view.versions)

    def _tell(self) -> None:
        if self.view is not None:
            newest = self.view.versions[0] if self.view.versions else None
            tell_people(self.context, self.view.audience, newest)

    def _offer(self) -> None:
        self._version = None
        self._pop_up(self.save_button)

    def _offer_version(self, version: VersionRow) -> None:
        self._version = version.ref
        self._pop_up(
            self.side.save_buttons[self.view.versions.index(version)] if self.view else self
        )

    def _pop_up(self, under: QWidget) -> None:
        self.save_menu.popup(under.mapToGlobal(QPoint(0, under.height() + 4)))

    def _save(self, kind: NoticeFormat) -> None:
        view, version, desk = self.view, self._version, self.context.desk
        if view is None:
            return
        with language(view.language):
            name = _("Privacy notice") + f" {say(view.audience).lower()}.{kind.value}"
        path = ask.choose_file_to_save(
            self.context.window, _("Save the notice"), name, [(_(_FORMATS[kind]), [kind.value])]
        )
        if path is not None:
            self.context.save(
                lambda _progress: desk.run(
                    export_notice,
                    to=path,
                    audience=view.audience,
                    language_code=view.language,
                    version=version,
                    format=kind,
                    overwrite=True,
                ),
                self._saved,
                self.save_button,
            )

    def _saved(self, saved: ExportReceipt) -> None:
        tell_saved(self.context, saved.path)
