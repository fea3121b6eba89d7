"""Changing a row of the register: everything it can say, checked before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from gdprdesk.domain.activities import (
    Camera,
    Category,
    Cookie,
    FurtherPurpose,
    ProcessingActivity,
    RetentionRule,
)
from gdprdesk.domain.base import ActivityRef, RecipientRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    Audience,
    FormField,
    LegalBasis,
    Origin,
    Permission,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import find_activity
from gdprdesk.services.recipients import give_to
from gdprdesk.services.registry import ByField, action
from gdprdesk.services.retention_rules import check_own_rule, checked_rule
from gdprdesk.store.unit_of_work import UnitOfWork

_REVIEWS = range(1, 121)  # months


@dataclass(frozen=True, kw_only=True)
class ActivityChanges(ByField):
    """What a row of the register is to say from now on; what is not given stays.

    The fields are those of `ProcessingActivity`. An empty text or list takes a thing away.

    Attributes:
        recipients: All who get the data then.
        without_condition: There are no sensitive data any more.
        without_camera: Nothing is watched any more.
    """

    name: str | None = None
    purpose: str | None = None
    legal_basis: LegalBasis | None = None
    basis_note: str | None = None
    further_purposes: tuple[FurtherPurpose, ...] | None = None
    special_condition: SpecialCondition | None = None
    without_condition: bool = False
    subjects: tuple[str, ...] | None = None
    categories: tuple[Category, ...] | None = None
    sources: str | None = None
    collected_from: Origin | None = None
    duty: str | None = None
    profiling: str | None = None
    automated_decision: str | None = None
    objection: str | None = None
    deidentification: str | None = None
    measures: tuple[str, ...] | None = None
    responsible: str | None = None
    joint_controller: str | None = None
    joint_arrangement: str | None = None
    system_of_record: str | None = None
    statements: tuple[str, ...] | None = None
    cookies: tuple[Cookie, ...] | None = None
    camera: Camera | None = None
    without_camera: bool = False
    audiences: tuple[Audience, ...] | None = None
    fields: tuple[FormField, ...] | None = None
    group: str | None = None
    icon: str | None = None
    review_months: int | None = None
    rule: RetentionRule | None = None
    recipients: tuple[RecipientRef, ...] | None = None


_APART = {"rule", "recipients", "without_condition", "without_camera"}
_COLUMNS = tuple(one.name for one in fields(ActivityChanges) if one.name not in _APART)


@action("activity.update", N_("Changed processing"), needs=Permission.REGISTER)
def update_activity(
    work: UnitOfWork, *, activity_ref: ActivityRef, changes: ActivityChanges
) -> None:
    """Change a row of the register; what is not given stays. Every view follows at once.

    Raises:
        DomainError: What is given is half filled in, or contradicts itself.
    """
    activity = find_activity(work.session, activity_ref)
    given = {field: getattr(changes, field) for field in _COLUMNS}
    said = {field: _kept(value) for field, value in given.items() if value is not None}
    if changes.without_condition:
        said["special_condition"] = None
    if changes.without_camera:
        said["camera"] = None
    _check(work.session, said)
    for field, value in said.items():
        setattr(activity, field, value)
    _check_profiling(activity, said)
    if changes.rule is not None:
        original = not activity.system_of_record
        rule = checked_rule(work.session, changes.rule, kinds=activity.kinds)
        check_own_rule(activity.rule, rule, original=original)
        activity.rule = rule
    if changes.recipients is not None:
        give_to(work.session, activity, changes.recipients)


def check_named(name: str | None, purpose: str | None) -> None:
    """Refuse a row that does not say what it is, where a name or a purpose is given.

    Raises:
        DomainError: One of them is empty.
    """
    if (name is not None and not name.strip()) or (purpose is not None and not purpose.strip()):
        raise DomainError(_("Write what the processing is called and what it is for."))


def _kept(value: Any) -> Any:
    """Return what was entered as it is kept: without blanks around it, terms by their words."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, tuple):
        kept = [_kept(one) for one in value]
        return [one.value if isinstance(one, Enum) else one for one in kept if one]
    if isinstance(value, Mapping):
        return {field: _kept(one) for field, one in value.items()}
    return value


def _check(session: Session, said: Mapping[str, Any]) -> None:
    check_named(said.get("name"), said.get("purpose"))
    for one in said.get("further_purposes", ()):
        _check_further(session, one)
    _check_whole(said.get("categories", ()), ("text",), _("Write which data. Nothing was saved."))
    _check_whole(
        said.get("cookies", ()),
        ("name", "life", "purpose"),
        _(
            "Say for each cookie what it is called, how long it lives and what it is for. Nothing "
            "was saved."
        ),
    )
    camera = said.get("camera")
    if camera is not None and (camera["number"] < 1 or camera["days"] < 1 or not camera["places"]):
        raise DomainError(
            _(
                "Say how many cameras there are, where, and how many days a recording lives. "
                "Nothing was saved."
            )
        )
    if said.get("review_months", 12) not in _REVIEWS:
        raise DomainError(
            _("A row is looked through again after 1 to 120 months. Nothing was saved.")
        )


def _check_further(session: Session, one: FurtherPurpose) -> None:
    start = unit = None
    with suppress(ValueError):
        LegalBasis(one["legal_basis"])
        start, unit = Start(one["start"]), Unit(one["unit"])
    if start is None or unit is None or not one["purpose"]:
        raise DomainError(
            _(
                "Say for each further purpose what it is, on what legal basis, and how long the "
                "data are needed for it. Nothing was saved."
            )
        )
    one["law"] = checked_rule(
        session, RetentionRule(start, one["count"], unit, one["law"] or None)
    ).law


def _check_whole(
    parts: Iterable[Mapping[str, Any]], wanted: tuple[str, ...], sentence: str
) -> None:
    if any(not one[field] for one in parts for field in wanted):
        raise DomainError(sentence)


def _check_profiling(activity: ProcessingActivity, said: Mapping[str, Any]) -> None:
    changed = said.keys() & {"profiling", "objection"}
    if changed and activity.profiling and not activity.objection:
        raise DomainError(
            _(
                "Whoever is profiled may object at any time: Article 21. Say how she does that. "
                "Nothing was saved."
            )
        )
