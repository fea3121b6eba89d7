"""The log of what was handed out, and the camera clips that are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.papers import CameraClip, Disclosure
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.clips import ClipRow, list_cameras, list_clips, release_clip
from gdprdesk.services.disclosures import DisclosureRow, list_disclosures, remove_disclosure
from gdprdesk.services.paper_files import export_disclosures
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.disclosure_form import clip_words, new_clip, prolong, write_disclosure
from gdprdesk_ui.dialogs.save_guarded import SHEET_FIRST, save_report
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    EmptyState,
    Label,
    ListRow,
    PageHeading,
    clear,
    column,
    row,
)

_SHOWN = 12
_BETWEEN = "  \N{MIDDLE DOT}  "


class DisclosureLine(QWidget):
    """Something that was handed out.

    Attributes:
        remove_button: Takes it out of the log, where it was written down by mistake.
    """

    def __init__(self, context: PageContext, one: DisclosureRow) -> None:
        super().__init__()
        self.remove_button = Button(_("Remove"), "link", on_click=lambda: _remove(context, one))
        title = _BETWEEN.join(part for part in (one.to_whom, one.what, one.name) if part)
        self.remove_button.setAccessibleDescription(title)
        ground = f"{say(one.basis)}, {one.basis.article}"
        words = _BETWEEN.join(part for part in (one.law, ground, say(one.channel)) if part)
        day = format_day(one.disclosed_on, short=True, today=context.today)
        when = Label(day, "small", "muted", keep=True, tabular=True)
        sign = "camera" if one.clip else "send"
        line = ListRow(sign, title, words, when, self.remove_button, wrap=True)
        self.setLayout(row(line, spacing=0))


class ClipLine(QWidget):
    """A camera clip that is kept.

    Attributes:
        hand_out_button: Writes down that it was handed out.
        longer_button: Keeps it longer.
        deleted_button: The recording was deleted, so that the line goes.
    """

    def __init__(self, context: PageContext, clip: ClipRow) -> None:
        super().__init__()
        self.hand_out_button = Button(
            _("Handed out…"), size="small", on_click=lambda: write_disclosure(context, clip)
        )
        self.longer_button = Button(
            _("Keep longer…"), size="small", on_click=lambda: prolong(context, clip)
        )
        self.deleted_button = Button(
            _("Deleted…"), size="small", on_click=lambda: _release(context, clip)
        )
        buttons = (self.hand_out_button, self.longer_button, self.deleted_button)
        for button in buttons:
            button.setAccessibleDescription(clip_words(clip))
        day = format_day(clip.release_on, short=True, today=context.today)
        until = _("Kept until {day}").format(day=day)
        told = _("handed out to {names}").format(names=", ".join(clip.handed_out))
        parts = (until, clip.why, clip.name, told if clip.handed_out else "")
        line = ListRow(
            "video",
            clip_words(clip),
            _BETWEEN.join(part for part in parts if part),
            *buttons,
            tint="warn_text" if clip.wants_deleting else "muted",
            wrap=True,
        )
        self.setLayout(row(line, spacing=0))


class DisclosuresPage(Page):
    """Who got what on what ground; and which camera clips are kept, why and how long.

    Attributes:
        new_button: Writes down what was handed out.
        clip_button: Keeps a camera clip; there only where the register has cameras.
        pdf_button: Saves both lists as PDF, sheet_button as a workbook.
        more_button: Shows the whole log.
        lines: A line for each thing handed out that is shown.
        clips: A line for each clip.
        empty: Shown while nothing was handed out and no clip is kept.
    """

    changed_kinds = frozenset({Disclosure, CameraClip, ProcessingActivity, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._all = False
        self.lines: list[DisclosureLine] = []
        self.clips: list[ClipLine] = []
        self.new_button = Button(
            _("Something was handed out"),
            "primary",
            "plus",
            on_click=lambda: write_disclosure(context),
        )
        self.clip_button = Button(
            _("Keep a clip…"), icon_name="video", on_click=lambda: new_clip(context)
        )
        self.pdf_button = Button(
            _("PDF…"), icon_name="file-text", size="small", on_click=self._save
        )
        self.sheet_button = Button(
            _("Excel…"), icon_name="file-spreadsheet", size="small", on_click=self._save_sheet
        )
        self.more_button = Button("", "link", on_click=self._show_all)
        self._build()

    def _build(self) -> None:
        heading = PageHeading(
            _("Data handed out"),
            _("To whom, what, and which law or decision demanded it"),
            [self.clip_button, self.new_button],
            back=(_("Suppliers"), lambda: self.context.open_page("recipients")),
        )
        self.empty = EmptyState(
            "send",
            _("Nothing was handed out"),
            _("When the police or another authority gets data from you, it is written down here."),
        )
        self._lines, self._clips = column(spacing=12), column(spacing=14)
        self._log = Card(
            CardHeading(_("Data handed out"), self.pdf_button, self.sheet_button),
            self._lines,
            self.more_button,
            spacing=12,
        )
        self._kept = Card(
            CardHeading(_("Camera clips that are kept")),
            self._clips,
            Label(
                _("A line leaves by itself the day after its last; you delete the recording."),
                "small",
                "muted",
                wrap=True,
            ),
            spacing=12,
        )
        self.setLayout(
            column(
                heading,
                self.empty,
                self._log,
                self._kept,
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def refresh(self) -> None:
        desk = self.context.desk
        found, clips = desk.ask(list_disclosures), desk.ask(list_clips)
        self.clip_button.setVisible(bool(desk.ask(list_cameras)))
        self._show_lines(found)
        clear(self._clips)
        self.clips = [ClipLine(self.context, one) for one in clips]
        for line in self.clips:
            self._clips.addWidget(line)
        self.empty.setVisible(not found and not clips)
        self._log.setVisible(bool(found))
        self._kept.setVisible(bool(clips))

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {
            Command.NEW: lambda: write_disclosure(self.context),
            Command.EXPORT: self._save_sheet,
            Command.PRINT: self._save,
        }

    def first_focus(self) -> QWidget:
        return self.new_button

    def _show_lines(self, found: Sequence[DisclosureRow]) -> None:
        clear(self._lines)
        shown = found if self._all else found[:_SHOWN]
        self.lines = [DisclosureLine(self.context, one) for one in shown]
        for line in self.lines:
            self._lines.addWidget(line)
        self.more_button.setText(_("Show all {count}").format(count=format_number(len(found))))
        self.more_button.setVisible(len(found) > len(shown))

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _save(self) -> None:
        save_report(self.context, _("Data handed out"), export_disclosures)

    def _save_sheet(self) -> None:
        save_report(self.context, _("Data handed out"), export_disclosures, *SHEET_FIRST)


def _remove(context: PageContext, one: DisclosureRow) -> None:
    context.save(
        lambda _progress: context.desk.run(remove_disclosure, ref=one.ref),
        lambda _none: context.toast(_("The line is removed"), undoable=True, deletion=True),
    )


def _release(context: PageContext, clip: ClipRow) -> None:
    """Ask whether the recording itself is deleted: the line cannot be brought back."""
    sentence = _("The line leaves the list now and for good. Delete the recording itself first.")
    title = _("Is the clip deleted?")
    if ask.confirm_irreversible(context.window, title, sentence, _("It is deleted")):
        context.save(
            lambda _progress: context.desk.run(release_clip, ref=clip.ref),
            lambda _none: context.toast(_("The clip is out of the list")),
        )
