"""What is filled in about a row of the register: the controls, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.activities import Category, Cookie, FurtherPurpose
from gdprdesk.domain.terms import (
    AtEnd,
    Audience,
    FormField,
    LegalBasis,
    Origin,
    SpecialCondition,
    say,
)
from gdprdesk.i18n import _
from gdprdesk.services.activities import ActivityDetail
from gdprdesk.services.activity_changes import ActivityChanges
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.activity_new import GROUPS
from gdprdesk_ui.dialogs.activity_parts import cookie_list, purpose_list
from gdprdesk_ui.dialogs.camera_field import CameraField, camera_entered
from gdprdesk_ui.dialogs.entered import lines_of, text_of
from gdprdesk_ui.dialogs.recipient_boxes import RecipientBoxes
from gdprdesk_ui.dialogs.rule_field import RuleField, rule_entered
from gdprdesk_ui.dialogs.tick_boxes import TickBoxes
from gdprdesk_ui.widgets import Choice, TextArea

_LINES = ("subjects", "measures", "statements")
_TEXTS = (
    "name", "purpose", "basis_note", "sources", "duty", "profiling", "automated_decision",
    "objection", "deidentification", "responsible", "joint_controller", "joint_arrangement",
    "system_of_record",
)  # fmt: skip
_SHORT = {"name", "responsible", "joint_controller", "system_of_record"}


class ActivityControls:
    """A control for each thing a row of the register can say.

    Attributes:
        texts: Where one writes, by the names of the fields; lists one thing on each line.
        plain: Which data are not sensitive, one on each line.
        special: Which data are.
        rule: How long it is kept; hidden where a law says so.
        reason: Why so long.
        review_months: After how many months it is looked through again.
        recipients: Who gets the data.
    """

    def __init__(self, context: PageContext, activity: ActivityDetail) -> None:
        self._activity = activity
        self.texts: dict[str, QLineEdit | TextArea] = {
            name: QLineEdit() if name in _SHORT else TextArea(lines=2) for name in _TEXTS
        }
        self.texts |= {name: TextArea(lines=4) for name in _LINES}
        self.plain, self.special = TextArea(lines=5), TextArea(lines=2)
        self.basis = Choice([(one, say(one)) for one in LegalBasis])
        self.group = Choice(_groups(activity))
        self.further = purpose_list()
        self.condition = Choice[SpecialCondition | None](
            [(None, _("No sensitive data")), *((one, say(one)) for one in SpecialCondition)]
        )
        self.origin = Choice([(one, say(one)) for one in Origin])
        self.fields = TickBoxes(FormField)
        self.rule, self.reason = RuleField(), TextArea(lines=2)
        self.at_end = Choice([(one, say(one)) for one in AtEnd])
        self.review_months = QLineEdit()
        self.recipients = RecipientBoxes(context)
        self.cookies, self.camera = cookie_list(), CameraField()
        self.audiences = TickBoxes(Audience)

    def all(self) -> dict[str, QWidget]:
        """Return every control by the name its draft is kept under."""
        return {
            **self.texts,
            "plain": self.plain,
            "special": self.special,
            "basis": self.basis,
            "group": self.group,
            "further": self.further,
            "condition": self.condition,
            "origin": self.origin,
            "fields": self.fields,
            "rule": self.rule,
            "reason": self.reason,
            "at_end": self.at_end,
            "review_months": self.review_months,
            "recipients": self.recipients,
            "cookies": self.cookies,
            "camera": self.camera,
            "audiences": self.audiences,
        }

    def changes(self) -> ActivityChanges:
        """Return what the action is given."""
        lists: dict[str, Any] = {name: lines_of(self.texts[name]) for name in _LINES}
        texts: dict[str, Any] = {name: text_of(self.texts[name]) for name in _TEXTS}
        condition, camera = self.condition.value(), self.camera.camera()
        categories = (
            *(Category(text=one, special=False) for one in lines_of(self.plain)),
            *(Category(text=one, special=True) for one in lines_of(self.special)),
        )
        return ActivityChanges(
            **lists,
            **texts,
            legal_basis=self.basis.value(),
            group=self.group.value(),
            further_purposes=tuple(map(_further, self.further.entered())),
            categories=categories,
            special_condition=condition,
            without_condition=condition is None,
            collected_from=self.origin.value(),
            fields=self.fields.ticked(),
            rule=self._rule(),
            review_months=int(self.review_months.text()),
            recipients=self.recipients.ticked(),
            cookies=tuple(_cookie(one) for one in self.cookies.entered()),
            camera=camera,
            without_camera=camera is None,
            audiences=self.audiences.ticked(),
        )

    def _rule(self) -> Any:
        known, said = self._activity.rule, self.rule.rule()
        if known.law is not None or said is None:
            said = known
        return replace(said, at_end=self.at_end.value(), reason=text_of(self.reason))


def activity_entered(known: ActivityDetail) -> dict[str, Any]:
    """Return what is known of a row, as the controls show it."""
    return {
        **{name: getattr(known, name) for name in _TEXTS},
        **{name: "\n".join(getattr(known, name)) for name in _LINES},
        "plain": "\n".join(one["text"] for one in known.categories if not one["special"]),
        "special": "\n".join(one["text"] for one in known.categories if one["special"]),
        "basis": known.legal_basis,
        "group": known.group,
        "further": [_further_entered(one) for one in known.further_purposes],
        "condition": known.special_condition,
        "origin": known.collected_from,
        "fields": known.fields,
        "rule": rule_entered(known.rule),
        "reason": known.rule.reason,
        "at_end": known.rule.at_end,
        "review_months": str(known.review_months),
        "recipients": [one.ref for one in known.recipients],
        "cookies": known.cookies,
        "camera": camera_entered(known.camera),
        "audiences": known.audiences,
    }


def _groups(activity: ActivityDetail) -> list[tuple[str, str]]:
    own = {} if activity.group in GROUPS else {activity.group: activity.group}
    return [(key, _(name)) for key, name in (GROUPS | own).items()]


def _further_entered(one: FurtherPurpose) -> dict[str, Any]:
    keys = ("start", "unit", "law")
    rule = {**{key: one[key] for key in keys}, "count": str(one["count"]), "most": ""}  # type: ignore[literal-required]
    return {
        "purpose": one["purpose"],
        "legal_basis": LegalBasis(one["legal_basis"]),
        "basis_note": one["basis_note"],
        "rule": rule,
    }


def _further(said: Mapping[str, Any]) -> FurtherPurpose:
    rule = said["rule"]
    return FurtherPurpose(
        purpose=said["purpose"],
        legal_basis=said["legal_basis"].value,
        basis_note=said["basis_note"],
        start=rule["start"],
        count=int(rule["count"]),
        unit=rule["unit"],
        law=rule["law"],
    )


def _cookie(said: Mapping[str, Any]) -> Cookie:
    return Cookie(
        name=said["name"],
        owner=said["owner"],
        life=said["life"],
        purpose=said["purpose"],
        basis=said["basis"],
    )
