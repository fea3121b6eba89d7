"""The files about a person: dropped or chosen, saved as a copy, removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _, format_day
from gdprdesk.services.files import ExportReceipt, export_attachment
from gdprdesk.services.notes import (
    AttachmentRow,
    add_attachment,
    list_attachments,
    remove_attachment,
)
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.save_guarded import save_guarded, saving_of_file
from gdprdesk_ui.pages.person.words import size_words
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    IconButton,
    Label,
    ListRow,
    clear,
    column,
)


class FilesCard(Card):
    """A list of files with what can be done to each. Files can be dropped on it.

    Attributes:
        add_button: Chooses a file.
        save_buttons: Save a copy of a file, by its name.
        remove_buttons: Take a file out of the register, by its name.
    """

    def __init__(self, context: PageContext) -> None:
        self.add_button = Button(_("Add…"), "link", "paperclip", on_click=self._choose)
        super().__init__(CardHeading(_("Files"), self.add_button))
        self.setAcceptDrops(True)
        self._context = context
        self._ref: SubjectRef | None = None
        self._files: tuple[AttachmentRow, ...] = ()
        self.save_buttons: dict[str, IconButton] = {}
        self.remove_buttons: dict[str, IconButton] = {}
        self._rows = column(spacing=8)
        self._none = Label(_("Drop a file here to keep it with this person."), "small", "muted")
        self._none.setWordWrap(True)
        self.box.addLayout(self._rows)
        self.add(self._none)

    def show_person(self, ref: SubjectRef) -> None:
        """Show the files about a person; as long as they are the same, the focus stays."""
        self._ref = ref
        may = self._context.may(list_attachments)
        files = self._context.desk.ask(list_attachments, subject_ref=ref) if may else ()
        if files == self._files:
            return
        self._files = files
        clear(self._rows)
        self.save_buttons.clear()
        self.remove_buttons.clear()
        for one in files:
            self._rows.addWidget(self._row(one))
        self._none.setVisible(not files)

    def _row(self, one: AttachmentRow) -> ListRow:
        name = one.file_name
        save = IconButton("download", _("Save a copy of {name}").format(name=name))
        save.clicked.connect(partial(self._save, one))
        remove = IconButton("trash-2", _("Remove {name}").format(name=name))
        remove.clicked.connect(partial(self._remove, one))
        self.save_buttons[name], self.remove_buttons[name] = save, remove
        day = format_day(one.recorded_on, short=True, today=self._context.today)
        return ListRow(
            "file-text", name, f"{size_words(one.size)}  \N{MIDDLE DOT}  {day}", save, remove
        )

    def add_file(self, path: Path) -> None:
        """Put a copy of a file into the register."""
        ref, desk = self._ref, self._context.desk
        if ref is not None:
            self._context.save(
                lambda _progress: desk.run(add_attachment, subject_ref=ref, path=path),
                button=self.add_button,
            )

    def _choose(self) -> None:
        path = ask.choose_file_to_open(self, _("Which file"), [(_("All files"), ["*"])])
        if path is not None:
            self.add_file(path)

    def _save(self, one: AttachmentRow, _clicked: bool = False) -> None:
        desk = self._context.desk

        def write(to: Path, _kind: str) -> ExportReceipt:
            return desk.run(export_attachment, ref=one.ref, to=to, overwrite=True)

        title = _("Save a copy")
        save_guarded(self._context, saving_of_file(title, one.file_name, export_attachment, write))

    def _remove(self, one: AttachmentRow, _clicked: bool = False) -> None:
        words = _("{name} is removed").format(name=one.file_name)
        self._context.perform(
            lambda _progress: self._context.desk.run(remove_attachment, ref=one.ref),
            lambda _none: self._context.toast(words, undoable=True, deletion=True),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(map(QUrl.isLocalFile, event.mimeData().urls())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.add_file(Path(url.toLocalFile()))
