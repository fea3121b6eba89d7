"""The one door by which files leave: as what, with which password, what for, and where to.

What holds nobody's data is saved at once, and nothing is asked but where.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractButton

from gdprdesk.desk import Desk
from gdprdesk.domain.handing import Handing, Holding, holding_of, usual_purpose
from gdprdesk.domain.terms import ExportPurpose, say
from gdprdesk.i18n import N_, _
from gdprdesk.services.files import ExportReceipt, FileFormat
from gdprdesk.services.registry import about
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.password_guard import PasswordGuard
from gdprdesk_ui.dialogs.saved_file import SavedFile, tell_saved
from gdprdesk_ui.widgets import (
    Choice,
    FormField,
    clear,
)

SHEET_FIRST = (FileFormat.XLSX, FileFormat.PDF)
"""For what is worked with in a spreadsheet rather than read."""
_WIDTH = 560
_OWN_PASSWORD = {"xlsx", "pdf", "zip"}
_WORDS = {
    "pdf": N_("PDF, to read and print"),
    "xlsx": N_("Excel workbook"),
    "docx": N_("Word document"),
    "csv": N_("Text table (CSV)"),
    "json": N_("Data for other programs (JSON)"),
    "zip": N_("Zip archive"),
}


@dataclass(frozen=True)
class Saving:
    """What is saved, and how.

    Attributes:
        title: What the dialog is called.
        name: What the file is called, without its ending.
        export: The action that writes it, by which is known whose data it holds.
        kinds: As what it can be saved: endings and what they are called; the first is suggested.
        write: Writes it to a file, as one of the kinds.
        purpose: What it is for, where that was chosen before; it is not asked again.
        then: What is done once it is saved, instead of saying where it is.
    """

    title: str
    name: str
    export: Callable[..., object]
    kinds: Sequence[tuple[str, str]]
    write: Callable[[Path, str], ExportReceipt]
    purpose: ExportPurpose | None = None
    then: Callable[[ExportReceipt], object] | None = None

    @property
    def action(self) -> str:
        """Return the name of the action, such as "export.people"."""
        return about(self.export).name

    @property
    def holding(self) -> Holding:
        """Return whose data it holds."""
        return holding_of(self.action)

    def file_name(self, ending: str) -> str:
        """Return what the file is called, with its ending and without what a name may not hold."""
        return self.name.replace("/", "-") + (f".{ending}" if ending else "")

    def beginning_with(self, kind: str) -> Saving:
        """Return the same with another kind suggested."""
        return replace(self, kinds=sorted(self.kinds, key=lambda one: one[0] != kind))


def kinds_of(*endings: str) -> list[tuple[str, str]]:
    """Return endings with what they are called."""
    return [(one, _(_WORDS[one])) for one in endings]


def saving_of(
    desk: Desk,
    name: str,
    export: Callable[..., ExportReceipt],
    *kinds: str,
    **said: Any,
) -> Saving:
    """Return how a report is saved by its action.

    Args:
        desk: The open register.
        name: What the report and its file are called.
        export: The action that writes it.
        kinds: As what it can be saved, the suggested one first; without any, as PDF or Excel. Not
            told to an action that knows but one.
        said: What else the action is told.
    """
    has_choice = "format" in signature(export).parameters

    def write(to: Path, kind: str) -> ExportReceipt:
        chosen = {"format": FileFormat(kind)} if has_choice else {}
        return desk.run(export, to=to, overwrite=True, **chosen, **said)

    endings = kinds or (FileFormat.PDF, FileFormat.XLSX)
    return Saving(name, name, export, kinds_of(*endings), write)


class SaveGuarded(FormDialog):
    """What for, as what, with which password; then where to.

    Attributes:
        purpose: What the file is for, as the log says it.
        kind: As what it is saved.
        guard: Its password; asked for where others must not read it.
        saved: What was said when the file was saved; None before.
    """

    def __init__(self, context: PageContext, saving: Saving) -> None:
        super().__init__(
            context,
            saving.title,
            _("The log says what the file is for and what it is called, but names nobody."),
            verb=_("Save…"),
            width=_WIDTH,
        )
        self._saving = saving
        self.saved: SavedFile | None = None
        self.purpose = Choice([(one, say(one)) for one in ExportPurpose])
        self.purpose.set_value(saving.purpose or usual_purpose(saving.action))
        self.purpose.setEnabled(saving.purpose is None)
        self.kind = Choice(list(saving.kinds))
        self.guard = PasswordGuard(protected=saving.holding is Holding.GUARDED)
        self._build()

    def _build(self) -> None:
        self.body.addWidget(FormField(_("What it is for"), self.purpose))
        self.body.addWidget(FormField(_("As what"), self.kind))
        self.body.addWidget(self.guard)
        self.body.addStretch(1)
        self.guard.offer(warns=self._saving.holding is Holding.GUARDED)
        self.guard.turned.connect(self._be_low)
        self.verb_button.clicked.connect(self._save)
        self._be_low()

    def _be_low(self) -> None:
        """Let go of the room of what is not shown any more; the layout takes what it needs."""
        self.resize(self.width(), self.minimumHeight())

    def _save(self) -> None:
        if not self.guard.is_right():
            return
        kind, password = self.kind.value(), self.guard.text()
        ending = kind if kind in _OWN_PASSWORD or password is None else "zip"
        title, name = _("Save the file"), self._saving.file_name(ending)
        to = ask.choose_file_to_save(self, title, name, [(ending.upper(), [ending])])
        if to is None:
            return
        handing, desk = Handing(self.purpose.value(), password), self.context.desk

        def write(_progress: object) -> ExportReceipt:
            with desk.handing_out(handing):
                return self._saving.write(to, kind)

        self.context.save(write, self._end, self.verb_button, refused=self.guard.tell)

    def _end(self, receipt: ExportReceipt) -> None:
        """Close, but where there is something to know about the file."""
        if self._saving.then is not None or not (receipt.protected or receipt.remarks):
            self.accept()
            _say_saved(self.context, self._saving, receipt)
            return
        clear(self.body)
        words = list(receipt.remarks)
        if receipt.protected:
            words.append(_("Nobody can open it without the password, not even you."))
        self.saved = SavedFile(receipt.path, " ".join(words))
        self.body.addWidget(self.saved)
        self.body.addStretch(1)
        self.title.setText(_("The file is saved"))
        self.sentence.hide()
        self.verb_button.hide()
        self.cancel_button.setText(_("Close"))
        self.cancel_button.setFocus()
        self._be_low()


def saving_of_file(
    title: str,
    file_name: str,
    export: Callable[..., ExportReceipt],
    write: Callable[[Path, str], ExportReceipt],
) -> Saving:
    """Return how a file of the register is saved, which stays what it is. Args as of `Saving`."""
    file = Path(file_name)
    ending = file.suffix.removeprefix(".")
    return Saving(title, file.stem, export, [(ending, ending.upper() or file_name)], write)


def save_guarded(
    context: PageContext, saving: Saving, button: QAbstractButton | None = None
) -> SaveGuarded | None:
    """Ask what a file is for and how it is guarded, and save it; only where, if it names nobody.

    Returns:
        The dialog that asks; None if there was nothing to ask.
    """
    if saving.holding is not Holding.NOBODY:
        form = SaveGuarded(context, saving)
        form.open()
        return form
    first = saving.kinds[0][0]
    filters = [(words, [ending]) for ending, words in saving.kinds]
    title = _("Save the file")
    to = ask.choose_file_to_save(context.window, title, saving.file_name(first), filters)
    if to is not None:
        named = to.suffix.casefold().removeprefix(".")
        kind = named if named in dict(saving.kinds) else first
        context.save(
            lambda _progress: saving.write(to, kind),
            lambda receipt: _say_saved(context, saving, receipt),
            button,
        )
    return None


def save_report(
    context: PageContext,
    name: str,
    export: Callable[..., ExportReceipt],
    *kinds: str,
    button: QAbstractButton | None = None,
    **said: Any,
) -> SaveGuarded | None:
    """Save a report by its action, by the one door. Args as of `saving_of`."""
    return save_guarded(context, saving_of(context.desk, name, export, *kinds, **said), button)


def _say_saved(context: PageContext, saving: Saving, receipt: ExportReceipt) -> None:
    if saving.then is not None:
        saving.then(receipt)
    else:
        tell_saved(context, receipt.path)
