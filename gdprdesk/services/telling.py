"""Telling who got somebody's data of a correction, an erasure or a restriction: Article 19."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gdprdesk.domain.base import PersonalRecord, RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import DataSubjectRequest, ToldRecipient
from gdprdesk.domain.terms import CaseStep, Permission
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.recipients import recipients_by_activity
from gdprdesk.services.registry import action
from gdprdesk.services.request_rows import RequestRow, row_of
from gdprdesk.services.requests import find_request, note_step
from gdprdesk.store.unit_of_work import UnitOfWork


@action("request.tell", N_("Told a recipient"), of_restricted=True, needs=Permission.REGISTER)
def tell_recipient(
    work: UnitOfWork, *, request_ref: RecordRef, recipient: str, on: date | None = None
) -> RequestRow:
    """Write down that a recipient was told of what was done; also after she has been answered.

    Raises:
        DomainError: This recipient is not to be told, or that day cannot be.
    """
    request = find_request(work.session, request_ref)
    day = on or work.today
    if all(one["recipient"] != recipient for one in request.told):
        raise DomainError(
            _(
                "Nobody called {recipient} is to be told of this. Nothing was changed. Look at the "
                "name."
            ).format(recipient=recipient)
        )
    if not request.received_on <= day <= work.today:
        raise DomainError(
            _(
                "Nobody can have been told on {day}: that is before the request came, or has not "
                "come yet. Nothing was saved. Look at the day again."
            ).format(day=format_day(day))
        )
    request.told = [
        ToldRecipient(recipient=recipient, told_on=day.isoformat())
        if one["recipient"] == recipient
        else one
        for one in request.told
    ]
    note_step(work, request, CaseStep.TOLD, recipient, on=day)
    return row_of(work.session, request)


def note_recipients(
    work: UnitOfWork, request: DataSubjectRequest, records: Iterable[PersonalRecord]
) -> None:
    """Write into a request who got some records by the register, and is still to be told.

    Whoever was told of something earlier in the same request is told again.
    """
    recipients = recipients_by_activity(work.session)
    about_her = [one for one in records if not isinstance(one, DataSubjectRequest)]
    activities = sorted({one.activity_id for one in about_her if not one.accompanies})
    names = {one.name for number in activities for one in recipients.get(number, ())}
    others = [one for one in request.told if one["recipient"] not in names]
    request.told = [*others, *(ToldRecipient(recipient=one, told_on=None) for one in sorted(names))]
