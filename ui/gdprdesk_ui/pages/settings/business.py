"""What the register says about the business."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from gdprdesk.domain.terms import CleanUpMode, say
from gdprdesk.i18n import _, month_names, ngettext
from gdprdesk.services.organisation import OrganisationRow, show_organisation, update_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    Choice,
    FormField,
    Label,
    all_right,
    required,
    row,
)

_TEXTS = ("name", "org_number", "address", "contact", "email", "phone", "officer")
MOST_DAYS = 7
PROMISES = (0, 7, 10, 14, 20, 30)
"""Within how many days one usually promises to answer; 0 is no promise beyond the law's month."""


class BusinessCard(Card):
    """Saved by its button, and taken back by Undo.

    Attributes:
        fields: The texts by the names of the organisation's fields.
        year_ends_in: The month in which the financial year ends.
        undo_days: How long an erasure can be undone.
        answer_days: Within how many days requests are answered by the own promise.
        clean_up: Who starts the clean-up.
        save_button: Saves.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("The business")), padding=20, spacing=16)
        self._context = context
        self._known: OrganisationRow | None = None
        self.fields = {name: QLineEdit() for name in _TEXTS}
        self.year_ends_in = Choice(list(enumerate(month_names(), start=1)))
        self.undo_days = Choice([(days, _days(days)) for days in range(MOST_DAYS + 1)])
        self.answer_days = Choice(_promises(0))
        self.clean_up = Choice([(mode, say(mode)) for mode in CleanUpMode])
        self.clean_up.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.save_button = Button(_("Save"), "primary", on_click=self.save)
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        self._form = self._make_form()
        self._build()

    def _make_form(self) -> dict[str, FormField]:
        written = self.fields["name"].text
        labels = {
            "org_number": _("Org. number"),
            "address": _("Address"),
            "contact": _("Contact for privacy"),
            "email": _("E-mail"),
            "phone": _("Phone"),
        }
        name = FormField(
            _("Name"), self.fields["name"], check=required(written, _("Write a name."))
        )
        others = {
            key: FormField(label, self.fields[key], optional=True) for key, label in labels.items()
        }
        officer = FormField(
            _("Data protection officer"),
            self.fields["officer"],
            hint=_("Her name, or why there is none."),
            optional=True,
        )
        return {"name": name, **others, "officer": officer}

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(16)
        undo_hint = _("So long an erased person can be brought back. Then nothing is left.")
        promise_hint = _(
            "What you have promised in your privacy notice. It counts if it is sooner."
        )
        clean_up_hint = _(
            "Of what is over by the rules of the register. What you decide about waits for you."
        )
        fields = [
            *self._form.values(),
            FormField(_("Financial year ends in"), self.year_ends_in),
            FormField(_("An erasure can be undone for"), self.undo_days, hint=undo_hint),
            FormField(_("Requests are answered within"), self.answer_days, hint=promise_hint),
            FormField(_("Clean-up"), self.clean_up, hint=clean_up_hint),
        ]
        for number, field in enumerate(fields):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(field, number // 2, number % 2, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.add(grid, self.problem, row(None, self.save_button))

    def refresh(self) -> None:
        """Show what is in the register; what is being typed stays."""
        now = self._context.desk.ask(show_organisation)
        for name, edit in self.fields.items():
            if self._known is None or edit.text() == getattr(self._known, name):
                edit.setText(getattr(now, name))
                edit.setCursorPosition(0)  # a long text is read from its beginning
        self.year_ends_in.set_value(now.year_ends_in)
        self.undo_days.set_value(min(round(now.undo_hours / 24), MOST_DAYS))
        promised = now.answer_days or 0
        self.answer_days.set_choices(_promises(promised))
        self.answer_days.set_value(promised)
        self.clean_up.set_value(now.clean_up)
        self._known = now

    def save(self) -> None:
        """Save what was changed."""
        if not all_right(list(self._form.values())) or self._known is None:
            return
        self.problem.hide()
        written = {name: edit.text().strip() for name, edit in self.fields.items()}
        changed: dict[str, Any] = {
            key: text for key, text in written.items() if text != getattr(self._known, key)
        }
        month, hours = self.year_ends_in.value(), self.undo_days.value() * 24
        mode, desk = self.clean_up.value(), self._context.desk
        promised = self.answer_days.value()
        self._context.save(
            lambda _progress: desk.run(
                update_organisation,
                year_ends_in=month,
                undo_hours=hours,
                answer_days=promised,
                clean_up=mode,
                **changed,
            ),
            lambda _done: self._tell(),
            self.save_button,
            refused=self._refuse,
        )

    def _tell(self) -> None:
        self._context.toast(_("The details of the business are saved"), undoable=True)

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()


def _days(days: int) -> str:
    if not days:
        return _("Not at all")
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _promises(promised: int) -> list[tuple[int, str]]:
    """Return the usual promises, and the one that is given."""
    return [
        (days, _days(days) if days else _("The law's month"))
        for days in sorted({*PROMISES, promised})
    ]
