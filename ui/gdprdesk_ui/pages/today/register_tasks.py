"""What the register asks for: to tell people, to let go, to decide, to arrange and to complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_month, format_number, ngettext
from gdprdesk.services.activities import ActivityRow
from gdprdesk.services.holds import HoldRow
from gdprdesk.services.notice import NoticeTask
from gdprdesk.services.recipients import RecipientRow
from gdprdesk.services.sources import SourceRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.today.backup_tasks import tasks_of_backups
from gdprdesk_ui.pages.today.paper_tasks import tasks_of_others, tasks_of_paper
from gdprdesk_ui.pages.today.staff_tasks import tasks_of_staff
from gdprdesk_ui.pages.today.task import BETWEEN, Task, few


def tasks_of_people(context: PageContext, view: TodayView) -> list[Task]:
    """Return whom to tell where her data came from, what to let go of, and what is kept on."""
    found: list[Task] = []
    found += few(view.sources, partial(_source, context), partial(_many_sources, context, view))
    found += tasks_of_others(context, view)
    if view.over:
        found.append(_clean_up(context, view.over))
    found += tasks_of_paper(context, view)
    found += tasks_of_backups(context, view)
    found += few(view.holds, partial(_hold, context), partial(_many_holds, context))
    found += tasks_of_staff(context, view)
    return found


def tasks_of_register(context: PageContext, view: TodayView) -> list[Task]:
    """Return what is to be arranged with others, and what the rows of the register lack."""
    due, found = view.recipients, list[Task]()
    if view.patient_law_open:
        found.append(_patient_law(context))
    gaps = [row for row in view.lacking if row.missing]
    if view.journal_key_waits:
        found.append(_journal_key(context))
    found += few(due.agreements, partial(_agreement, context), partial(_agreements, context))
    found += few(due.running_out, partial(_runs_out, context), partial(_many_run_out, context))
    found += few(due.reviews, partial(_old, context), partial(_many_old, context))
    found += few(due.evidence, partial(_evidence, context), partial(_many_evidence, context))
    found += few(gaps, partial(_gap, context), partial(_many_gaps, context))
    found += few(view.to_review, partial(_review, context), partial(_many_reviews, context))
    found += [_notice(context, one) for one in view.notices]
    found += few(view.log_checks, partial(_check, context), partial(_many_checks, context, view))
    return found


def _journal_key(context: PageContext) -> Task:
    return Task(
        "key-round",
        _("Change the keys once more"),
        _("The key of the journal stayed: somebody who may read the journal is to do it"),
        _("Settings"),
        partial(context.open_page, "settings"),
        "warn",
    )


def _patient_law(context: PageContext) -> Task:
    return Task(
        "scale",
        _("Does the law on patients' records apply to you?"),
        _("Until you answer, journals are kept as if it did"),
        _("Answer"),
        partial(context.open_page, "settings"),
        "warn",
    )


def _source(context: PageContext, row: SourceRow) -> Task:
    day = format_day(row.due_on, short=True, today=context.today)
    return Task(
        "megaphone",
        _("Tell {name} where you have her data from").format(name=row.name),
        BETWEEN.join((row.source, _("Article 14"))),
        _("Look"),
        partial(context.open_page, "person", subject_ref=row.subject_ref),
        "danger" if row.is_late else "warn",
        (_("Was due {day}") if row.is_late else _("Until {day}")).format(day=day),
    )


def _many_sources(context: PageContext, view: TodayView, count: int) -> Task:
    first = view.sources[0]
    title = ngettext(
        "{count} person is to be told where you have her data from",
        "{count} people are to be told where you have their data from",
        count,
    ).format(count=format_number(count))
    nearest = _("{name} first").format(name=first.name)
    sentence = BETWEEN.join((nearest, _("Article 14")))
    return replace(_source(context, first), title=title, sentence=sentence)


def _clean_up(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} record has reached its last day",
        "{count} records have reached their last day",
        count,
    ).format(count=format_number(count))
    sentence = _("You see all of it before anything is erased")
    go = partial(context.open_page, "clean_up")
    return Task("archive", title, sentence, _("Go through"), go, "accent")


def _hold(context: PageContext, row: HoldRow) -> Task:
    title = _("Is it still to be kept: {what}").format(what=row.said)
    return Task(
        "hand",
        title,
        BETWEEN.join(part for part in (row.name, say(row.ground)) if part),
        _("Decide"),
        partial(context.open_page, "clean_up"),
        "warn",
        format_day(row.review_on, short=True, today=context.today),
    )


def _many_holds(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} decision to keep something is to be taken again",
        "{count} decisions to keep something are to be taken again",
        count,
    ).format(count=format_number(count))
    sentence = _("Without a reason it leaves by its rule")
    go = partial(context.open_page, "clean_up")
    return Task("hand", title, sentence, _("Decide"), go, "warn")


def _agreement(context: PageContext, row: RecipientRow) -> Task:
    return _at_recipients(
        context,
        _("No agreement with {name}").format(name=row.name),
        _("Who handles personal data for you needs one: Article 28"),
        _("Add agreement"),
        row,
    )


def _agreements(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} supplier has no agreement", "{count} suppliers have no agreement", count
    ).format(count=format_number(count))
    sentence = _("Who handles personal data for you needs one: Article 28")
    return _at_recipients(context, title, sentence, _("Go through"))


def _runs_out(context: PageContext, row: RecipientRow) -> Task:
    until = row.agreement_until or context.today
    ended = until < context.today
    title = (
        _("The agreement with {name} has ended")
        if ended
        else _("The agreement with {name} runs out")
    )
    task = _at_recipients(
        context, title.format(name=row.name), _("Renew it, or end the service"), _("Look"), row
    )
    day = format_day(until, short=True, today=context.today)
    return replace(task, tone="danger" if ended else "warn", deadline=day)


def _many_run_out(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} agreement runs out or has ended", "{count} agreements run out or have ended", count
    ).format(count=format_number(count))
    sentence = _("Renew them, or end the services")
    return _at_recipients(context, title, sentence, _("Go through"))


def _old(context: PageContext, row: RecipientRow) -> Task:
    title = _("Look through the agreement with {name}").format(name=row.name)
    return _at_recipients(context, title, _("Does it still say what is done?"), _("Look"), row)


def _many_old(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} agreement is to be looked through",
        "{count} agreements are to be looked through",
        count,
    ).format(count=format_number(count))
    sentence = _("Do they still say what is done?")
    return _at_recipients(context, title, sentence, _("Go through"))


def _evidence(context: PageContext, row: RecipientRow) -> Task:
    title = _("See for yourself that {name} deletes").format(name=row.name)
    sentence = _("Promised: {period}").format(period=row.deletes_after)
    return _at_recipients(context, title, sentence, _("Look"), row)


def _many_evidence(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} supplier: see for yourself that it deletes",
        "{count} suppliers: see for yourself that they delete",
        count,
    ).format(count=format_number(count))
    sentence = _("Once a year, and note what you saw")
    return _at_recipients(context, title, sentence, _("Go through"))


def _at_recipients(
    context: PageContext, title: str, sentence: str, verb: str, row: RecipientRow | None = None
) -> Task:
    place = {"recipient_ref": row.ref} if row else {"show": "to_do"}
    go = partial(context.open_page, "recipients", **place)
    return Task("handshake", title, sentence, verb, go)


def _notice(context: PageContext, task: NoticeTask) -> Task:
    audience = say(task.version.audience)
    if task.is_outdated:
        title = _("The privacy notice is out of date: {audience}")
        sentence = _("Published {day}; the register says something else now")
        said = sentence.format(day=format_day(task.version.made_on, short=True))
    else:
        title = _("The new privacy notice is to be told: {audience}")
        people = ngettext("{count} person", "{count} people", task.untold)
        said = people.format(count=format_number(task.untold))
    go = partial(context.open_page, "notice", audience=task.version.audience)
    return Task("file-text", title.format(audience=audience), said, _("Look"), go, "warn")


def _check(context: PageContext, month: date) -> Task:
    return Task(
        "shield-check",
        _("Check who has read the journal in {month}").format(month=format_month(month)),
        _("Some readings, picked by chance"),
        _("Look"),
        partial(context.open_page, "log_check", month=month),
    )


def _many_checks(context: PageContext, view: TodayView, count: int) -> Task:
    title = ngettext(
        "{count} month: check who has read the journal",
        "{count} months: check who has read the journal",
        count,
    ).format(count=format_number(count))
    return replace(_check(context, view.log_checks[-1]), title=title, tone="warn")


def _gap(context: PageContext, row: ActivityRow) -> Task:
    return Task(
        "book-open",
        _("{activity} is not complete in the register").format(activity=row.name),
        row.missing[0],
        _("Complete"),
        partial(context.open_page, "register", activity_ref=row.ref),
    )


def _many_gaps(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} row of the register is not complete",
        "{count} rows of the register are not complete",
        count,
    ).format(count=format_number(count))
    sentence = _("The authority may ask for the register: Article 30")
    go = partial(context.open_page, "register")
    return Task("book-open", title, sentence, _("Complete"), go)


def _review(context: PageContext, row: ActivityRow) -> Task:
    return Task(
        "book-open",
        _("Look through {activity} again").format(activity=row.name),
        _("Is it still done as the register says?"),
        _("Look"),
        partial(context.open_page, "register", activity_ref=row.ref),
    )


def _many_reviews(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} row of the register is to be looked through",
        "{count} rows of the register are to be looked through",
        count,
    ).format(count=format_number(count))
    sentence = _("Is everything still done as the register says?")
    go = partial(context.open_page, "register")
    return Task("book-open", title, sentence, _("Go through"), go)
