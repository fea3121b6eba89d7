"""The commands with a name of their own: people, erasure, the register, checks and passwords."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.passwords import first_password, new_password, password, recovery_key
from gdprdesk.cli.progress import watched
from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.exports import PDF
from gdprdesk.exports.target import TargetError, write_file
from gdprdesk.i18n import _, format_day
from gdprdesk.services.activities import list_activities
from gdprdesk.services.onboarding import Business
from gdprdesk.services.organisation import list_missing_of_organisation, show_organisation
from gdprdesk.services.person_json import person_copy
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.reports.person import person_report
from gdprdesk.services.reports.proofs import recovery_sheet
from gdprdesk.services.served import list_controllers
from gdprdesk.services.subjects import SubjectRow, list_subjects
from gdprdesk.services.templates import usual_extras
from gdprdesk.store.keys import staff_in

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

_AT_ONCE = 500


def make_register(call: Call) -> Answer:
    """Make a new register, and tell its recovery key and what is missing about the business."""
    given = call.given
    wanted = (*usual_extras(given.trade), *given.extra)
    business = Business(
        name=given.name,
        trade=given.trade,
        country=given.country,
        language=given.language or {"SE": "sv", "NO": "nb"}[given.country],
        org_number=given.org_number,
        address=given.address,
        contact=given.contact,
        email=given.email,
        phone=given.phone,
        year_ends_in=given.year_ends_in,
        extras=tuple(one for one in wanted if one not in given.without),
    )
    desk, key = Desk.create(
        given.file,
        business=business,
        password=first_password(),
        staff=given.staff,
        limits=call.limits,
        clock=call.clock,
    )
    missing = desk.ask(list_missing_of_organisation)
    desk.lock()

    def show(screen: Screen) -> None:
        screen.words(_("The register is made: {path}").format(path=desk.folder))
        for sentence in missing:
            screen.words(sentence)
        screen.words(_("Recovery key: {key}").format(key=key), "bold")
        screen.words(
            _(
                "Write the key down and lock it away. Without password and without this key nobody "
                "can open the register."
            ),
        )

    said = {"path": desk.folder.resolve(), "recovery_key": key, "missing": missing}
    return Answer(said, show)


def list_people(call: Call) -> Answer:
    """List the people found, by name."""
    search, wanted = " ".join(call.given.search), call.given.limit
    wanted = sys.maxsize if wanted is None else wanted
    rows: list[SubjectRow] = []
    with call.register() as desk:
        while True:
            page = desk.ask(
                list_subjects,
                search=search,
                offset=call.given.offset + len(rows),
                limit=min(wanted - len(rows), _AT_ONCE),
            )
            rows += page.rows
            if not page.rows or len(rows) >= wanted:
                break
    columns = ("ref", "name", "email", "phone", "kept_until")
    value = listed([{one: getattr(row, one) for one in columns} for row in rows], page.total)

    def show(screen: Screen) -> None:
        headings = (_("Name"), _("E-mail"), _("Phone"), _("Kept until"), _("Ref"))
        cells = ((r.name, r.email, r.phone, r.kept_until, r.ref) for r in rows)
        screen.table(headings, cells)
        screen.words(_("{count} people").format(count=page.total), "dim")

    return Answer(value, show)


def show_person(call: Call) -> Answer:
    """Show everything about one person, as she would be given it."""
    ref, code = SubjectRef(call.given.ref), call.given.language
    with call.register() as desk:
        value = desk.ask(person_copy, subject_ref=ref, language_code=code)
        report = desk.ask(person_report, subject_ref=ref, language_code=code)
    return Answer(value, lambda screen: screen.document(report))


def list_register(call: Call) -> Answer:
    """List the processing activities of the register."""
    with call.register() as desk:
        rows = desk.ask(list_activities)

    def show(screen: Screen) -> None:
        headings = (_("Processing"), _("Legal basis"), _("Lacks"), _("Ref"))
        cells = ((r.name, r.legal_basis, "; ".join(r.lacks), r.ref) for r in rows)
        screen.table(headings, cells)

    return Answer(listed(rows), show)


def list_others(call: Call) -> Answer:
    """List who else gets personal data."""
    with call.register() as desk:
        rows = desk.ask(list_recipients)

    def show(screen: Screen) -> None:
        headings = (_("Name"), _("Role"), _("Gets"), _("Country"), _("Agreement"), _("Ref"))
        cells = ((r.name, r.role, r.gets, r.country, _agreement(r), r.ref) for r in rows)
        screen.table(headings, cells)

    def _agreement(row: Any) -> str:
        if row.agreement_on:
            return format_day(row.agreement_on, short=True)
        return _("missing") if row.needs_agreement else ""

    return Answer(listed(rows), show)


def list_served(call: Call) -> Answer:
    """List the businesses on whose behalf data are processed."""
    with call.register() as desk:
        rows = desk.ask(list_controllers)

    def show(screen: Screen) -> None:
        headings = (_("Name"), _("Contact"), _("Agreement"), _("Ended"), _("Lacks"), _("Ref"))
        cells = (
            (r.name, r.contact, r.agreement_on, r.ended_on, "; ".join(r.missing), r.ref)
            for r in rows
        )
        screen.table(headings, cells)

    return Answer(listed(rows), show)


def check(call: Call) -> Answer:
    """Check the file, its keys, its log and that nothing of an erased person is left."""
    with call.register() as desk, watched(_("Checking …")) as bar:
        report = desk.check(bar)
    bad = [one.sentence for one in report.checks if not one.ok]

    def show(screen: Screen) -> None:
        for one in report.checks:
            screen.words(f"{'✓' if one.ok else '✗'} {one.sentence}")

    return Answer(plain(report), show, complaint="\n".join(bad))


def change_password(call: Call) -> Answer:
    """Change a password, with the old one or with the printed recovery key."""
    staff_in(call.folder)
    if call.given.recovery:
        Desk.unlock_with_recovery_key(
            call.folder,
            recovery_key=recovery_key(),
            new_password=new_password(),
            staff=call.given.staff,
            limits=call.limits,
            clock=call.clock,
        ).lock()
    else:
        old = password()
        desk = call.unlock(old)
        try:
            desk.change_password(old, new_password(), call.at_hand)
        finally:
            desk.lock()
    words = _("The password is changed.")
    return answer_with({"changed": True}, words)


def change_keys(call: Call) -> Answer:
    """Write the register anew under new keys."""
    staff_in(call.folder)
    desk = call.unlock(password())
    try:
        with watched(_("Changing the keys …")) as bar:
            made = desk.change_keys(bar)
    finally:
        desk.lock()
    words = _(
        "The keys are changed; all passwords are as before. Older backups still open with the "
        "passwords of their time, also of those who have left: make a new one now. If one of them "
        "has seen the recovery key on paper, make a new one of that too."
    )
    if not made.journal:
        words += " " + _(
            "The key of the journal stayed as it was: let somebody who may read the journal change "
            "the keys once more."
        )
    return answer_with({"changed": True, "journal": made.journal}, words)


def print_recovery_key(call: Call) -> Answer:
    """Save a new recovery key as PDF; the one printed before opens nothing any more."""
    target, force = call.given.to, call.given.force
    if target.suffix.casefold() != PDF.suffix:
        said = _("The name of the file must end in {suffix}. Nothing was saved.")
        raise TargetError(said.format(suffix=PDF.suffix))
    with call.register() as desk:
        write_file(target, b"", overwrite=force)  # the old key must not go before this is known
        try:
            key = desk.new_recovery_key()
        except BaseException:
            target.unlink()
            raise
        business = desk.ask(show_organisation).name
        sheet = PDF.render(recovery_sheet(business, key, desk.now))
        try:
            write_file(target, sheet, overwrite=True)
        except TargetError as error:
            said = _("{problem} The old key opens nothing any more. Write the new one down: {key}")
            raise TargetError(said.format(problem=error, key=key)) from None
    words = _(
        "The new recovery key is in {path}. Print it, lock the paper away, and put the file in the "
        "bin. The old key opens nothing any more."
    ).format(path=target)
    return answer_with({"path": target.resolve()}, words)
