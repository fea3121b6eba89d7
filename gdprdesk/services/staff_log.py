"""What the log holds of those who work here: told to them beforehand, and counted in their copy.

Articles 13 and 15. Whom the lines were about is not hers to know: they are counted by month and by
what was done (Court of Justice C-579/21 tells whose the lines of a log are).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.retention import describe_rules
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, current_language, language
from gdprdesk.services.finding import activity_for, controller_of, rules_of, today_of
from gdprdesk.services.law import authority_name, law_of
from gdprdesk.services.registry import ACTIONS, READINGS, about, query
from gdprdesk.services.templates import phrase_book

_MONTH = len("2026-11")


@dataclass(frozen=True, repr=False)
class LoggedMonth:
    """How often somebody did something in a month.

    Attributes:
        month: Its year and month: "2026-11".
        action: What it was, as the log calls it: "booking.add".
    """

    month: str
    action: str
    count: int

    @property
    def said(self) -> str:
        """What it was, in the language spoken; as the log calls it, if it is no longer done."""
        known = ACTIONS.get(self.action) or READINGS.get(self.action)
        return _(about(known).label) if known else self.action


@query("staff.log_notice", needs=None)
def show_log_notice(read: Session, *, language_code: str = "") -> tuple[str, ...]:
    """Return what whoever works here is told of the log beforehand, in sentences: Article 13.

    Args:
        read: The open register.
        language_code: Which language; without one, that of the business.
    """
    controller, activity = controller_of(read), activity_for(read, StaffMember)
    rules, law, today = rules_of(read)[activity.id], law_of(read), today_of(read)
    contact = controller.email or controller.phone or controller.contact or controller.name
    with language(language_code or controller.language):
        phrase = phrase_book(controller.trade, current_language())
        return (
            _(
                "What you do in the register is logged: what it was, when, and which record it "
                "was about. So is each time you read a journal note or an identity number."
            ),
            _("What for: {purpose}").format(purpose=phrase(activity.purpose)),
            _("Legal basis: {basis}. {note}").format(
                basis=say(activity.legal_basis), note=phrase(activity.basis_note)
            ),
            _("How long: {period}. Then the line is gone, and so is your name.").format(
                period=describe_rules(rules, law, today)
            ),
            _("Who sees it: whoever is responsible for the staff here. It goes to nobody else."),
            _(
                "You may ask for a copy of what the log holds about you, have mistakes put right, "
                "and object. Write to {contact}. You may complain to {authority}."
            ).format(contact=contact, authority=authority_name(controller.country)),
        )


def logged_of(read: Session, records: Iterable[PersonalRecord]) -> tuple[LoggedMonth, ...]:
    """Return how often a person did what in which month, the first month first.

    Args:
        read: The open register.
        records: What is handed out about her; nothing is logged of her but as staff.
    """
    ids = [one.staff_id for one in records if isinstance(one, StaffMember)]
    lines = select(AuditEntry.at, AuditEntry.action).where(AuditEntry.staff.in_(ids))
    counts = Counter((at[:_MONTH], action) for at, action in read.execute(lines))
    return tuple(
        LoggedMonth(month, action, count) for (month, action), count in sorted(counts.items())
    )
