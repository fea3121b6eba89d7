"""What a privacy notice is written from, read from the register in the language spoken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.assessments import LegitimateInterestAssessment
from gdprdesk.domain.law import Law
from gdprdesk.domain.notice import Told
from gdprdesk.domain.notice_text import NoticeSource
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.retention import describe_rule
from gdprdesk.domain.terms import Audience
from gdprdesk.i18n import current_language
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import authority, law_of
from gdprdesk.services.recipients import recipients_by_activity
from gdprdesk.services.templates import is_of_template, phrase_book

_TEXTS = (
    "name",
    "purpose",
    "basis_note",
    "sources",
    "duty",
    "profiling",
    "automated_decision",
    "objection",
    "deidentification",
    "joint_arrangement",
)


def notice_source(
    read: Session,
    audience: Audience,
    activity_ids: Collection[int] | None = None,
    *,
    rows: Iterable[Told] | None = None,
) -> NoticeSource:
    """Return what the register tells an audience, for a notice in the language spoken.

    Args:
        read: The register.
        audience: Whom it speaks to.
        activity_ids: Only of these rows, whomever they are told to; without it of all that tell
            the audience of themselves.
        rows: The whole register in the language spoken, if it has been read already.
    """
    controller = controller_of(read)

    def is_for(row: ProcessingActivity) -> bool:
        return audience in row.audiences if activity_ids is None else row.id in activity_ids

    return NoticeSource(
        audience=audience,
        controller=controller,
        rows=[one for one in rows or told_rows(read) if is_for(one.activity)],
        authority=authority(controller.country, today_of(read)),
        phrase=phrase_book(controller.trade, current_language()),
    )


def told_rows(read: Session) -> list[Told]:
    """Return every row of the register as notices in the language spoken tell of it."""
    controller, law, code = controller_of(read), law_of(read), current_language()
    given, interests = recipients_by_activity(read), _interests(read)
    found = read.scalars(select(ProcessingActivity).order_by(ProcessingActivity.position))

    def is_known(text: str) -> bool:
        return code == controller.language or is_of_template(controller.trade, text)

    def told(one: ProcessingActivity) -> Told:
        recipients, interest = given.get(one.id, []), interests.get(one.id, "")
        return Told(
            activity=one,
            recipients=recipients,
            interest=interest,
            periods=_periods(one, law, read),
            foreign=not all(map(is_known, filter(None, _texts(one, recipients, interest)))),
        )

    return [told(one) for one in found]


def _periods(one: ProcessingActivity, law: Law, read: Session) -> list[str]:
    return [describe_rule(rule, law, today_of(read)) for rule in one.rules]


def _interests(read: Session) -> dict[int, str]:
    """Return what the legitimate interest of each activity is, as it was weighed last."""
    found = select(LegitimateInterestAssessment).order_by(LegitimateInterestAssessment.id)
    return {one.activity_id: one.purpose for one in read.scalars(found)}


def _texts(
    one: ProcessingActivity, recipients: Sequence[Recipient], interest: str
) -> Iterator[str]:
    """Walk what the notice says of a row in the words of the register; names stay as they are."""
    yield interest
    yield one.rule.reason
    yield from (getattr(one, field) for field in _TEXTS)
    yield from (category["text"] for category in one.categories)
    yield from one.statements
    for purpose in one.further_purposes:
        yield from (purpose["purpose"], purpose["basis_note"])
    for cookie in one.cookies:
        yield from (cookie["purpose"], cookie["life"], cookie["basis"])
    if one.camera:
        yield one.camera["places"]
    for recipient in recipients:
        yield from (recipient.service, recipient.gets, recipient.mechanism, recipient.deletes_after)
