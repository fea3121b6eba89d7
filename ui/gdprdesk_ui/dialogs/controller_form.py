"""A business whose data are processed on its instruction: Article 30(2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import ControllerRef
from gdprdesk.i18n import _
from gdprdesk.services.served import (
    ControllerChanges,
    ControllerRow,
    add_controller,
    end_controller,
    show_served_defaults,
    update_controller,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import lines_of, text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.recipient_boxes import RecipientBoxes
from gdprdesk_ui.widgets import DateField, FormField, TextArea, all_right, required

_WIDTH = 600
_TEXTS = ("name", "org_number", "contact", "officer")
_LISTS = ("categories", "measures")


class ControllerForm(KeptForm):
    """Who it is, what is done for it, how that is protected, and since when.

    A new one begins with what is done for everybody.

    Args:
        context: The open register.
        then: Called with the business when it is saved.
        known: The business to change; without it, a new one.
    """

    def __init__(
        self,
        context: PageContext,
        then: Callable[[ControllerRef], object],
        known: ControllerRow | None = None,
    ) -> None:
        super().__init__(
            context,
            known.name if known else _("New business you process for"),
            draft=f"served:{known.ref}" if known else "served",
            verb=_("Save"),
            width=_WIDTH,
        )
        self._then, self._known = then, known
        self.texts = {name: QLineEdit() for name in _TEXTS}
        self.lists = {name: TextArea(lines=4) for name in _LISTS}
        self.agreement, self.until = DateField(), DateField()
        self.recipients = RecipientBoxes(context)
        self._fields = self._build()
        controls: dict[str, QWidget] = {
            **self.texts,
            **self.lists,
            "agreement_on": self.agreement,
            "agreement_until": self.until,
            "recipients": self.recipients,
        }
        self.begin(controls, _as_entered(known) if known else self._usual())
        self.verb_button.clicked.connect(self._save)
        self.texts["name"].setFocus()

    def _build(self) -> tuple[FormField, ...]:
        by_line = _("One on each line.")
        name = self.texts["name"]
        fields = (
            FormField(_("Name"), name, check=required(name.text, _("Enter a name."))),
            FormField(_("Org. number"), self.texts["org_number"], optional=True),
            FormField(_("Contact for privacy"), self.texts["contact"], optional=True),
            FormField(_("Its data protection officer"), self.texts["officer"], optional=True),
            FormField(_("What you do for it"), self.lists["categories"], hint=by_line),
            FormField(_("How it is protected"), self.lists["measures"], hint=by_line),
            FormField(
                _("Day of the processor agreement"),
                self.agreement,
                check=self.agreement.problem,
                optional=True,
            ),
            FormField(
                _("Last day of the agreement"),
                self.until,
                check=self._wrong_end,
                hint=_("Empty if it runs on."),
                optional=True,
            ),
            FormField(_("Who else takes part"), self.recipients, optional=True),
        )
        for field in fields:
            self.body.addWidget(field)
        return fields

    def _usual(self) -> dict[str, Any]:
        usual = self.context.desk.ask(show_served_defaults)
        return {
            "categories": "\n".join(usual.categories),
            "measures": "\n".join(usual.measures),
            "recipients": usual.recipients,
        }

    def _wrong_end(self) -> str | None:
        begun, ends = self.agreement.day(), self.until.day()
        if ends is not None and (begun is None or ends < begun):
            return _("The agreement ends before it begins. Look at the days again.")
        return self.until.problem()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        texts: dict[str, Any] = {name: text_of(edit) for name, edit in self.texts.items()}
        lists: dict[str, Any] = {name: lines_of(edit) for name, edit in self.lists.items()}
        changes = ControllerChanges(
            **texts,
            **lists,
            agreement_on=self.agreement.day(),
            agreement_until=self.until.day(),
            recipients=self.recipients.ticked(),
            no_end=self.until.day() is None,
        )
        self.keep(lambda _progress: self._write(changes), self._end)

    def _write(self, changes: ControllerChanges) -> ControllerRef:
        desk = self.context.desk
        if self._known is None:
            return desk.run(add_controller, changes=changes)
        desk.run(update_controller, controller_ref=self._known.ref, changes=changes)
        return self._known.ref

    def _end(self, ref: ControllerRef) -> None:
        self.end(_("{name} is saved").format(name=self.texts["name"].text()))
        self._then(ref)


class EndForm(KeptForm):
    """Since when nothing is processed for a business any more.

    Attributes:
        day: The day; today at the beginning.
    """

    def __init__(self, context: PageContext, one: ControllerRow) -> None:
        super().__init__(
            context,
            _("The service has ended"),
            _("{name}: its data go back to it or are deleted, Article 28(3)(g).").format(
                name=one.name
            ),
            draft=f"served_end:{one.ref}",
            verb=_("Save"),
        )
        self._one = one
        self.day = DateField()
        self._field = FormField(_("On which day"), self.day, check=self._wrong_day)
        self.body.addWidget(self._field)
        self.begin({"day": self.day}, {"day": context.today.isoformat()})
        self.verb_button.clicked.connect(self._save)
        self.day.setFocus()

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is not None and day > self.context.today:
            return _("Nothing has ended on a day that has not come.")
        return self.day.problem()

    def _save(self) -> None:
        if not all_right([self._field]):
            return
        desk, ref, day = self.context.desk, self._one.ref, self.day.day()
        self.keep(
            lambda _progress: desk.run(end_controller, controller_ref=ref, ended_on=day),
            lambda _none: self.end(
                _("The service to {name} has ended").format(name=self._one.name)
            ),
        )


def _as_entered(known: ControllerRow) -> dict[str, Any]:
    days = ("agreement_on", "agreement_until")
    return {
        **{name: getattr(known, name) for name in _TEXTS},
        **{name: "\n".join(getattr(known, name)) for name in _LISTS},
        **{name: day.isoformat() if (day := getattr(known, name)) else "" for name in days},
        "recipients": [one.ref for one in known.recipients],
    }


def new_controller(context: PageContext, then: Callable[[ControllerRef], object]) -> ControllerForm:
    """Ask for a new business one processes for."""
    form = ControllerForm(context, then)
    form.open()
    return form


def edit_controller(context: PageContext, known: ControllerRow) -> ControllerForm:
    """Change what is known of a business one processes for."""
    form = ControllerForm(context, lambda _ref: None, known)
    form.open()
    return form


def end_service(context: PageContext, one: ControllerRow) -> EndForm:
    """Write down that a service has ended."""
    form = EndForm(context, one)
    form.open()
    return form
