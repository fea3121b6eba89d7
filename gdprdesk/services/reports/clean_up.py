"""The protocol of a clean-up: what left by which rule, and what was kept. It names nobody."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.base import EditionRef, counted, kind_name, personal_kinds
from gdprdesk.domain.terms import HoldGround, Permission, cite, say
from gdprdesk.exports.document import Column, Document, Fields, Paragraph, Section, Table
from gdprdesk.i18n import _, format_moment, format_number, language
from gdprdesk.services.clean_up import AUTOMATIC, CleanUpRow, show_protocol
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.staff_names import staff_name


@query("report.clean_up", needs=Permission.ERASE)
def clean_up_report(read: Session, *, ref: EditionRef, language_code: str = "") -> Document:
    """Return the protocol of a clean-up: when, by whom, how much of what, by which rule."""
    controller = controller_of(read)
    with language(language_code or controller.language):
        run = show_protocol(read, ref=ref)
        return report(
            read,
            title=_("Protocol of a clean-up"),
            sections=[_done(read, run), _left(run), _kept(run), _reach()],
        )


def _done(read: Session, run: CleanUpRow) -> Section:
    by_itself = run.done_by == AUTOMATIC
    who = _("The program, by itself") if by_itself else staff_name(read, run.done_by)
    lines = (
        (_("Number"), run.ref),
        (_("When"), format_moment(run.done_at)),
        (_("Started by"), who),
        (_("Records that left"), format_number(run.records)),
        (_("People who left with the last of their data"), format_number(run.people)),
    )
    return Section(_("What was done"), (Fields(lines),))


def _left(run: CleanUpRow) -> Section:
    heading = _("What left, and why")
    if not run.cleaned:
        return Section(heading, (Paragraph(_("Only names of whom nothing else was left.")),))
    kinds = {kind_name(kind): kind for kind in personal_kinds()}
    columns = (
        Column(_("Processing"), weight=2),
        Column(_("Kept until"), weight=3),
        Column(_("What"), weight=2),
        Column(_("What became of it"), weight=1.6),
    )
    places = list(dict.fromkeys(line["activity"] for line in run.cleaned))
    rows = [
        (
            line["activity"],
            line["rule"],
            counted(kinds[line["kind"]], line["count"]),
            _("Figures stay, without names") if line["anonymised"] else _("Erased"),
        )
        for line in sorted(run.cleaned, key=lambda line: places.index(line["activity"]))
    ]
    return Section(heading, (Table(columns, rows),))


def _kept(run: CleanUpRow) -> Section:
    heading = _("Was over, and was kept by decision")
    if not run.spared:
        return Section(heading, (Paragraph(_("Nothing")),))
    kinds = {kind_name(kind): kind for kind in personal_kinds()}
    columns = (
        Column(_("What"), weight=2),
        Column(_("Number"), weight=2.6),
        Column(_("Ground"), weight=3),
        Column(_("Article"), weight=1.6),
    )
    rows = []
    for line in run.spared:
        ground = HoldGround(line["ground"])
        what = _(kinds[line["kind"]].called[0]).capitalize()
        rows.append((what, line["ref"], say(ground), cite(ground.reason.value)))
    return Section(heading, (Table(columns, rows),))


def _reach() -> Section:
    said = _(
        "What left is gone from the register, its word index and every page of its file. Whoever "
        "left altogether stands in the ledger of the erased under a random number, so that an "
        "older copy of the register does not bring her back. Not reached: paper, mail programs, "
        "phones, and copies of the register that were made before."
    )
    return Section(_("What this reaches, and what not"), (Paragraph(said, muted=True),))
