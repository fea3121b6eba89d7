"""One row of the register, read as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdprdesk.domain.terms import LegalBasis, say
from gdprdesk.i18n import _, format_country, format_day, format_number, ngettext
from gdprdesk.services.activities import ActivityDetail
from gdprdesk.services.recipients import RecipientRow
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Described,
    FlowLayout,
    IconButton,
    IconTile,
    Label,
    Line,
    ListRow,
    Pill,
    column,
    row,
)

_BETWEEN = "  \N{MIDDLE DOT}  "


class ActivitySheet(QWidget):
    """Everything about a processing, in the order people ask about it.

    Signals:
        change_wanted: Change the row.
        review_wanted: It was looked through and is right.
        recipient_wanted: Change a recipient; its row.

    Attributes:
        change_button: Changes the row.
        review_button: Says that it was looked through today.
        lacks: What is missing, with the buttons that solve it; None where nothing is.
        agreement_buttons: A button for each agreement that is missing, by recipient.
    """

    change_wanted = Signal()
    review_wanted = Signal()
    recipient_wanted = Signal(object)

    def __init__(self, activity: ActivityDetail, today: date) -> None:
        super().__init__()
        self._today = today
        self.agreement_buttons: dict[str, Button] = {}
        self.change_button = Button(
            _("Change"), icon_name="pencil", on_click=self.change_wanted.emit
        )
        self.review_button = Button(
            _("Looked through today"),
            icon_name="check",
            size="small",
            on_click=self.review_wanted.emit,
        )
        self.lacks = self._banner(activity)
        parts = [self._heading(activity), *([self.lacks] if self.lacks else []), Line()]
        self.setLayout(
            column(*parts, *self._rows(activity), None, spacing=16, margins=(28, 22, 28, 24))
        )

    def _heading(self, activity: ActivityDetail) -> QWidget:
        people = ngettext("{count} person", "{count} people", activity.people)
        facts = [people.format(count=format_number(activity.people))]
        if activity.responsible:
            facts.append(_("responsible: {name}").format(name=activity.responsible))
        words = column(
            Label(activity.row.name, "title", wrap=True),
            Label(_BETWEEN.join(facts), "small", "muted"),
            spacing=2,
        )
        heading = QWidget()
        line = row(IconTile(activity.row.icon, "accent", 44, 22), words, self.change_button)
        line.setSpacing(14)
        line.setStretch(1, 1)
        heading.setLayout(line)
        return heading

    def _banner(self, activity: ActivityDetail) -> Banner | None:
        """Return what is missing, with a button for whatever solves each of it."""
        lacks = activity.row.lacks
        if not lacks:
            return None
        buttons = []
        wanting = [one for one in activity.recipients if _lacks_something(one)]
        if wanting:
            first = wanting[0]
            said = _("Complete {name}…").format(name=first.name)
            buttons.append(Button(said, size="small", on_click=lambda: self._want(first)))
        if len(lacks) > _lacks_at(wanting):
            buttons.append(Button(_("Complete…"), size="small", on_click=self.change_wanted.emit))
        title = ngettext("One thing is missing", "{count} things are missing", len(lacks))
        return Banner(
            "warn",
            title.format(count=len(lacks)),
            ". ".join(lacks) + ".",
            buttons,
            icon_name="triangle-alert",
        )

    def _want(self, recipient: RecipientRow) -> None:
        self.recipient_wanted.emit(recipient)

    def _rows(self, activity: ActivityDetail) -> list[QWidget]:
        rows: list[QWidget] = [
            Described(_("Purpose"), _said(activity.purpose)),
            Described(_("Legal basis"), *self._basis(activity)),
            Described(_("Whose data"), _pills([(one, False) for one in activity.subjects])),
            Described(_("Which data"), *self._categories(activity)),
            Described(_("Where from"), _said(activity.sources)),
            Described(_("How long"), _said(activity.period)),
            Described(_("Who gets them"), *self._recipients(activity)),
            Described(_("Outside the EEA"), *self._outside(activity)),
            Described(_("Protection"), *_all_said(activity.measures)),
        ]
        if activity.joint_controller:
            rows.append(Described(_("Together with"), _said(activity.joint_controller)))
        rows.append(Described(_("Kept in"), _said(activity.system_of_record or _("This register"))))
        if activity.statements:
            rows.append(Described(_("You also promise"), *_all_said(activity.statements)))
        looked = row(self.review_button, None)
        rows.append(Described(_("Looked through"), self._reviewed(activity), looked))
        return rows

    def _basis(self, activity: ActivityDetail) -> list[QWidget]:
        basis: LegalBasis = activity.row.legal_basis
        cited = _("Article {article}.").format(article=basis.article)
        article = cited.replace(" ", "\N{NO-BREAK SPACE}")
        note = f"{activity.basis_note} {article}" if activity.basis_note else article
        return [_flow(Pill(say(basis), "accent")), _said(note, quiet=True)]

    def _categories(self, activity: ActivityDetail) -> list[QWidget]:
        pills = _pills([(one["text"], one["special"]) for one in activity.categories])
        if not any(one["special"] for one in activity.categories):
            return [pills]
        condition = activity.special_condition
        allowed = (
            _("Sensitive data, allowed by: {condition}. Article 9.").format(
                condition=say(condition)
            )
            if condition
            else _("Sensitive data need a condition of Article 9.")
        )
        return [pills, _said(allowed, quiet=True)]

    def _recipients(self, activity: ActivityDetail) -> list[QWidget]:
        if not activity.recipients:
            return [_said(_("Nobody else"))]
        return [self._recipient(one) for one in activity.recipients]

    def _recipient(self, one: RecipientRow) -> QWidget:
        change = IconButton(
            "pencil",
            _("Change {name}").format(name=one.name),
            on_click=lambda: self._want(one),
        )
        return ListRow(None, one.name, one.service, *self._agreement(one), change)

    def _agreement(self, one: RecipientRow) -> list[QWidget]:
        if one.agreement_on is not None:
            day = format_day(one.agreement_on, short=True)
            return [Pill(_("Agreement {day}").format(day=day), "accent", "check")]
        if not one.needs_agreement:
            return []
        button = Button(
            _("Agreement missing…"),
            icon_name="triangle-alert",
            size="small",
            on_click=lambda: self._want(one),
        )
        button.setAccessibleDescription(one.name)
        self.agreement_buttons[one.name] = button
        return [button]

    def _outside(self, activity: ActivityDetail) -> list[QWidget]:
        abroad = [one for one in activity.recipients if one.outside_eea]
        said = _("{name}, {country}: {mechanism}")
        return [
            _said(
                said.format(
                    name=one.name,
                    country=format_country(one.country),
                    mechanism=one.mechanism or _("no safeguard is given"),
                )
            )
            for one in abroad
        ] or [_said(_("No"))]

    def _reviewed(self, activity: ActivityDetail) -> Label:
        day = activity.reviewed_on
        if day is None:
            return Label(_("Not yet"), "body", "muted")
        return Label(format_day(day, short=True), keep=True, tabular=True)


def _lacks_something(one: RecipientRow) -> bool:
    return one.needs_agreement or (one.outside_eea and not one.mechanism)


def _lacks_at(wanting: list[RecipientRow]) -> int:
    """Return how many of the sentences about what is missing speak of recipients."""
    agreement = any(one.needs_agreement for one in wanting)
    transfer = any(one.outside_eea and not one.mechanism for one in wanting)
    return agreement + transfer


def _said(words: str, *, quiet: bool = False) -> Label:
    words = words or "\N{EN DASH}"
    return Label(words, "small", "muted", wrap=True) if quiet else Label(words, wrap=True)


def _all_said(texts: Sequence[str]) -> list[QWidget]:
    return [_said(one) for one in texts] or [_said("")]


def _pills(texts: list[tuple[str, bool]]) -> QWidget:
    if not texts:
        return _said("")
    return _flow(
        *(
            Pill(text, "warn", "triangle-alert") if special else Pill(text)
            for text, special in texts
        )
    )


def _flow(*parts: QWidget) -> QWidget:
    """Return parts beside each other, on more lines where there is no room."""
    line = QWidget()
    line.setLayout(FlowLayout(*parts))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    line.setSizePolicy(policy)
    return line
