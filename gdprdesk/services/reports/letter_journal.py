"""The letters about the end of a journal that the law binds: who decides, and what was decided."""

from __future__ import annotations

from datetime import date

from gdprdesk.domain.journal import DestructionDecision
from gdprdesk.domain.law import PATIENT_JOURNAL
from gdprdesk.domain.retention import last_entry
from gdprdesk.exports.document import Paragraph, Points
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.destruction import decisions_about
from gdprdesk.services.finding import records_of
from gdprdesk.services.law import law_of
from gdprdesk.services.letter_case import LetterCase, without_numbers
from gdprdesk.services.reports.letter_questions import Blocks


def latest_decision(case: LetterCase) -> DestructionDecision | None:
    """Return what was decided last about the journal of whom a request is about."""
    found = decisions_about(case.read, case.subject) if case.subject else ()
    return found[-1] if found else None


def has_bound_journal(case: LetterCase) -> bool:
    """Return whether there is a journal about her that the law binds."""
    if case.subject is None or not case.controller.patient_law.binds:
        return False
    return last_entry(records_of(case.read, case.subject), case.today) is not None


def to_authority_text(case: LetterCase) -> Blocks:
    """Yield that only IVO may order it, and how she applies there, as ivo.se tells it."""
    yield Paragraph(
        _(
            "You want your journal with us destroyed. We may not do that: the Swedish Patient "
            "Data Act obliges us to keep it for at least {years} years after the last entry in "
            "it, as it is now until {day}. All else about you is not held by that."
        ).format(years=_years(case), day=format_day(_until(case)))
    )
    yield Paragraph(
        _(
            "Only the Health and Social Care Inspectorate (IVO) may order that a journal, or a "
            "part of it, is destroyed (chapter 8, section 4 of the act). You apply there yourself:"
        )
    )
    yield Points(
        [
            _("Apply at ivo.se. Enclose a copy of your journal; you get it from us for nothing."),
            _("Mark in the copy exactly which words or entries you want to have destroyed."),
            _(
                "All three have to be so: you give acceptable reasons, the journal is obviously "
                "not needed for your care, and there is obviously no public reason to keep it."
            ),
            _("By its own account IVO grants about 15 percent, and it takes long."),
        ]
    )
    yield Paragraph(
        _(
            "If something in the journal is wrong, ask us to correct it instead. The old words can "
            "then still be read beside the new ones. If IVO orders that something is destroyed, "
            "we destroy exactly that, in our backups too."
        )
    )


def destroyed_text(case: LetterCase) -> Blocks:
    """Yield what was decided, by whom, and when it was destroyed."""
    decision = latest_decision(case)
    if decision is None:
        return
    yield Paragraph(_decided(decision, _("is destroyed: {what}.")))
    if decision.test and decision.why:
        yield from _reasons(decision)
    if decision.carried_out_on is None:
        yield Paragraph(_("We do it now, and in our backups as soon as we can reach them."))
        return
    yield Paragraph(
        _(
            "That was done on {day}. It goes from our backups too as soon as we can reach them. It "
            "cannot be brought back."
        ).format(day=format_day(decision.carried_out_on))
    )


def kept_journal_text(case: LetterCase) -> Blocks:
    """Yield that it stays, why, and where she can appeal."""
    decision = latest_decision(case)
    if decision is None:
        return
    yield Paragraph(_decided(decision, _("is kept: {what}.")))
    if decision.test is None:
        yield Paragraph(
            _("How you can appeal stands in IVO's decision. You can also ask us to correct it.")
        )
        return
    yield from _reasons(decision)
    yield Paragraph(
        _(
            "You can appeal to Statsforvalteren in your county, statsforvalteren.no, which decides "
            "whether it may be destroyed and tells you how long you have. You can also ask us to "
            "correct what is wrong; the old words can then still be read beside the new ones."
        )
    )


def _decided(decision: DestructionDecision, outcome: str) -> str:
    what = _("your whole journal")
    if not decision.is_about_all:
        count = len(decision.note_refs)
        what = ngettext("{count} part of your journal", "{count} parts of your journal", count)
        what = what.format(count=count)
    day, outcome = format_day(decision.decided_on), outcome.format(what=what)
    if decision.test is None:
        return _("{authority} has decided on {day} ({number}) that this {outcome}").format(
            authority=decision.decided_by, day=day, number=decision.case_number, outcome=outcome
        )
    return _(
        "We have looked at this by section 43 of the Norwegian Health Personnel Act, and decided "
        "on {day} that this {outcome}"
    ).format(day=day, outcome=outcome)


def _reasons(decision: DestructionDecision) -> Blocks:
    test = decision.test
    if test is None:
        return
    found = (
        (test["harmless"], _("No public interest speaks against destroying it.")),
        (not test["harmless"], _("Public interests speak against destroying it.")),
        (test["wrong"] and test["burden"], _("It is wrong or misleading, and felt as a strain.")),
        (not (test["wrong"] and test["burden"]), _("It is not both wrong and felt as a strain.")),
        (test["unneeded"], _("It is obviously not needed to help you.")),
        (not test["unneeded"], _("It is not obvious that it is not needed to help you.")),
    )
    yield Paragraph(_("This is what we found:"))
    yield Points([sentence for is_so, sentence in found if is_so])
    yield Paragraph(_("Our reasons: {why}").format(why=without_numbers(decision.why)))


def _years(case: LetterCase) -> int:
    return law_of(case.read).row(PATIENT_JOURNAL, case.today).months // 12


def _until(case: LetterCase) -> date:
    last = last_entry(records_of(case.read, case.subject), case.today) if case.subject else None
    return law_of(case.read).keep_until(PATIENT_JOURNAL, last or case.today, case.today)
