"""Step 1: which language, and who the business is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from gdprdesk.i18n import LANGUAGE_NAMES, _
from gdprdesk.services.first_run import FirstRun
from gdprdesk_ui.start.onboarding.step import StepPage, at_left
from gdprdesk_ui.widgets import Button, Card, Choice, FormField, Label, all_right, column, row

_WIDEST = 860


class BusinessStep(StepPage):
    """Asks who the business is.

    Signals:
        language_chosen: The user wants another language; its code.
        existing_wanted: There is a register already.

    Attributes:
        language: What the program and the register are written in.
        country: Whose law applies.
        fields: The texts by the names of the fields of Business.
        existing_button: Leads to a register that exists.
    """

    language_chosen = Signal(str)
    existing_wanted = Signal()

    def __init__(self, run: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(
            run,
            _("Welcome. Who are you?"),
            _("This stands on everything you print. It stays on this computer."),
            parent,
        )
        self.language = Choice(LANGUAGE_NAMES)
        self.language.set_value(run.business.language)
        self.language.picked.connect(self.language_chosen.emit)
        countries: list[tuple[str, str]] = [("SE", _("Sweden")), ("NO", _("Norway"))]
        self.country = Choice(countries)
        self.country.set_value(run.business.country)
        self.country.picked.connect(lambda _code: self._tell())
        names = ("name", "org_number", "address", "contact", "email", "phone")
        self.fields = {name: QLineEdit(getattr(run.business, name)) for name in names}
        self._form = self._make_form()
        self.existing_button = Button(
            _("Open a register that exists…"), "link", on_click=self.existing_wanted.emit
        )
        self._build()

    def _make_form(self) -> dict[str, FormField]:
        labels = {
            "name": (_("Name of the business"), False),
            "org_number": (_("Org. number"), True),
            "address": (_("Address"), True),
            "contact": (_("Contact for privacy"), True),
            "email": (_("E-mail"), True),
            "phone": (_("Phone"), True),
        }
        return {
            name: FormField(
                label,
                self.fields[name],
                check=partial(self._problem, name),
                optional=optional,
            )
            for name, (label, optional) in labels.items()
        }

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(FormField(_("Language"), self.language), 0, 0, top)
        country_hint = _("It decides which laws set the periods.")
        grid.addWidget(FormField(_("Country"), self.country, hint=country_hint), 0, 1, top)
        for number, field in enumerate(self._form.values(), start=2):
            grid.addWidget(field, number // 2, number % 2, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card = Card(grid, padding=24)
        existing = row(Label(_("Have you used the program before?"), "body", "muted"),
                       self.existing_button, None)  # fmt: skip
        self.setLayout(column(self.head, 18, at_left(card, _WIDEST), 14, existing, None, spacing=0))

    def first_focus(self) -> QWidget:
        return self.fields["name"]

    def take(self) -> bool:
        self._tell()
        return all_right(list(self._form.values()))

    def _tell(self) -> None:
        written = {name: edit.text().strip() for name, edit in self.fields.items()}
        self.run.tell(country=self.country.value(), **written)

    def _problem(self, name: str) -> str | None:
        self._tell()
        return self.run.problems().get(name)
