"""Lists as outside programs really write them: they come in right without being matched.

Where the headings of a program are known is said beside each; where they were not found with
certainty (Fortnox, Visma eEkonomi, Paloma, Outlook in Swedish and Norwegian), the general guess is
used, and tested on the words those programs show on their pages. The people are made up.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.imports import read_grid
from gdprdesk.services.import_mappings import suggest_columns
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import ImportReview, review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects

# Read and written so by several public programs; each has the same line.
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,"
    "Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
    "Address 1 - Extended Address"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,"
    "Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,"
    "Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
    "Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,"
    "Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - Postal Code"
)
# The whole line as public programs write it for Outlook.
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
    "Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,"
    "Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,"
    "Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,"
    "Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,"
    "Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,"
    "Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,"
    "TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,Birthday,"
    "Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,"
    "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,"
    "E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,"
    "Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,"
    "Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,"
    "Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page"
)
# A public program writes the same file as Stripe does, word for word.
STRIPE = (
    "id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend,Payment Count,"
    "Refunded Volume,Dispute Losses"
)
# Quoted above the code of several public programs that read it.
MAILCHIMP = (
    "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,"
    "LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)
# Two public programs read an export by these headings.
MAILERLITE = "Subscriber,Name,Last name,Sent,Opens,Clicks,Subscribed,Location"
# hjelp.fiken.no, "Import av kunder", names the columns.
FIKEN = "Navn,Orgnr,Adresse,Adresse2,Postnr,Poststed,Land,E-post,Telefon,Medlemsnummer"
# Not found with certainty: the words that the pages and the interfaces of the programs use.
FORTNOX = "Kundnr,Namn,Adress 1,Adress 2,Postnr,Ort,Telefon 1,E-post,Organisationsnr"
VISMA = "Kundnummer,Namn,Fakturaadress,Postnr,Ort,Telefon,Mobiltelefon,E-postadress,Anteckningar"
PALOMA = "E-postadress,Förnamn,Efternamn"
OUTLOOK_SV = "Förnamn,Efternamn,Företag,E-postadress,Mobiltelefon,Postnummer,Ort,Anteckningar"
OUTLOOK_NB = "Fornavn,Etternavn,Firma,E-postadresse,Mobiltelefon,Postnummer,Poststed,Merknader"

ASA = {"name": "Åsa Öberg", "email": "asa@example.com", "phone": "070-174 06 45"}


def written(header: str, **cells: str) -> bytes:
    """Return a list with one person, in the columns named with "_" for what is no letter."""
    headings = next(csv.reader([header]))
    places = {"".join(c if c.isalnum() else "_" for c in one): one for one in headings}
    assert set(cells) <= set(places), set(cells) - set(places)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headings, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerow({places[key]: value for key, value in cells.items()})
    return text.getvalue().encode()


LISTS = {
    "Google contacts": written(
        GOOGLE,
        First_Name="Åsa",
        Last_Name="Öberg",
        Labels="* myContacts",
        Notes="Gillar ærter",
        E_mail_1___Value="asa@example.com ::: asa.oberg@example.com",
        Phone_1___Label="Mobile",
        Phone_1___Value="070-174 06 45",
        Address_1___Street="Södra vägen 1",
        Address_1___City="Växjö",
        Address_1___Postal_Code="01230",
    ),
    "Google contacts, before 2024": written(
        GOOGLE_OLD,
        Name="Åsa Maria Öberg",
        Given_Name="Åsa",
        Family_Name="Öberg",
        Group_Membership="* myContacts",
        E_mail_1___Value="asa@example.com",
        Phone_1___Value="070-174 06 45",
        Address_1___Street="Södra vägen 1",
        Address_1___City="Växjö",
        Address_1___Postal_Code="01230",
    ),
    "Outlook contacts": written(
        OUTLOOK,
        First_Name="Åsa",
        Last_Name="Öberg",
        Business_Street="Torget 2",
        Business_City="Lund",
        Business_Postal_Code="223 50",
        Home_Street="Södra vägen 1",
        Home_City="Växjö",
        Home_Postal_Code="01230",
        Mobile_Phone="070-174 06 45",
        Business_Fax="046-12 34 56",
        E_mail_Address="asa@example.com",
        E_mail_Type="SMTP",
        E_mail_Display_Name="Åsa Öberg (asa@example.com)",
        Gender="Unspecified",
    ),
    "Stripe": written(
        STRIPE,
        id="cus_0001",
        Email="asa@example.com",
        Name="Åsa Öberg",
        Created__UTC_="2026-01-02 10:00",
        Delinquent="false",
    ),
    "Mailchimp": written(
        MAILCHIMP,
        Email_Address="asa@example.com",
        First_Name="Åsa",
        Last_Name="Öberg",
        MEMBER_RATING="2",
        OPTIN_IP="192.0.2.1",
        LEID="90498395",
        EUID="810826c56e",
    ),
    "MailerLite": written(
        MAILERLITE,
        Subscriber="asa@example.com",
        Name="Åsa",
        Last_name="Öberg",
        Sent="12",
        Subscribed="2024-01-02 10:00:00",
        Location="Sweden",
    ),
    "Fiken": written(
        FIKEN,
        Navn="Åsa Öberg",
        Adresse="Søndre vei 1",
        Postnr="0150",
        Poststed="Oslo",
        E_post="asa@example.com",
        Telefon="+46 70-174 06 45",
        Medlemsnummer="0077",
    ),
    "Fortnox": written(
        FORTNOX,
        Kundnr="0077",
        Namn="Åsa Öberg",
        Adress_1="Södra vägen 1",
        Postnr="01230",
        Ort="Växjö",
        Telefon_1="070-174 06 45",
        E_post="asa@example.com",
    ),
    "Visma eEkonomi": written(
        VISMA,
        Kundnummer="0077",
        Namn="Åsa Öberg",
        Fakturaadress="Södra vägen 1",
        Postnr="01230",
        Ort="Växjö",
        Mobiltelefon="070-174 06 45",
        E_postadress="asa@example.com",
    ),
    "Paloma": written(PALOMA, E_postadress="asa@example.com", Förnamn="Åsa", Efternamn="Öberg"),
    "Outlook, Swedish": written(
        OUTLOOK_SV,
        Förnamn="Åsa",
        Efternamn="Öberg",
        E_postadress="asa@example.com",
        Mobiltelefon="070-174 06 45",
        Postnummer="01230",
        Ort="Växjö",
    ),
    "Outlook, Norwegian": written(
        OUTLOOK_NB,
        Fornavn="Åsa",
        Etternavn="Öberg",
        E_postadresse="asa@example.com",
        Mobiltelefon="+46701740645",
        Postnummer="0150",
        Poststed="Oslo",
    ),
}
KNOWN = {
    "Google contacts": "Google contacts",
    "Google contacts, before 2024": "Google contacts",
    "Outlook contacts": "Outlook contacts",
    "Stripe": "Stripe",
    "Mailchimp": "Mailchimp",
    "MailerLite": "MailerLite",
    "Fiken": "Fiken",
}
WITHOUT_PHONE = {"Stripe", "Mailchimp", "MailerLite", "Paloma"}
BESIDE = {
    "Google contacts": {"asa.oberg@example.com", "Södra vägen 1, 01230 Växjö"},
    "Google contacts, before 2024": {"Södra vägen 1, 01230 Växjö"},
    "Outlook contacts": {"Torget 2, 223 50 Lund", "Södra vägen 1, 01230 Växjö"},
    "Fiken": {"Søndre vei 1, 0150 Oslo", "Customer number 0077"},
    "Fortnox": {"Södra vägen 1, 01230 Växjö", "Customer number 0077"},
    "Visma eEkonomi": {"Södra vägen 1, 01230 Växjö", "Customer number 0077"},
    "Outlook, Swedish": {"01230 Växjö"},
    "Outlook, Norwegian": {"0150 Oslo"},
}


def reviewed(desk: Desk, folder: Path, content: bytes) -> ImportReview:
    path = folder / "list.csv"
    path.write_bytes(content)
    return desk.ask(review_list, grid=read_grid(path))


@pytest.mark.parametrize("program", LISTS)
def test_a_list_of_a_known_program_comes_in_right(desk: Desk, tmp_path: Path, program: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LISTS[program])
    suggested = desk.ask(suggest_columns, grid=read_grid(path))
    assert suggested.name == KNOWN.get(program, "")
    desk.run(import_people, review=reviewed(desk, tmp_path, LISTS[program]))
    (row,) = desk.ask(list_subjects).rows
    wanted = {**ASA, "phone": ""} if program in WITHOUT_PHONE else ASA
    assert {key: getattr(row, key) for key in wanted} == wanted
    contacts = {one.value for one in desk.ask(show_subject, subject_ref=row.ref).contacts}
    assert contacts == {one for one in (*wanted.values(),) if one != "Åsa Öberg" and one} | (
        BESIDE.get(program, set())
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "cp850"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_list_is_read_whatever_its_letters_and_separator(
    desk: Desk, tmp_path: Path, encoding: str, separator: str
) -> None:
    lines = ["Kundnr,Namn,Postnr,Telefon", "0077,Åsa Öberg,01230,070-1740645"]
    lines.append("0078,Sæbjørg Ærø Åkesson-Östergård,0150,")
    text = "\r\n".join(lines).replace(",", separator)
    path = tmp_path / "list.txt"
    path.write_bytes(text.encode(encoding))
    grid = read_grid(path)
    assert grid.rows == (
        ("0077", "Åsa Öberg", "01230", "070-1740645"),
        ("0078", "Sæbjørg Ærø Åkesson-Östergård", "0150", ""),
    )


def test_receipts_of_zettle_have_nobody_in_them(desk: Desk, tmp_path: Path) -> None:
    receipts = "Datum;Tid;Kvittonummer;Belopp;Avgift;Netto;Korttyp;Sista siffror;Personal\r\n"
    receipts += "2026-11-20;10:15;1204;125,00;2,19;122,81;VISA;0042;Petra\r\n"
    with pytest.raises(DomainError, match="receipts from Zettle: there are no people in it"):
        reviewed(desk, tmp_path, receipts.encode())


def test_a_mailing_list_gives_nobody_a_yes(desk: Desk, tmp_path: Path) -> None:
    for program in ("Mailchimp", "MailerLite"):
        review = reviewed(desk, tmp_path, LISTS[program])
        assert review.of_readers
        assert any("A yes needs its proof" in remark for remark in review.remarks)
