"""Consents, typed: who says yes to what, a new answer, one taken back, and the proof of one."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.person import person_meant
from gdprdesk.cli.signatures import add_choice, day, text
from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ConsentMethod, Decision, say
from gdprdesk.i18n import LANGUAGES, _
from gdprdesk.services.consent_texts import ConsentTextRow, list_consent_texts
from gdprdesk.services.consents import (
    ConsentPersonRow,
    ConsentRow,
    consents_of,
    list_consents,
    prove_consent,
    record_consent,
    withdraw_consent,
)
from gdprdesk.services.paging import Page, every_row
from gdprdesk.services.persons import show_subject
from gdprdesk.services.reports.proofs import consent_report

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_consent_options(command: ArgumentParser) -> None:
    """Say what can be typed about consents."""
    command.add_argument(
        "deed", nargs="?", choices=tuple(_DEEDS), default="list", metavar="|".join(_DEEDS)
    )
    for option, shape, words in (
        ("--person", _("REF|WORDS"), _("who, by ref or by words that find only her")),
        ("--purpose", "KEY", _("what it is for, such as newsletter or photo")),
        ("--evidence", _("TEXT"), _("where the proof is")),
        ("--given-by", _("NAME"), _("which guardian says it for a child")),
        ("--ref", "REF", _("which answer is proved; the last to the purpose, if not given")),
    ):
        command.add_argument(option, type=text, default="", metavar=shape, help=words)
    for option, kind, default, words in (
        ("--decision", Decision, None, _("what was answered; or list only these")),
        ("--method", ConsentMethod, ConsentMethod.ORALLY, _("how; orally, if not given")),
    ):
        add_choice(command, option, kind, words, default=default)
    command.add_argument(
        "--place",
        action="append",
        type=text,
        default=[],
        metavar=_("TEXT"),
        help=_("where it may be shown, or no more; may be given several times"),
    )
    for option, words in (
        ("--on", _("when; today, if not given")),
        ("--confirmed-on", _("when she confirmed it from her own address")),
    ):
        command.add_argument(option, type=day, metavar=_("DAY"), help=words)
    asked = _("the language she was asked in; her own, if not given")
    command.add_argument("--language", choices=LANGUAGES, default="", help=asked)


def consents(call: Call) -> Answer:
    """Do what was typed about consents."""
    with call.register() as desk:
        return _DEEDS[call.given.deed](desk, call.given)


def _list(desk: Desk, given: Any) -> Answer:
    """List what one person says, who says what to a purpose, or what people are asked about."""
    if given.person:
        return _list_of_person(desk, given)
    if given.purpose:
        return _list_of_purpose(desk, given)
    rows = desk.ask(list_consent_texts)
    headings = (_("Purpose"), _("What for"), _("Yes"), _("Version"), _("Where"))
    cells = ((r.purpose, r.name, r.yes, r.version, ", ".join(r.channels)) for r in rows)
    return Answer(listed(rows), lambda screen: screen.table(headings, cells))


def _list_of_person(desk: Desk, given: Any) -> Answer:
    ref = _person(desk, given)
    rows = [one for one in desk.ask(consents_of, subject_ref=ref) if _is_wanted(one, given)]
    name = desk.ask(show_subject, subject_ref=ref).name

    def show(screen: Screen) -> None:
        screen.words(name, "bold")
        _show_rows(screen, _("What for"), ((one.name, one) for one in rows))

    return Answer({**listed(rows), "subject_ref": ref}, show)


def _is_wanted(row: ConsentRow, given: Any) -> bool:
    return given.purpose in {"", row.purpose} and given.decision in {None, row.decision}


def _list_of_purpose(desk: Desk, given: Any) -> Answer:
    purpose = _words_for(desk, given).purpose

    def found(*, offset: int, limit: int) -> Page[ConsentPersonRow]:
        asked = {"purpose": purpose, "decision": given.decision}
        return desk.ask(list_consents, **asked, offset=offset, limit=limit)

    rows = tuple(every_row(found))
    return Answer(
        listed(rows),
        lambda screen: _show_rows(screen, _("Name"), ((one.name, one) for one in rows)),
    )


def _show_rows(
    screen: Screen, heading: str, rows: Iterable[tuple[str, ConsentRow | ConsentPersonRow]]
) -> None:
    headings = (heading, _("Answer"), _("Counts"), _("Where"), _("Day"), _("How"), _("Ref"))
    cells = (
        (
            called,
            say(one.decision) if one.decision else _("Not asked yet"),
            one.counts,
            ", ".join(one.channels),
            one.decided_on,
            one.method,
            one.ref,
        )
        for called, one in rows
    )
    screen.table(headings, cells)


def _record(desk: Desk, given: Any) -> Answer:
    if given.decision is None:
        raise DomainError(_("Say what was answered, with --decision. Nothing was saved."))
    person = _person(desk, given)
    words = _words_for(desk, given, person)
    if given.decision is Decision.GIVEN and words.channels and not given.place:
        raise DomainError(
            _("Say for which places, with --place: {places}. Nothing was saved.").format(
                places=", ".join(words.channels)
            )
        )
    ref = desk.run(
        record_consent,
        subject_ref=person,
        text_ref=words.ref,
        decision=given.decision,
        method=given.method,
        channels=tuple(given.place),
        evidence=given.evidence,
        decided_on=given.on,
        given_by=given.given_by,
        confirmed_on=given.confirmed_on,
    )
    return answer_with({"ref": ref}, _("It is written down."))


def _withdraw(desk: Desk, given: Any) -> Answer:
    person = _person(desk, given)
    ref = desk.run(
        withdraw_consent,
        subject_ref=person,
        purpose=_words_for(desk, given).purpose,
        channels=tuple(given.place),
        method=given.method,
        evidence=given.evidence,
    )
    return answer_with({"ref": ref}, _("It is taken back. The yes stays as proof."))


def _prove(desk: Desk, given: Any) -> Answer:
    ref = RecordRef(given.ref) if given.ref else _last_answer(desk, given)
    proof = desk.ask(prove_consent, ref=ref)
    paper = desk.ask(consent_report, ref=ref)
    return Answer(plain(proof), lambda screen: screen.document(paper))


def _last_answer(desk: Desk, given: Any) -> RecordRef:
    person, wanted = _person(desk, given), _words_for(desk, given)
    said = {one.purpose: one.ref for one in desk.ask(consents_of, subject_ref=person)}
    ref = said[wanted.purpose]
    if ref is None:
        raise DomainError(_("She was never asked: {name}.").format(name=wanted.name))
    return ref


def _person(desk: Desk, given: Any) -> SubjectRef:
    if not given.person:
        raise DomainError(_("Say who it is, with --person. Nothing was shown or changed."))
    return person_meant(desk, given.person)


def _words_for(desk: Desk, given: Any, person: SubjectRef | None = None) -> ConsentTextRow:
    """Return the words of a purpose, in the language she was asked in if there are such."""
    own = {one.purpose: one for one in desk.ask(list_consent_texts)}
    if given.purpose not in own:
        raise DomainError(
            _("Say what it is for, with --purpose. People are asked about: {purposes}.").format(
                purposes=", ".join(own)
            )
        )
    spoken = given.language
    if person is not None and not spoken:
        spoken = desk.ask(show_subject, subject_ref=person).language or ""
    hers = desk.ask(list_consent_texts, language=spoken)
    return next((one for one in hers if one.purpose == given.purpose), own[given.purpose])


_DEEDS = {"list": _list, "record": _record, "withdraw": _withdraw, "prove": _prove}
