"""The whole register as text: what a snapshot keeps, and what two of them are compared by.

The columns are walked, so that a new one is in the next snapshot without further code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.assessments import ImpactScreening, LegitimateInterestAssessment
from gdprdesk.domain.base import Entity
from gdprdesk.domain.editions import FrozenRow
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.retention import describe_rule
from gdprdesk.domain.served import ControllerServed, ServedRecipient
from gdprdesk.domain.terms import Audience, FormField, RiskCriterion, say
from gdprdesk.i18n import N_, _, format_country, format_day, month_names
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.recipients import recipients_by_activity

KIND = "kind"
"""The field that says what a row is."""

KINDS: Mapping[str, str] = {
    "organisation": N_("The business"),
    "activity": N_("Processing"),
    "recipient": N_("Recipient"),
    "controller": N_("Controller served"),
}

# What says nothing to a reader: keys, order, looks; the rule is one sentence, the file has a name.
_NOT_FROZEN = {
    "id",
    "ref",
    "key",
    "icon",
    "group",
    "position",
    "kinds",
    "agreement_file",
    "earlier_years",
    "patient_law",  # what it changes stands in the activities
    "patient_law_why",
    "patient_law_on",
    "rooms",  # how the day is worked, not why anything is held
    "quiet_words",
    "accounts",
}
_NEVER_CHANGES = {"trade", "language"}
_RULE = "rule_"

LABELS: Mapping[str, str] = {
    "name": N_("Name"),
    "country": N_("Country"),
    "org_number": N_("Org. number"),
    "address": N_("Address"),
    "contact": N_("Contact for privacy"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "officer": N_("Data protection officer"),
    "year_ends_in": N_("The financial year ends in"),
    "answer_days": N_("Days within which requests are answered"),
    "undo_hours": N_("Hours in which an erasure can be undone"),
    "clean_up": N_("Clean-up"),
    "purpose": N_("Purpose"),
    "legal_basis": N_("Legal basis"),
    "basis_note": N_("Why this basis"),
    "further_purposes": N_("Further purposes"),
    "special_condition": N_("Condition of Article 9"),
    "subjects": N_("Whose data"),
    "categories": N_("Which data"),
    "sources": N_("Source"),
    "collected_from": N_("Collected from"),
    "duty": N_("Must the data be given"),
    "profiling": N_("Profiling"),
    "automated_decision": N_("Automated decision"),
    "objection": N_("How to object"),
    "deidentification": N_("Made less personal by"),
    "measures": N_("Protection"),
    "responsible": N_("Responsible"),
    "joint_controller": N_("Joint controller"),
    "joint_arrangement": N_("Arrangement with the joint controller"),
    "system_of_record": N_("Kept in"),
    "statements": N_("We also say"),
    "cookies": N_("Cookies"),
    "camera": N_("Cameras"),
    "audiences": N_("Told to"),
    "fields": N_("Fields of forms"),
    "reviewed_on": N_("Reviewed"),
    "review_months": N_("Months between reviews"),
    "period": N_("Kept for"),
    "at_end": N_("When the time is over"),
    "reason": N_("Why so long"),
    "recipients": N_("Recipients"),
    "interest": N_("Legitimate interest weighed"),
    "risk": N_("Risk judged"),
    "role": N_("Role"),
    "service": N_("Service"),
    "gets": N_("Gets"),
    "mechanism": N_("Safeguard outside the EEA"),
    "task": N_("To do there at an erasure"),
    "agreement_on": N_("Agreement of"),
    "agreement_until": N_("Agreement until"),
    "agreement_name": N_("File of the agreement"),
    "review_on": N_("To be looked through"),
    "sub_processors": N_("Sub-processors"),
    "deletes_after": N_("Deletes after"),
    "evidence": N_("Evidence seen"),
    "ended_on": N_("Service ended"),
    "settled_on": N_("Data returned or deleted on"),
    "settled_how": N_("How it was returned or deleted"),
}


def freeze_register(read: Session) -> list[FrozenRow]:
    """Return the whole register as text in the language spoken, the rows in their order."""
    rows = [_frozen(controller_of(read), "organisation")]
    rows += [_frozen_activity(read, one, with_whom) for one, with_whom in _activities(read)]
    recipients = read.scalars(select(Recipient).order_by(Recipient.name, Recipient.id))
    rows += [_frozen(one, "recipient") for one in recipients]
    rows += [_frozen(one, "controller", **_helpers(read, one)) for one in _served(read)]
    return rows


def digest_of(rows: Sequence[FrozenRow]) -> str:
    """Return the SHA-256 of frozen rows, by which a later change of them shows."""
    whole = hashlib.sha256()
    for row in rows:
        parts = (
            row["ref"],
            row["name"],
            *(part for pair in row["fields"].items() for part in pair),
        )
        whole.update("\x1f".join(parts).encode() + b"\x1e")
    return whole.hexdigest()


def _frozen(entity: Entity, kind: str, **more: str) -> FrozenRow:
    fields = {KIND: kind}
    for column in inspect(type(entity)).columns:
        key = column.key
        if key not in _NOT_FROZEN | _NEVER_CHANGES and not key.startswith(_RULE):
            fields[key] = _said(key, getattr(entity, key))
    ref = getattr(entity, "ref", kind)
    return FrozenRow(ref=ref, name=fields["name"], fields=_filled(fields | more))


def _frozen_activity(
    read: Session, activity: ProcessingActivity, recipients: Sequence[Recipient]
) -> FrozenRow:
    rule, law, today = activity.rule, law_of(read), today_of(read)
    return _frozen(
        activity,
        "activity",
        period=describe_rule(rule, law, today),
        at_end=say(rule.at_end),
        reason=rule.reason,
        further_purposes="\n".join(
            _joined(one["purpose"], one["basis_note"], describe_rule(own, law, today))
            for one, own in zip(activity.further_purposes, activity.rules[1:], strict=True)
        ),
        recipients="\n".join(one.name for one in recipients),
        interest=_interest(read, activity),
        risk=_risk(read, activity),
    )


def _activities(read: Session) -> Iterator[tuple[ProcessingActivity, list[Recipient]]]:
    recipients = recipients_by_activity(read)
    found = select(ProcessingActivity).order_by(ProcessingActivity.position, ProcessingActivity.id)
    for one in read.scalars(found):
        yield one, recipients.get(one.id, [])


def _served(read: Session) -> Iterator[ControllerServed]:
    order = (ControllerServed.name, ControllerServed.id)
    yield from read.scalars(select(ControllerServed).order_by(*order))


def _helpers(read: Session, served: ControllerServed) -> dict[str, str]:
    names = read.scalars(
        select(Recipient.name)
        .join(ServedRecipient, ServedRecipient.recipient_id == Recipient.id)
        .where(ServedRecipient.controller_id == served.id)
        .order_by(Recipient.name)
    )
    return {"sub_processors": "\n".join(names)}


def _interest(read: Session, activity: ProcessingActivity) -> str:
    own = LegitimateInterestAssessment.activity_id == activity.id
    latest = select(LegitimateInterestAssessment).where(own)
    found = read.scalars(latest.order_by(LegitimateInterestAssessment.id.desc())).first()
    if found is None:
        return ""
    day = format_day(found.decided_on)
    return _joined(day, found.purpose, found.necessity, found.balance, found.outcome)


def _risk(read: Session, activity: ProcessingActivity) -> str:
    latest = select(ImpactScreening).where(ImpactScreening.activity_id == activity.id)
    found = read.scalars(latest.order_by(ImpactScreening.id.desc())).first()
    if found is None:
        return ""
    criteria = ", ".join(say(RiskCriterion(one)) for one in found.criteria)
    return _joined(format_day(found.decided_on), criteria, found.conclusion)


def _said(key: str, value: Any) -> str:
    """Return a value as people read it; a list is one item on each line."""
    if value is None or value == "":
        return ""
    form = next((form for kind, form in _FORMS if isinstance(value, kind)), _text)
    return _SPOKEN.get(key, form)(value)


def _text(value: Any) -> str:
    return str(value)


def _truth(value: bool) -> str:
    return _("yes") if value else _("no")


def _categories(value: Sequence[Mapping[str, Any] | str]) -> str:
    """Return which data they are, or what is done for a business that is served."""
    sensitive = _("{category} (sensitive)")

    def said(one: Mapping[str, Any] | str) -> str:
        if isinstance(one, str):
            return one
        return sensitive.format(category=one["text"]) if one["special"] else one["text"]

    return "\n".join(map(said, value))


_SPOKEN: Mapping[str, Callable[[Any], str]] = {
    "categories": _categories,
    "audiences": lambda keys: "\n".join(say(Audience(key)) for key in keys),
    "fields": lambda keys: "\n".join(say(FormField(key)) for key in keys),
    "country": format_country,
    "year_ends_in": lambda month: month_names()[month - 1],
    "sign": _truth,
    "sound": _truth,
    "seen_on": lambda day: format_day(date.fromisoformat(day)),
}


_FORMS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Enum, say),
    (date, format_day),
    (list, lambda items: "\n".join(_said("", one) for one in items)),
    (dict, lambda parts: _joined(*(_said(key, one) for key, one in parts.items()))),
)


def _joined(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value}
