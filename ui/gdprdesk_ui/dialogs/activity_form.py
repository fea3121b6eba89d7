"""A row of the register, changed: everything Article 30(1) asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.activities import Category
from gdprdesk.domain.base import ActivityRef, RecipientRef
from gdprdesk.domain.terms import LegalBasis, SpecialCondition, Start, Unit, say
from gdprdesk.i18n import _
from gdprdesk.services.activities import (
    ActivityDetail,
    remove_activity,
    show_activity,
)
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.recipient_boxes import RecipientBoxes
from gdprdesk_ui.dialogs.rule_field import RuleField
from gdprdesk_ui.widgets import Button, Choice, FormField, Label, TextArea, all_right, required

_WIDTH = 640


class ActivityForm(FormDialog):
    """All fields of a processing; lists are written one thing on each line.

    Attributes:
        rule: How long it is kept; a sentence instead where a law says so.
        recipients: Who gets the data.
        remove_button: Takes the row out of the register.
    """

    def __init__(self, context: PageContext, activity: ActivityDetail) -> None:
        super().__init__(context, activity.row.name, verb=_("Save"), width=_WIDTH)
        self._activity = activity
        self.name, self.sources = QLineEdit(), QLineEdit()
        self.responsible, self.joint_controller = QLineEdit(), QLineEdit()
        self.system_of_record = QLineEdit()
        self.purpose, self.basis_note = TextArea(lines=3), TextArea(lines=3)
        self.subjects, self.categories = TextArea(lines=3), TextArea(lines=5)
        self.special, self.measures = TextArea(lines=2), TextArea(lines=5)
        self.statements = TextArea(lines=3)
        self.basis = Choice([(one, say(one)) for one in LegalBasis])
        self.condition = Choice(_conditions(activity))
        self.rule, self.recipients = RuleField(), RecipientBoxes(context)
        self.remove_button = Button(_("Remove"), "danger", "trash-2", on_click=self._remove)
        self.verbs.insertWidget(0, self.remove_button)
        self._build()
        self._draft = DraftKeeper(context, f"activity:{activity.row.ref}", self._entered, self)
        self._before = _as_entered(activity)
        self._show({**self._before, **self._draft.follow(None)})
        self._listen()
        self.name.setFocus()

    def _texts(self) -> dict[str, QLineEdit | TextArea]:
        return {
            "name": self.name,
            "purpose": self.purpose,
            "basis_note": self.basis_note,
            "subjects": self.subjects,
            "categories": self.categories,
            "special": self.special,
            "sources": self.sources,
            "measures": self.measures,
            "responsible": self.responsible,
            "joint_controller": self.joint_controller,
            "system_of_record": self.system_of_record,
            "statements": self.statements,
        }

    def _build(self) -> None:
        name = FormField(
            _("What it is called"),
            self.name,
            check=required(self.name.text, _("Write what it is called.")),
        )
        purpose = FormField(
            _("What it is for"),
            self.purpose,
            check=required(self.purpose.toPlainText, _("Write what it is for.")),
        )
        self._fields = [name, purpose]
        by_line = _("One on each line.")
        for part in (
            name,
            purpose,
            FormField(_("Legal basis"), self.basis),
            FormField(_("Why that basis"), self.basis_note, optional=True),
            FormField(_("Whose data"), self.subjects, hint=by_line),
            FormField(_("Which data"), self.categories, hint=by_line),
            FormField(
                _("Sensitive data"),
                self.special,
                hint=_("Health, faith, union and the like: Article 9. One on each line."),
                optional=True,
            ),
            FormField(_("What allows the sensitive data"), self.condition),
        ):
            self.body.addWidget(part)
        self._build_rest()

    def _build_rest(self) -> None:
        by_line = _("One on each line.")
        for part in (
            FormField(_("Where the data come from"), self.sources, optional=True),
            self._kept(),
            FormField(_("Who else gets the data"), self.recipients, optional=True),
            FormField(_("How they are protected"), self.measures, hint=by_line),
            FormField(_("Who is responsible"), self.responsible, optional=True),
            FormField(
                _("Together with"),
                self.joint_controller,
                hint=_("Another business that decides about the data with you: Article 26."),
                optional=True,
            ),
            FormField(
                _("Kept in another system"),
                self.system_of_record,
                hint=_("Its name, if it holds the originals. Empty: this register does."),
                optional=True,
            ),
            FormField(_("What you also promise"), self.statements, hint=by_line, optional=True),
        ):
            self.body.addWidget(part)

    def _kept(self) -> FormField:
        if self._activity.rule.law is not None:
            said = Label(self._activity.period, wrap=True)
            return FormField(
                _("Kept for"), said, hint=_("A law says so, so it cannot be changed here.")
            )
        field = FormField(_("Kept for"), self.rule, check=self.rule.problem)
        self._fields.append(field)
        return field

    def _listen(self) -> None:
        for edit in self._texts().values():
            edit.textChanged.connect(self._draft.touch)
        for choice in (self.basis, self.condition):
            choice.picked.connect(lambda _value: self._draft.touch())
        self.rule.changed.connect(self._draft.touch)
        self.recipients.changed.connect(self._draft.touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)

    def _show(self, entered: dict[str, Any]) -> None:
        for field, edit in self._texts().items():
            if isinstance(edit, QLineEdit):
                edit.setText(entered[field])
            else:
                edit.setPlainText(entered[field])
        self.basis.set_value(LegalBasis(entered["basis"]))
        condition = entered["condition"]
        self.condition.set_value(SpecialCondition(condition) if condition else None)
        self.rule.show_rule(Start(entered["start"]), entered["count"], Unit(entered["unit"]))
        self.recipients.offer(entered["recipients"])

    def _filled(self) -> dict[str, Any]:
        condition = self.condition.value()
        typed = {
            field: edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
            for field, edit in self._texts().items()
        }
        return {
            **typed,
            "basis": self.basis.value().value,
            "condition": condition.value if condition else "",
            "start": self.rule.start.value().value,
            "count": self.rule.count.text(),
            "unit": self.rule.unit.value().value,
            "recipients": sorted(self.recipients.ticked()),
        }

    def _entered(self) -> dict[str, Any]:
        filled = self._filled()
        return filled if filled != self._before else {}

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref = self.context.desk, self._activity.row.ref
        said = self._said()
        self.context.save(
            lambda _progress: desk.run(update_activity, activity_ref=ref, changes=said),
            lambda _none: self._end(_("“{name}” is changed").format(name=said.name)),
            self.verb_button,
        )

    def _said(self) -> ActivityChanges:
        """Return what the action is given."""
        lines = {field: _lines(edit) for field, edit in self._texts().items()}
        known = self._activity.rule
        rule = None if known.law else self.rule.rule()
        return ActivityChanges(
            name=" ".join(lines["name"]),
            purpose="\n".join(lines["purpose"]),
            legal_basis=self.basis.value(),
            basis_note="\n".join(lines["basis_note"]),
            special_condition=self.condition.value(),
            subjects=lines["subjects"],
            categories=(
                *(Category(text=one, special=False) for one in lines["categories"]),
                *(Category(text=one, special=True) for one in lines["special"]),
            ),
            sources=" ".join(lines["sources"]),
            measures=lines["measures"],
            responsible=" ".join(lines["responsible"]),
            joint_controller=" ".join(lines["joint_controller"]),
            system_of_record=" ".join(lines["system_of_record"]),
            statements=lines["statements"],
            rule=rule and replace(known, start=rule.start, count=rule.count, unit=rule.unit),
            recipients=self.recipients.ticked(),
        )

    def _remove(self) -> None:
        desk, ref = self.context.desk, self._activity.row.ref
        words = _("“{name}” is removed").format(name=self._activity.row.name)
        self.context.save(
            lambda _progress: desk.run(remove_activity, activity_ref=ref),
            lambda _none: self._end(words),
            self.remove_button,
        )

    def _end(self, words: str) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(words, undoable=True)


def _as_entered(known: ActivityDetail) -> dict[str, Any]:
    recipients: Sequence[RecipientRef] = [one.ref for one in known.recipients]
    condition = known.special_condition
    return {
        "name": known.row.name,
        "purpose": known.purpose,
        "basis_note": known.basis_note,
        "subjects": "\n".join(known.subjects),
        "categories": "\n".join(one["text"] for one in known.categories if not one["special"]),
        "special": "\n".join(one["text"] for one in known.categories if one["special"]),
        "sources": known.sources,
        "measures": "\n".join(known.measures),
        "responsible": known.responsible,
        "joint_controller": known.joint_controller,
        "system_of_record": known.system_of_record,
        "statements": "\n".join(known.statements),
        "basis": known.row.legal_basis.value,
        "condition": condition.value if condition else "",
        "start": known.rule.start.value,
        "count": str(known.rule.count),
        "unit": known.rule.unit.value,
        "recipients": sorted(recipients),
    }


def _conditions(known: ActivityDetail) -> list[tuple[SpecialCondition | None, str]]:
    """Return the conditions of Article 9(2); none is no choice any more once there is one."""
    nothing = [] if known.special_condition else [(None, _("No sensitive data"))]
    return [*nothing, *((one, say(one)) for one in SpecialCondition)]


def _lines(edit: QLineEdit | TextArea) -> tuple[str, ...]:
    typed = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def edit_activity(context: PageContext, activity_ref: ActivityRef) -> ActivityForm:
    """Change a row of the register."""
    form = ActivityForm(context, context.desk.ask(show_activity, activity_ref=activity_ref))
    form.open()
    return form
