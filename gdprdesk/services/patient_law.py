"""Whether the law on patients' records applies to the practice, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.law import PATIENT_JOURNAL
from gdprdesk.domain.terms import PatientLaw, Permission, Start
from gdprdesk.i18n import N_, _, ngettext
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_LOG = "journal_log"


@dataclass(frozen=True, repr=False)
class LawEffect:
    """Something that the answer changes.

    Attributes:
        text: What, in the language spoken.
        source: Where it stands, in the language of the law; empty where no law says it.
        read: Whether what the authority itself writes about it was read. If not, it rests on what
            others write.
    """

    text: str
    source: str = ""
    read: bool = True


@dataclass(frozen=True, repr=False)
class PatientLawView:
    """The practice's answer, and what follows from it.

    Attributes:
        country: Whose law it is: SE or NO.
        binds: Whether the register behaves as if it applied.
        answered_on: The day it was answered; nothing while it never was.
        why: The reason that was given.
        effects: What follows from the answer as it is.
    """

    answer: PatientLaw
    country: str
    binds: bool
    answered_on: date | None
    why: str
    effects: tuple[LawEffect, ...]


@query("patient_law.show", needs=Permission.REGISTER)
def show_patient_law(read: Session) -> PatientLawView | None:
    """Return the practice's answer; nothing where no journal is kept, so that nobody is asked."""
    if not keeps_journal(read):
        return None
    known = controller_of(read)
    return PatientLawView(
        answer=known.patient_law,
        country=known.country,
        binds=known.patient_law.binds,
        answered_on=known.patient_law_on,
        why=known.patient_law_why,
        effects=patient_law_effects(read),
    )


@query("patient_law.effects", needs=Permission.REGISTER)
def patient_law_effects(
    read: Session, *, answer: PatientLaw | None = None
) -> tuple[LawEffect, ...]:
    """Return in plain words what an answer changes; without one, that of the practice.

    The text of the acts themselves was not read; each sentence says whether an authority's own
    words on it were.
    """
    known = controller_of(read)
    answer = answer or known.patient_law
    if not answer.binds:
        return tuple(_not_bound())
    of_country = _swedish(read) if known.country == "SE" else _norwegian(read)
    return (*of_country, *_both(read))


@query("patient_law.to_answer", needs=Permission.REGISTER)
def is_patient_law_open(read: Session) -> bool:
    """Return whether a journal is kept and nobody has said yet whether the law applies."""
    return keeps_journal(read) and controller_of(read).patient_law is PatientLaw.UNSURE


@action(
    "patient_law.answer", N_("Answer on the law on patients' records"), needs=Permission.REGISTER
)
def answer_patient_law(work: UnitOfWork, *, answer: PatientLaw, why: str) -> None:
    """Say whether the law on patients' records applies to the practice, and why.

    Yes names the law in the rows of the register that keep journals, no takes it out again; their
    legal basis and words stay as they are, and are to be looked through.

    Raises:
        DomainError: No journal is kept, or there is no reason.
    """
    if not keeps_journal(work.session):
        raise DomainError(
            _(
                "No journal is kept in this register, so the law on patients' records has nothing "
                "to say here. Nothing was changed."
            )
        )
    if not is_visible(why):
        raise DomainError(
            _(
                "Write why: what kind of work you do, and who has told you. Nothing was changed. "
                "Whoever looks at the register later must be able to see it."
            )
        )
    known = controller_of(work.session)
    known.patient_law, known.patient_law_on = answer, work.today
    known.patient_law_why = why.strip()
    for activity in work.session.scalars(select(ProcessingActivity)):
        _name_law(activity, answer)


def whom_to_ask(country: str) -> str:
    """Return who decides on the end of a journal that the law binds, as a sentence."""
    if country == "SE":
        return _(
            "Only the Health and Social Care Inspectorate (IVO) may order that a journal is "
            "destroyed. She applies to IVO herself, at ivo.se; you write down the decision."
        )
    return _(
        "You decide yourself, by the test of section 43 of the Norwegian Health Personnel Act, "
        "entry by entry; she can appeal against a refusal to Statsforvalteren."
    )


