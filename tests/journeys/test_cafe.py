"""What a cafe in Växjö promises its guests, done from beginning to end.

Each test is one item of what the policy says, in plain words, with its number.
"""

from __future__ import annotations

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ConsentTextRef, SubjectRef
from gdprdesk.domain.errors import DomainError, WrongPasswordError
from gdprdesk.domain.terms import (
    BookingState,
    Channel,
    ConsentMethod,
    Decision,
    ErasureState,
    LegalBasis,
    SubjectKind,
)
from gdprdesk.imports import read_grid
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.activities import ActivityDetail, list_activities, show_activity
from gdprdesk.services.bookings import list_bookings, show_booking
from gdprdesk.services.companies import add_company
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, prove_consent, record_consent, withdraw_consent
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.files import FileFormat as SavedAs
from gdprdesk.services.files import export_accountant, export_receipt
from gdprdesk.services.invoices import issue_invoice, show_invoice
from gdprdesk.services.newsletter import list_readers
from gdprdesk.services.notes import add_note
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.reports.accountant import accountant_report
from gdprdesk.services.stop_list import check_stop, explain_stops
from gdprdesk.services.subjects import list_subjects
from tests import lists
from tests.builders import (
    CAKE,
    CHEAP,
    PASSWORD,
    TODAY,
    Clock,
    delivered,
    invoiced,
    order,
    person,
    reopened,
)
from tests.pages import decrypted_pages, vault_key
from tests.texts import read_pdf

pytestmark = pytest.mark.journey


def row(desk: Desk, name: str) -> ActivityDetail:
    found = next(one for one in desk.ask(list_activities) if one.name.startswith(name))
    return desk.ask(show_activity, activity_ref=found.ref)


def words(desk: Desk, purpose: str) -> ConsentTextRef:
    return next(one.ref for one in desk.ask(list_consent_texts) if one.purpose == purpose)


def says_yes(desk: Desk, who: SubjectRef, purpose: str, *channels: str) -> None:
    desk.run(
        record_consent,
        subject_ref=who,
        text_ref=words(desk, purpose),
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
        channels=channels,
        evidence="Formuläret på webbplatsen",
    )


def test_contacts_are_kept_for_questions_and_for_bookings(desk: Desk) -> None:
    """000.1: contact details are saved when somebody asks or books, a person or a company."""
    karin = person(desk, phone="0701740645")
    hotel = desk.run(add_company, name="Hotell Sjön")
    asked = order(desk, karin, state=BookingState.ENQUIRY)
    order(desk, company_ref=hotel, what="Frukost till 20")
    assert desk.ask(show_booking, ref=asked).row.state is BookingState.ENQUIRY
    desk.run(set_booking_state, ref=asked, state=BookingState.CONFIRMED)
    assert {one.who for one in desk.ask(list_bookings).rows} == {"Karin Holm", "Hotell Sjön"}


@pytest.mark.parametrize("channel", list(Channel))
def test_they_come_by_many_ways_and_the_way_is_kept(desk: Desk, channel: Channel) -> None:
    """000.2: they come by phone, SMS, mail, Messenger or in person; so one knows where to erase."""
    karin = person(desk)
    order(desk, karin, channel=channel)
    desk.run(add_note, subject_ref=karin, text="Undrar om öppettider", channel=channel)
    history = desk.ask(show_subject, subject_ref=karin).history
    assert {one.channel for one in history} == {channel}
    elsewhere = {one.recipient for one in desk.ask(preview_erasure, subject_ref=karin).outside}
    assert "Webbhotellet" in elsewhere


def test_only_what_is_needed(desk: Desk) -> None:
    """000.3: no more is asked for than name, phone and mail; identity numbers do not come in."""
    row_of_list = ("Karin Holm", "0701740645", "karin@example.com", "880320-0016")
    header = ("Namn", "Telefon", "E-post", "Personnummer")
    grid = Grid(header=header, rows=(row_of_list,), first_row_number=2, file_format=FileFormat.CSV)
    desk.run(import_people, review=desk.ask(review_list, grid=grid))
    (karin,) = desk.ask(list_subjects).rows
    assert (karin.phone, karin.email) == ("070-174 06 45", "karin@example.com")
    assert b"880320" not in decrypted_pages(desk.folder, vault_key(desk.folder))
    person(desk, "Bara Namn")


