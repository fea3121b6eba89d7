"""What was done about a breach, and what the law asks for: report, supplement, close."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.breach_rules import is_for_others, lacks_of, must_be_reported
from gdprdesk.domain.breaches import BreachEvent
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission, say
from gdprdesk.i18n import N_, _, format_day, format_moment
from gdprdesk.services.breach_cases import case_of
from gdprdesk.services.breach_clock import clock_of, from_risk, kept_moment, moment_of, not_after
from gdprdesk.services.breach_finding import find_breach, find_open_breach
from gdprdesk.services.breach_log import untold_of
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import controller_of
from gdprdesk.services.law import find_deadline_row
from gdprdesk.services.registry import action
from gdprdesk.store.unit_of_work import UnitOfWork

_OWN_GOAL = timedelta(days=14)
"""Where the law only says "without undue further delay" (Article 33(4)), a goal to work towards."""


@action("breach.note", N_("Note on a breach"), needs=Permission.REGISTER)
def note_breach(
    work: UnitOfWork, *, breach_ref: BreachRef, what: str, at: datetime | None = None
) -> None:
    """Write down something that was done about a breach, and when if not now.

    Raises:
        DomainError: There is nothing to be seen in it, it is closed, or the moment has not come.
    """
    breach = find_open_breach(work.session, breach_ref)
    if not is_visible(what):
        raise DomainError(_("Write what was done. Nothing was saved."))
    moment = kept_moment(not_after(at or work.now, work.now))
    breach.done = [*breach.done, BreachEvent(at=moment, what=" ".join(what.split()), step="")]


@action("breach.tick", N_("Step of a breach"), needs=Permission.REGISTER)
def tick_step(work: UnitOfWork, *, breach_ref: BreachRef, step: str, done: bool = True) -> None:
    """Tick off something that is to be done first, or take the tick away."""
    breach = find_open_breach(work.session, breach_ref)
    steps = case_of(breach.kind, controller_of(work.session).language).steps
    words = {one.key: one.words for one in steps}
    if step not in words:
        raise DomainError(_("This is no step of this case. Nothing was changed."))
    others = [one for one in breach.done if one["step"] != step]
    moment = kept_moment(work.now)
    ticked = [BreachEvent(at=moment, what=words[step], step=step)] if done else []
    breach.done = [*others, *ticked]


@action("breach.report", N_("Reported breach"), needs=Permission.REGISTER)
def report_breach(
    work: UnitOfWork,
    *,
    breach_ref: BreachRef,
    reported_at: datetime | None = None,
    authority_case: str = "",
    late: str = "",
    whole: bool = True,
    supplement_due: date | None = None,
) -> None:
    """Write down that the authority was told: Article 33(1).

    Args:
        work: The transaction.
        breach_ref: Which breach.
        reported_at: When; now, if nothing is said.
        authority_case: The authority's own number.
        late: Why it came later than the law says; asked for then.
        whole: Whether everything was told. If not, the rest is to follow: Article 33(4).
        supplement_due: By when the rest is to be sent; without it by the authority's own time, or
            in two weeks where there is none.

    Raises:
        DomainError: The moment has not come or is before it became known, or it is late and
            nothing says why.
    """
    breach = find_open_breach(work.session, breach_ref)
    moment = not_after(reported_at or work.now, work.now).astimezone()
    if moment < datetime.fromisoformat(breach.known_at):
        raise DomainError(
            _(
                "It cannot have been reported before you learnt of it. Nothing was saved. "
                "Look at the day and the time again."
            )
        )
    breach.reported_at, breach.not_reported = kept_moment(moment), ""
    breach.late = late.strip() or breach.late
    clock = clock_of(work.session, breach, work.now, for_others=is_for_others(breach))
    if clock.was_late and not is_visible(breach.late):
        raise DomainError(
            _(
                "It was to be reported by {moment}. Write why it took longer: Article 33(1) asks "
                "for it. Nothing was saved."
            ).format(moment=format_moment(clock.due_at))
        )
    if not clock.was_late:
        breach.late = ""
    breach.authority_case = authority_case.strip() or breach.authority_case
    due = None if whole else _supplement_day(work, moment.date(), supplement_due)
    if due != breach.supplement_due:
        breach.supplement_due, breach.supplemented_on = due, None


def _supplement_day(work: UnitOfWork, reported_on: date, chosen: date | None) -> date:
    country = controller_of(work.session).country
    row = find_deadline_row(country, "breach_supplement", reported_on)
    last = reported_on + (timedelta(days=row.days) if row else _OWN_GOAL)
    if chosen is None:
        return last
    if chosen < reported_on or (row is not None and chosen > last):
        raise DomainError(
            _(
                "The rest is sent after the report, and by {day} at the latest. Nothing was saved."
            ).format(day=format_day(last))
            if row
            else _("The rest is sent after the report. Nothing was saved.")
        )
    return chosen


@action("breach.supplement", N_("Sent the rest"), needs=Permission.REGISTER)
def supplement_breach(
    work: UnitOfWork, *, breach_ref: BreachRef, on: date | None = None, whole: bool = True
) -> None:
    """Write down that the rest was sent to the authority, and when if not today.

    Args:
        work: The transaction.
        breach_ref: Which breach.
        on: The day.
        whole: Whether that was all; if not, what is left has the same day.

    Raises:
        DomainError: It was not reported, or the day has not come or is before the report.
    """
    breach = find_open_breach(work.session, breach_ref)
    reported = moment_of(breach.reported_at)
    if reported is None:
        raise DomainError(_("It has not been reported yet. Nothing was saved. Report it first."))
    day = on or work.today
    if not reported.astimezone().date() <= day <= work.today:
        raise DomainError(
            _("The rest is sent after the report, and not on a day to come. Nothing was saved.")
        )
    words = _("Sent more to the authority")
    breach.done = [*breach.done, BreachEvent(at=kept_moment(work.now), what=words, step="")]
    if whole:
        breach.supplemented_on = day


@action("breach.not_reported", N_("Need not be reported"), needs=Permission.REGISTER)
def leave_unreported(work: UnitOfWork, *, breach_ref: BreachRef, why: str) -> None:
    """Write down why the authority is not told: Article 33(5) asks for it.

    Raises:
        DomainError: The risk is not judged, or is too great for that, it was reported, or there is
            no reason in own words.
    """
    breach = find_open_breach(work.session, breach_ref)
    if breach.reported_at is not None:
        raise DomainError(_("It has been reported already. Nothing was changed."))
    if breach.risk is None and not is_for_others(breach):
        raise DomainError(_("Judge the risk first. Nothing was saved."))
    if must_be_reported(breach, from_risk(work.session, breach)):
        raise DomainError(
            _(
                "You judged the risk like this: {risk}. Then the authority has to be told: "
                "Article 33(1). Nothing was saved. Report it, or judge the risk again."
            ).format(risk=say(breach.risk) if breach.risk else "")
        )
    if not is_visible(why):
        raise DomainError(
            _("Write in your own words why the authority need not be told. Nothing was saved.")
        )
    breach.not_reported = why.strip()


@action("breach.close", N_("Closed breach"), needs=Permission.REGISTER)
def close_breach(work: UnitOfWork, *, breach_ref: BreachRef) -> None:
    """Close a breach: everything is done and written down.

    Raises:
        DomainError: Something is missing; says what.
    """
    breach = find_open_breach(work.session, breach_ref)
    clock = clock_of(work.session, breach, work.now, for_others=is_for_others(breach))
    lacking = lacks_of(
        breach,
        from_risk(work.session, breach),
        untold_of(work.session, breach),
        is_late=clock.was_late,
    )
    if lacking:
        raise DomainError(
            _("It cannot be closed yet, so it stays open. {missing}.").format(
                missing=". ".join(_(sentence) for sentence in lacking)
            )
        )
    breach.closed_on = work.today


@action("breach.reopen", N_("Opened breach again"), needs=Permission.REGISTER)
def reopen_breach(work: UnitOfWork, *, breach_ref: BreachRef) -> None:
    """Open a breach again, since something more has come to light."""
    find_breach(work.session, breach_ref).closed_on = None
