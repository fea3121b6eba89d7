"""What is to be taken out, deleted, carried out for others, and given back."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.clips import ClipRow
from gdprdesk.services.instructions import InstructionRow
from gdprdesk.services.papers import PaperRow
from gdprdesk.services.served import ControllerRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.instruction_form import go_on_with
from gdprdesk_ui.dialogs.paper_form import shred_paper
from gdprdesk_ui.pages.today.task import BETWEEN, Task, few


def tasks_of_others(context: PageContext, view: TodayView) -> list[Task]:
    """Return what customers served wait for: an instruction to carry out, data to give back."""
    found: list[Task] = []
    found += few(
        view.instructions,
        partial(_instruction, context),
        partial(_many_instructions, context, view),
    )
    found += few(view.to_settle, partial(_to_settle, context), partial(_many_to_settle, context))
    return found


def tasks_of_paper(context: PageContext, view: TodayView) -> list[Task]:
    """Return which paper is to be shredded, and which clips are to be deleted."""
    found: list[Task] = []
    found += few(view.papers, partial(_paper, context), partial(_many_papers, context))
    found += few(view.clips, partial(_clip, context), partial(_many_clips, context))
    return found


def _instruction(context: PageContext, row: InstructionRow) -> Task:
    day = format_day(row.due_on, short=True, today=context.today)
    title = _("Instruction of {name}: {what}")
    if row.done_on is not None:
        title = _("Answer {name}: {what}")
    return Task(
        "building-2",
        title.format(name=row.controller, what=say(row.kind)),
        row.scope,
        _("Answer…") if row.done_on is not None else _("What was done…"),
        partial(go_on_with, context, row),
        "danger" if row.is_late else "warn",
        (_("Was due {day}") if row.is_late else _("Until {day}")).format(day=day),
    )


def _many_instructions(context: PageContext, view: TodayView, count: int) -> Task:
    title = ngettext(
        "{count} instruction of customers waits", "{count} instructions of customers wait", count
    ).format(count=format_number(count))
    late = any(row.is_late for row in view.instructions)
    go = partial(context.open_page, "register", tab="served")
    sentence = _("You do it, and they answer their people")
    return Task("building-2", title, sentence, _("Go through"), go, "danger" if late else "warn")


def _to_settle(context: PageContext, row: ControllerRow) -> Task:
    return Task(
        "handshake",
        _("Return or delete the data of {name}").format(name=row.name),
        _("The service has ended: Article 28"),
        _("Look"),
        partial(context.open_page, "register", controller_ref=row.ref),
        "warn",
    )


def _many_to_settle(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} contract has ended: return or delete the data",
        "{count} contracts have ended: return or delete the data",
        count,
    ).format(count=format_number(count))
    go = partial(context.open_page, "register", tab="served")
    return Task("handshake", title, _("As the customers choose"), _("Go through"), go, "warn")


def _paper(context: PageContext, row: PaperRow) -> Task:
    title = _("Shred {what}").format(what=row.box)
    sentence = BETWEEN.join(part for part in (row.place, row.what, row.name) if part)
    do = partial(shred_paper, context, row)
    return Task("archive", title, sentence, _("Shredded…"), do, "accent")


def _many_papers(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} folder or box is to be shredded", "{count} folders or boxes are to be shredded",
        count,
    ).format(count=format_number(count))  # fmt: skip
    go = partial(context.open_page, "papers")
    sentence = _("Their time is over by the rules of the register")
    return Task("archive", title, sentence, _("Go through"), go, "accent")


def _clip(context: PageContext, row: ClipRow) -> Task:
    day = format_day(row.release_on, short=True, today=context.today)
    return Task(
        "video",
        _("Delete the clip of {camera}").format(camera=row.camera),
        row.from_at,
        _("Look"),
        partial(context.open_page, "disclosures"),
        "warn",
        _("Until {day}").format(day=day),
    )


def _many_clips(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} camera clip is to be deleted", "{count} camera clips are to be deleted", count
    ).format(count=format_number(count))
    go = partial(context.open_page, "disclosures")
    return Task("video", title, _("Within a week"), _("Go through"), go, "warn")