def test_the_balance_of_interests_is_written_down(desk: Desk) -> None:
    """000.4: some of it rests on a balance of interests; the register says which, and why."""
    questions = row(desk, "Frågor")
    assert questions.row.legal_basis is LegalBasis.LEGITIMATE_INTEREST
    assert len(questions.basis_note) > 40


def test_a_company_is_invoiced_and_has_its_contact(desk: Desk) -> None:
    """000.5: to invoice a company its details are kept, and who is the contact there."""
    hotel = desk.run(
        add_company, name="Hotell Sjön", org_number="556036-0793", address="Sjövägen 1, Växjö"
    )
    anna = person(desk, "Anna", company_ref=hotel, kind=SubjectKind.COMPANY_CONTACT)
    booking = order(desk, anna, company_ref=hotel)
    shown = desk.ask(show_invoice, ref=desk.run(issue_invoice, booking_ref=booking))
    assert (shown.row.buyer, shown.buyer_org_number, shown.buyer_address) == (
        "Hotell Sjön",
        "556036-0793",
        "Sjövägen 1, Växjö",
    )
    assert desk.ask(show_subject, subject_ref=anna).company == "Hotell Sjön"


def test_an_order_says_what_is_wanted_and_by_whom(desk: Desk) -> None:
    """000.6: about an order, what is to be baked and who booked it is noted."""
    ref = desk.run(
        add_booking,
        what="Prinsesstårta",
        note="Rosa, med texten Grattis",
        subject_ref=person(desk),
        lines=(CAKE,),
        wanted_on=TODAY + timedelta(days=7),
    )
    shown = desk.ask(show_booking, ref=ref)
    assert (shown.row.who, shown.row.note) == ("Karin Holm", "Rosa, med texten Grattis")
    assert desk.ask(list_subjects, search="grattis").total == 1


def test_only_the_bookkeeping_program_and_the_accountant_get_it(desk: Desk, tmp_path: Path) -> None:
    """000.7: nobody else gets it but the bookkeeping program and the accountant."""
    karin = person(desk, phone="0701740645")
    invoiced(desk, karin)
    desk.run(add_note, subject_ref=karin, text="Gillar marsipan")
    got = {one.name for one in row(desk, "Fakturor").recipients}
    assert {"Redovisningsbyrån", "Spiris (tidigare Visma eEkonomi)"} <= got
    file = tmp_path / "accountant.pdf"
    desk.run(export_accountant, year=2026, to=file, format=SavedAs.PDF)
    text = read_pdf(file)
    assert "Karin Holm" in text
    assert "marsipan" not in text
    assert "174 06 45" not in text