def _name_law(activity: ProcessingActivity, answer: PatientLaw) -> None:
    of_journals = (
        JournalNote.__name__ in activity.kinds or activity.rule.start is Start.LAST_JOURNAL_ENTRY
    )
    if answer is PatientLaw.APPLIES and of_journals and activity.rule.law is None:
        activity.rule = replace(activity.rule, law=PATIENT_JOURNAL)
    elif answer is PatientLaw.NOT and activity.rule.law == PATIENT_JOURNAL:
        activity.rule = replace(activity.rule, law=None)


def _years(read: Session, key: str) -> str:
    years = law_of(read).row(key, today_of(read)).months // 12
    return ngettext("{count} year", "{count} years", years).format(count=years)


def _swedish(read: Session) -> Iterator[LawEffect]:
    yield LawEffect(
        _(
            "A journal is kept for at least {period} after the last entry in it, on paper or here. "
            "Until then it cannot be erased, and her name stays as long as it does."
        ).format(period=_years(read, PATIENT_JOURNAL)),
        "Patientdatalagen (2008:355) 3 kap. 17 §",
        read=False,
    )
    yield LawEffect(
        _(
            "No entry may be removed or made unreadable. What was wrong is corrected by a new "
            "entry that says who and when, and leaves the old one to be read."
        ),
        "Patientdatalagen (2008:355) 3 kap. 14 §",
        read=False,
    )
    yield LawEffect(
        whom_to_ask("SE"),
        "Patientdatalagen (2008:355) 8 kap. 4 §, ivo.se",
    )
    yield LawEffect(
        _("She may see from which unit and when her journal was read."),
        "Patientdatalagen (2008:355) 8 kap. 5 §, HSLF-FS 2016:40 4 kap. 10 §",
        read=False,
    )
    yield LawEffect(
        _(
            "Who reads what is logged, looked through by samples again and again, and the log is "
            "kept for at least {period}."
        ).format(period=_years(read, _LOG)),
        "HSLF-FS 2016:40 4 kap. 9 §",
        read=False,
    )
    yield LawEffect(
        _("When the practice closes, the duty to keep the journals stays with you."),
        "ivo.se",
        read=False,
    )


def _norwegian(read: Session) -> Iterator[LawEffect]:
    yield LawEffect(
        _(
            "Whoever gives health care on her own keeps a journal, with what is needed and "
            "relevant."
        ),
        "Helsepersonelloven §§ 39 og 40",
        read=False,
    )
    yield LawEffect(
        _(
            "A journal is kept as long as it may be of use for care. The law names no number; "
            "{period} after the last entry is usual, and counts here. Her name stays as long."
        ).format(period=_years(read, PATIENT_JOURNAL)),
        "Pasientjournalloven § 25, pasientjournalforskriften",
        read=False,
    )
    yield LawEffect(
        _(
            "What was wrong is corrected by a new entry with its day, and the old one can still "
            "be read."
        ),
        "Helsepersonelloven § 42",
        read=False,
    )
    yield LawEffect(whom_to_ask("NO"), "Helsepersonelloven § 43, helsedirektoratet.no")
    yield LawEffect(
        _(
            "When the practice closes and nobody takes over, the journals go to Norsk helsearkiv, "
            "the national archive of patient records."
        ),
        "Pasientjournalforskriften § 17",
        read=False,
    )


def _both(read: Session) -> Iterator[LawEffect]:
    yield LawEffect(
        _(
            "All else about her goes when she asks to be erased: the letter and the receipt say "
            "that the journal stays, why, and until when."
        )
    )
    if controller_of(read).patient_law is not PatientLaw.NOT:
        yield LawEffect(
            _(
                "Look through the rows of the register about the journal: their legal basis and "
                "their words must say the same as your answer."
            )
        )


def _not_bound() -> Iterator[LawEffect]:
    yield LawEffect(
        _(
            "A journal is erased with all else when she asks for it. You first read her what that "
            "means, and that you did is kept with the case."
        ),
        "GDPR 17",
    )
    yield LawEffect(
        _(
            "If you may have to defend yourself against a claim, you can decide to keep it all the "
            "same: with a reason of your own and a day on which you decide again."
        ),
        "GDPR 17(3)(e)",
    )
    yield LawEffect(_("How long it is kept otherwise is what the register says, and nothing else."))
    yield LawEffect(_("No authority has to be asked before a journal is destroyed."))
