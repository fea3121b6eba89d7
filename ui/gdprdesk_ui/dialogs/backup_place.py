"""A place where copies are made: what it is called and when a copy is made there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.terms import BackupSchedule, say
from gdprdesk.i18n import _
from gdprdesk.services.backup_places import (
    BackupPlaceRow,
    add_backup_place,
    change_backup_place,
)
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.widgets import Choice, FormField, all_right, required

_USUAL_FIRST = (BackupSchedule.DAILY, BackupSchedule.AT_LOCK, BackupSchedule.BY_HAND)


class BackupPlaceForm(KeptForm):
    """A name and a schedule.

    Args:
        context: The open register.
        folder: The folder or stick.
        place: What is known of it; nothing if it is new.

    Attributes:
        name: What people call it.
        schedule: When copies are made there.
    """

    def __init__(
        self, context: PageContext, folder: Path, place: BackupPlaceRow | None = None
    ) -> None:
        super().__init__(
            context,
            place.name if place else _("New place for backups"),
            str(folder),
            draft=f"backup:{place.ref if place else ''}",
            verb=_("Save") if place else _("Add"),
        )
        self._folder, self._place = folder, place
        self.name = QLineEdit()
        self.schedule = Choice([(one, say(one)) for one in _USUAL_FIRST])
        self._fields = (
            FormField(
                _("Name"),
                self.name,
                check=required(self.name.text, _("Write a name.")),
                hint=_("Such as what stands on the stick."),
            ),
            FormField(
                _("When copies are made"),
                self.schedule,
                hint=_("Only while it is connected, and only if something has changed."),
            ),
        )
        for field in self._fields:
            self.body.addWidget(field)
        known = {
            "name": place.name if place else folder.name or str(folder),
            "schedule": place.schedule.value if place else BackupSchedule.DAILY.value,
        }
        self.begin({"name": self.name, "schedule": self.schedule}, known)
        self.verb_button.clicked.connect(self._save)
        self.name.setFocus()

    def _save(self) -> None:
        if all_right(self._fields):
            self.keep(
                self._change if self._place else self._add,
                lambda _ref: self.end(_("The place for backups is saved")),
            )

    def _add(self, _progress: Operation[EditionRef | None]) -> EditionRef | None:
        return self.context.desk.run(
            add_backup_place,
            folder=self._folder,
            name=self.name.text(),
            schedule=BackupSchedule(self.schedule.value()),
        )

    def _change(self, _progress: Operation[EditionRef | None]) -> EditionRef | None:
        assert self._place is not None  # noqa: S101  (only then it is changed)
        self.context.desk.run(
            change_backup_place,
            place_ref=self._place.ref,
            name=self.name.text(),
            schedule=BackupSchedule(self.schedule.value()),
        )
        return None


def add_place(context: PageContext) -> BackupPlaceForm | None:
    """Choose a folder or stick and say when copies are made there."""
    folder = ask.choose_folder(context.window, _("Choose a folder or a stick for the backups"))
    if folder is None:
        return None
    form = BackupPlaceForm(context, folder)
    form.open()
    return form


def change_place(context: PageContext, place: BackupPlaceRow) -> BackupPlaceForm:
    """Change what a place is called and when copies are made there."""
    form = BackupPlaceForm(context, place.folder, place)
    form.open()
    return form
