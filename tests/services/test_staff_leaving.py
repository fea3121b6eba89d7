"""Somebody quits, or the program stops between key file and register; and what is kept of her."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.errors import DomainError, NotAllowedError, WrongPasswordError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import BuiltInRole, HoldGround, Permission
from gdprdesk.exports import PDF
from gdprdesk.services.activities import list_activities
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.holds import Decision, hold_person, list_holds
from gdprdesk.services.person_json import person_copy
from gdprdesk.services.reports.invitation import invitation_sheet
from gdprdesk.services.reports.person import person_report
from gdprdesk.services.staff import end_staff, link_staff, list_staff
from gdprdesk.services.staff_leaving import (
    list_leaving,
    show_leaving,
    tick_leaving,
    untick_leaving,
)
from gdprdesk.services.staff_log import show_log_notice
from gdprdesk.services.staff_names import staff_name
from gdprdesk.services.staff_settling import is_unsettled
from gdprdesk.services.today import show_today
from gdprdesk.store.keys import OWNER, RECOVERY
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, order, person
from tests.services.test_staff import ASSISTANT, PRACTITIONER, Register, holding, register, row
from tests.texts import read_pdf

__all__ = ["register"]


def test_whoever_leaves_opens_nothing_and_gets_a_list(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.access.remove(ref)
        view = desk.ask(show_leaving, staff_ref=ref)
        assert (view.name, view.role_name, view.left_on) == ("Petra", "Assistant", TODAY)
        keys = [one.key for one in view.rows if ":" not in one.key]
        assert keys == [
            *("access", "keys", "phone", "sticks", "mailbox", "social"),
            *("alarm", "paper", "photos", "secrecy"),
        ]
        titles = [one.title for one in view.rows if one.key.startswith("system:")]
        assert "Take away the account at Spiris (formerly Visma eEkonomi)" in titles
        assert not [one for one in titles if "Tax" in one]  # an authority gives nobody a password
        assert view.rows[0].done_on == TODAY
        assert view.rows[0].done_by == "Maja Lind"
        assert (view.done, view.rows[1].done_on) == (1, None)
        assert desk.ask(show_today).leaving == desk.ask(list_leaving) != ()
        assert row(desk, "Petra").to_see_to == len(view.rows) - 1
    with pytest.raises(WrongPasswordError, match="Nobody called Petra"), register.opened("Petra"):
        pass


def test_each_step_is_ticked_with_day_and_note_until_nothing_is_left(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.access.remove(ref)
        desk.run(tick_leaving, staff_ref=ref, key="phone", note=" en Samsung ", on=TODAY)
        phone = desk.ask(show_leaving, staff_ref=ref).rows[2]
        assert (phone.done_on, phone.done_by, phone.note) == (TODAY, "Maja Lind", "en Samsung")
        desk.run(untick_leaving, staff_ref=ref, key="phone")
        assert desk.ask(show_leaving, staff_ref=ref).done == 1
        for key, day in (("teleport", TODAY), ("phone", TODAY + timedelta(days=1))):
            with pytest.raises(DomainError, match="Nothing was saved"):
                desk.run(tick_leaving, staff_ref=ref, key=key, on=day)
        for one in desk.ask(show_leaving, staff_ref=ref).rows:
            desk.run(tick_leaving, staff_ref=ref, key=one.key)
        assert desk.ask(list_leaving) == ()
        assert desk.ask(show_today).leaving == ()


def test_changing_the_keys_ticks_that_step(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.access.remove(ref)
        desk.change_keys()
    with register.opened() as desk:
        keys = desk.ask(show_leaving, staff_ref=ref).rows[1]
        assert (keys.key, keys.done_on, keys.done_by) == ("keys", TODAY, "Maja Lind")


def test_only_who_decides_about_staff_sees_who_leaves(register: Register) -> None:
    ref = register.let_in()
    register.let_in("Ola")
    with register.opened() as desk:
        desk.access.remove(ref)
    with register.opened("Ola") as his:
        assert his.ask(show_today).leaving == ()
        with pytest.raises(NotAllowedError):
            his.ask(show_leaving, staff_ref=ref)


def test_a_supplier_that_is_gone_since_still_can_be_ticked(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.access.remove(ref)
        key = next(
            one.key
            for one in desk.ask(show_leaving, staff_ref=ref).rows
            if one.key.startswith("system:")
        )
        with UnitOfWork(desk._vault, register.clock) as work:
            work.session.execute(update(Recipient).values(ref=Recipient.ref + "x"))
            work.commit("test.rename")
        shown = next(o for o in desk.ask(show_leaving, staff_ref=ref).rows if o.key == key)
        assert "not in the register any more" in shown.title
        desk.run(tick_leaving, staff_ref=ref, key=key)


def test_an_invitation_that_is_withdrawn_leaves_nothing(register: Register) -> None:
    with register.opened() as desk:
        given = desk.access.invite("Petra", ASSISTANT)
        desk.access.remove(given.staff_ref)
        assert [one.name for one in desk.ask(list_staff)] == ["Maja Lind"]
        assert list(holding(register.folder)) == ["Maja Lind"]
        with pytest.raises(DomainError, match="not in the register any more"):
            desk.ask(show_leaving, staff_ref=given.staff_ref)
        assert desk.access.invite("Petra", ASSISTANT).code  # the name is free again


def test_whoever_has_left_can_come_back_under_her_name(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.access.remove(ref)
        for again in (
            lambda: desk.access.remove(ref),
            lambda: desk.access.renew(ref),
            lambda: desk.access.set_role(ref, PRACTITIONER),
        ):
            with pytest.raises(DomainError, match="does not work with the register any more"):
                again()
    register.let_in()
    with register.opened() as desk:
        assert [(o.name, o.left_on) for o in desk.ask(list_staff)] == [
            ("Maja Lind", None),
            ("Petra", None),
            ("Petra", TODAY),
        ]


# A crash between the two files


def test_a_slot_without_a_row_may_nothing_and_is_taken_away(register: Register) -> None:
    with register.opened() as desk:
        code = desk.access._code("a" * 26, "Petra", journal=True)[0]  # the row was not written
    assert "Petra" in holding(register.folder)
    register.accept("Petra", code)  # although nobody was told the code
    assert "Petra" in holding(register.folder)
    with register.opened("Petra") as hers:
        assert hers.permissions == set()
    with register.opened() as desk:
        assert not holding(register.folder)["Petra"]  # the journal's key is taken back
        assert (row(desk, "Petra").role_name, row(desk, "Petra").permissions) == ("No role", ())
        assert not desk.ask(is_unsettled)


def test_an_invitation_without_a_row_is_taken_away_at_the_next_unlock(register: Register) -> None:
    with register.opened() as desk:
        desk.access._code("a" * 26, "Petra", journal=False)
    with register.opened() as desk:
        assert list(holding(register.folder)) == [OWNER]
        assert [one.name for one in desk.ask(list_staff)] == ["Maja Lind"]


def test_a_refused_row_takes_its_slot_with_it(register: Register) -> None:
    with register.opened() as desk:
        with pytest.raises(DomainError):
            desk.access.invite("Petra", ASSISTANT, subject_ref="nobody")  # type: ignore[arg-type]
        assert list(holding(register.folder)) == ["Maja Lind"]


def test_a_row_without_a_slot_is_ended_at_the_next_unlock(register: Register) -> None:
    register.let_in()
    with register.opened() as desk:
        desk.access.invite("Ola", ASSISTANT)
        for name in ("Petra", "Ola"):  # the program stopped after these
            desk._vault.key_file().remove(desk._vault.keys, name)
    with register.opened() as desk:
        assert [one.name for one in desk.ask(list_staff)] == ["Maja Lind", "Petra"]
        assert row(desk, "Petra").left_on == TODAY
        assert [one.name for one in desk.ask(list_leaving)] == ["Petra"]


def test_whoever_has_left_by_her_row_alone_loses_her_slot(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.run(end_staff, staff_ref=ref)  # as `gdprdesk do` would
    with register.opened():
        assert list(holding(register.folder)) == ["Maja Lind"]


def test_nothing_is_logged_when_there_is_nothing_to_settle(register: Register) -> None:
    with register.opened() as desk:
        assert not desk.ask(is_unsettled)


# An older register


def test_the_owner_of_an_older_register_is_written_down(register: Register) -> None:
    with register.opened() as desk, UnitOfWork(desk._vault, register.clock) as work:
        work.session.execute(delete(StaffMember))
        work.session.execute(
            delete(ProcessingActivity).where(ProcessingActivity.key == "register_log")
        )
        work.commit("test.older")
    with register.opened() as desk:
        assert (row(desk, "Maja Lind").role, row(desk, "Maja Lind").staff_id) == (
            BuiltInRole.OWNER,
            OWNER,
        )
        assert desk.permissions == set(Permission)
        assert [o.name for o in desk.ask(list_activities)].count("Registrets logg") == 1


# What is kept of her


def test_the_log_names_whoever_has_left_as_long_as_it_keeps_what_she_did(
    register: Register, clock: Clock
) -> None:
    ref = register.let_in()
    clock.go_to(TODAY + timedelta(days=500))
    with register.opened() as desk:
        staff_id = row(desk, "Petra").staff_id
        desk.access.remove(ref)
        until = desk.ask(show_leaving, staff_ref=ref).named_until
        assert until is not None
        assert (until.year, until.month) == (2030, 4)  # two years after 4 April 2028
        clock.go_to(until)
        desk.run(carry_out_clean_up)
        assert desk.ask(lambda read: staff_name(read, staff_id)) == "Petra"
        clock.go_to(until + timedelta(days=1))
        desk.run(carry_out_clean_up)
        said = desk.ask(lambda read: staff_name(read, staff_id))
        assert said == "somebody who is not in the register any more"
        assert [one.name for one in desk.ask(list_staff)] == ["Maja Lind"]


def test_whoever_works_here_is_not_cleaned_up(register: Register, clock: Clock) -> None:
    register.let_in()
    clock.go_to(TODAY.replace(year=2046))
    with register.opened() as desk:
        desk.run(carry_out_clean_up)
        assert len(desk.ask(list_staff)) == 2


def test_everybody_is_called_as_people_call_her(desk: Desk) -> None:
    def called(staff_id: str) -> str:
        return desk.ask(lambda read: staff_name(read, staff_id))

    assert called(OWNER) == "Maja Lind"
    assert called(RECOVERY) == "the printed recovery key"
    assert called("Växjö Arkiv") == "Växjö Arkiv"
    with UnitOfWork(desk._vault, Clock()) as work:
        work.session.delete(work.session.scalars(select(StaffMember)).one())
        work.commit("test.forget")
    assert called(OWNER) == "The owner"


# What she is told, and what she gets


def test_whoever_works_here_is_told_of_the_log_in_every_language(desk: Desk) -> None:
    said = " ".join(desk.ask(show_log_notice, language_code="en"))
    assert "Be able to show who changed what and when" in said
    assert "Legal basis: Legal obligation. The GDPR asks us to protect the data" in said
    assert "24 months" in said
    assert "Integritetsskyddsmyndigheten" in said
    assert desk.ask(show_log_notice) == desk.ask(show_log_notice, language_code="sv")


def test_her_copy_counts_what_she_did_and_names_no_customer(
    register: Register, tmp_path: Path
) -> None:
    register.let_in()
    with register.opened() as desk:
        page = person(desk, "Petra Ek")
        desk.run(link_staff, staff_ref=row(desk, "Petra").ref, subject_ref=page)
        assert row(desk, "Petra").subject_ref == page
    with register.opened("Petra") as hers:
        customers = [person(hers, name) for name in ("Karin Holm", "Ola Berg")]
        order(hers, customers[0])
    with register.opened() as desk:
        copied = desk.ask(person_copy, subject_ref=page)
        assert copied["logged"] == [
            {"month": "2026-11", "action": "booking.add", "count": 1},
            {"month": "2026-11", "action": "staff.settle", "count": 1},
            {"month": "2026-11", "action": "subject.register", "count": 2},
        ]
        (record,) = copied["records"]["staff_member"]
        assert record["name"] == "Petra"
        assert not any(one in str(copied) for one in (*customers, "Karin", "Ola"))
        desk.run(export_person, subject_ref=page, to=tmp_path / "copy.pdf", language_code="en")
        assert "2026-11 New person 2" in " ".join(read_pdf(tmp_path / "copy.pdf").split())
        assert desk.ask(person_copy, subject_ref=customers[0])["logged"] == []
        desk.run(link_staff, staff_ref=row(desk, "Petra").ref)
        assert row(desk, "Petra").subject_ref is None


def test_a_customer_is_not_told_the_name_of_who_decided(register: Register) -> None:
    register.let_in("Petra", BuiltInRole.OWNER.value)
    with register.opened("Petra") as hers:
        karin = person(hers, "Karin Holm")
        hers.run(
            hold_person,
            subject_ref=karin,
            decision=Decision(HoldGround.CLAIM, "tvist", TODAY + timedelta(days=30)),
        )
        (hold,) = hers.ask(list_holds)
        assert hold.placed_by == "Petra"
        sections = hers.ask(person_report, subject_ref=karin, language_code="en").sections
        said = [line for one in sections for b in one.blocks for line in getattr(b, "lines", ())]
        assert ("Decided by", "Owner") in said


def test_the_paper_for_somebody_invited_has_code_and_notice(desk: Desk, tmp_path: Path) -> None:
    given = desk.access.invite("Petra", ASSISTANT)
    notice = desk.ask(show_log_notice, language_code="en")
    file = tmp_path / "petra.pdf"
    file.write_bytes(PDF.render(invitation_sheet("Kafé Lind", given, notice, desk.now)))
    said = " ".join(read_pdf(file).split())
    assert given.code in said
    assert "until 5 December 2026" in said
    assert "What you do in the register is logged" in said