def test_bookkeeping_holds_the_invoice_and_not_the_person(desk: Desk, clock: Clock) -> None:
    """000.8: what is needed for the books is kept as long as the bookkeeping law says."""
    karin = person(desk, phone="0701740645")
    invoiced(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    desk.finish()
    assert desk.ask(list_subjects).total == 0
    assert len(desk.ask(accountant_report, year=2026).sections[0].blocks) == 1
    assert b"0701740645" not in decrypted_pages(desk.folder, vault_key(desk.folder))
    clock.go_to(date(2034, 1, 1))
    with reopened(desk, clock) as later:
        later.rest()
        assert b"Karin" not in decrypted_pages(later.folder, vault_key(later.folder))


def test_when_the_job_is_done_there_is_a_day_it_ends(desk: Desk, clock: Clock) -> None:
    """000.9: when the job is done and it is not needed any more, it goes after a time."""
    karin = person(desk, phone="0701740645")
    assert row(desk, "Beställningar").period == "24 months after the last order or contact"
    clock.move(days=10)
    delivered(desk, karin)
    (shown,) = desk.ask(list_subjects).rows
    assert shown.kept_until == date(2028, 12, 1)


def test_no_photo_without_a_yes_for_that_very_place(desk: Desk) -> None:
    """000.10: photos are only published after a yes, for the website and for each social medium."""
    karin = person(desk)
    photo = next(one for one in desk.ask(consents_of, subject_ref=karin) if one.purpose == "photo")
    assert photo.decision is None
    says_yes(desk, karin, "photo", "Instagram")
    photo = next(one for one in desk.ask(consents_of, subject_ref=karin) if one.purpose == "photo")
    assert (photo.decision, photo.channels) == (Decision.GIVEN, ("Instagram",))
    assert desk.ask(list_subjects, purpose="photo").total == 1


def test_only_staff_with_a_password_come_in(desk: Desk, folder: Path) -> None:
    """000.12: computers are locked, and only the staff know the passwords."""
    person(desk)
    desk.lock()
    for who, password in (("owner", "a wrong word"), ("somebody", PASSWORD), ("owner", "")):
        with pytest.raises(WrongPasswordError):
            Desk.unlock(folder, staff=who, password=password, limits=CHEAP)
    for file in folder.rglob("*"):
        assert b"Karin" not in file.read_bytes()


def test_how_it_is_protected_stands_in_the_register(desk: Desk) -> None:
    """000.13: the premises have an alarm; such measures stand beside each processing."""
    for one in desk.ask(list_activities):
        assert desk.ask(show_activity, activity_ref=one.ref).measures


def test_an_allergy_lives_a_week_and_only_for_its_order(desk: Desk, clock: Clock) -> None:
    """000.15, 000.16: health is never kept; but allergies are asked for. So: a yes, and a week."""
    diets = row(desk, "Specialkost")
    assert any(one["special"] for one in diets.categories)
    assert diets.special_condition is not None
    karin = person(desk)
    booking = order(desk, karin, diet="jordnötter")
    invoice = desk.run(issue_invoice, booking_ref=booking)
    assert "nötter" not in str(desk.ask(show_invoice, ref=invoice).lines)
    desk.run(set_booking_state, ref=booking, state=BookingState.COMPLETED)
    clock.move(days=8)
    with reopened(desk, clock) as later:
        later.rest()
        pages = decrypted_pages(later.folder, vault_key(later.folder))
        assert "jordnötter".encode() not in pages
        assert later.ask(show_booking, ref=booking).row.diet == ""


def test_the_newsletter_goes_to_those_who_asked_and_it_can_be_shown(desk: Desk) -> None:
    """000.17: the newsletter is only sent to those who asked for it, by Mailchimp."""
    karin = person(desk, email="karin@example.com")
    person(desk, "Åsa", email="asa@example.com")
    says_yes(desk, karin, "newsletter")
    listed = desk.ask(list_subjects, purpose="newsletter").rows
    assert [(one.name, one.email) for one in listed] == [("Karin Holm", "karin@example.com")]
    newest = next(
        one.ref for one in desk.ask(consents_of, subject_ref=karin) if one.purpose == "newsletter"
    )
    assert newest
    proof = desk.ask(prove_consent, ref=newest)
    assert proof.evidence == "Formuläret på webbplatsen"
    assert "Kafé Lind" in proof.text
    mail = row(desk, "Nyhetsbrev").recipients
    assert [(one.country, bool(one.mechanism)) for one in mail] == [("US", True)]


def test_unsubscribing_is_noted_with_its_day_and_way(desk: Desk, clock: Clock) -> None:
    """000.18: there is a link to unsubscribe in every letter."""
    karin = person(desk)
    says_yes(desk, karin, "newsletter")
    clock.move(days=5)
    ref = desk.run(
        withdraw_consent,
        subject_ref=karin,
        purpose="newsletter",
        method=ConsentMethod.UNSUBSCRIBED,
    )
    proof = desk.ask(prove_consent, ref=ref)
    assert (proof.decided_on, proof.method) == (
        TODAY + timedelta(days=5),
        ConsentMethod.UNSUBSCRIBED,
    )
    assert desk.ask(list_subjects, purpose="newsletter").total == 0


def test_an_address_that_unsubscribed_does_not_come_back_with_a_list(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    """000.18: whoever has unsubscribed gets no newsletter, whatever list is taken in later."""
    old = lists.mailchimp(
        tmp_path / "subscribed.csv", lists.SUBSCRIBED, {"Email Address": "Karin@Example.com"}
    )
    karin = person(desk, email="karin@example.com")
    says_yes(desk, karin, "newsletter")
    desk.run(
        withdraw_consent,
        subject_ref=karin,
        purpose="newsletter",
        method=ConsentMethod.UNSUBSCRIBED,
    )
    desk.run(erase_subject, subject_ref=karin)
    clock.move(days=700)
    assert desk.run(import_people, review=desk.ask(review_list, grid=read_grid(old))).stopped == 1
    assert desk.ask(list_subjects).total == 0
    assert "gets no newsletters unless" in desk.ask(explain_stops, email="karin@example.com")
    again = person(desk, email="karin@example.com")  # nobody stops her from ordering
    order(desk, again)
    assert desk.ask(list_readers).readers == ()
    says_yes(desk, again, "newsletter")  # a fresh yes counts, and the old no does not
    assert [one.contact for one in desk.ask(list_readers).readers] == ["karin@example.com"]
    assert desk.ask(check_stop, value="karin@example.com").found == ()


def test_cookies_stand_in_the_register(desk: Desk) -> None:
    """000.19: the website has cookies that show how it is used; the register has a row for it."""
    website = row(desk, "Webbplats")
    assert website.row.legal_basis is LegalBasis.CONSENT
    assert any("kakor" in one["text"].casefold() for one in website.categories)


def test_whoever_asks_sees_everything_and_is_erased(desk: Desk, tmp_path: Path) -> None:
    """000.20: on request a person sees what is kept about her, or has it erased."""
    karin = person(desk, phone="0701740645", email="karin@example.com")
    delivered(desk, karin)
    file = tmp_path / "karin.zip"
    desk.run(export_person, subject_ref=karin, to=file)
    with zipfile.ZipFile(file) as packed:
        copy = json.loads(packed.read("copy.json"))
    assert set(copy["records"]) == {"contact_detail", "booking"}
    assert desk.run(erase_subject, subject_ref=karin).state is ErasureState.DONE
    desk.finish()
    assert desk.check().residue == 0
    receipt = tmp_path / "receipt.pdf"
    desk.run(export_receipt, subject_ref=karin, to=receipt)
    assert "Karin" not in read_pdf(receipt)


def test_erasure_may_wait_until_a_finished_service_is_paid(desk: Desk, clock: Clock) -> None:
    """000.21: erasure may be refused while payment for a finished service is open."""
    karin = person(desk)
    cake = delivered(desk, karin, paid_on=None)
    receipt = desk.run(erase_subject, subject_ref=karin)
    assert [(one["kind"], one["reason"]) for one in receipt.keep] == [("booking", "17(3)(e)")]
    desk.run(set_booking_paid, ref=cake, paid_on=TODAY)
    with reopened(desk, clock) as later:
        assert later.ask(show_receipt, subject_ref=karin).state is ErasureState.DONE
        with pytest.raises(DomainError):
            later.ask(show_subject, subject_ref=karin)


def test_what_the_books_need_is_refused_with_ground_and_day(desk: Desk, tmp_path: Path) -> None:
    """000.22: erasure may be refused for what correct bookkeeping needs; she is told until when."""
    karin = person(desk)
    invoiced(desk, karin)
    (kept,) = desk.ask(preview_erasure, subject_ref=karin).keep
    assert (kept.said, kept.until) == ("Invoice 1", date(2033, 12, 31))
    desk.run(erase_subject, subject_ref=karin)
    file = tmp_path / "receipt.pdf"
    desk.run(export_receipt, subject_ref=karin, to=file)
    text = read_pdf(file)
    assert "bokföringslagen" in text
    assert "31 december 2033" in text
    assert "artikel 17.3 b" in text
