"""What the columns of real programs' lists are taken for."""

from __future__ import annotations

import pytest

from gdprdesk.domain.columns import Field, guess_columns, is_identity_number
from gdprdesk.i18n import language

F = Field


def guessed(header: str, *rows: str) -> list[Field]:
    """Return the guesses for a heading and rows written with semicolons."""
    return list(guess_columns(header.split(";"), [row.split(";") for row in rows]))


# What each program writes above its columns, and what that is.
_PROGRAMS = {
    "fortnox": """
        Kundnr                        customer_number
        Namn                          name
        Organisationsnr               org_number
        Adress 1                      address
        Adress 2                      address
        Postnr                        postcode
        Ort                           city
        E-post                        email
        Telefon 1                     phone
        Mobil                         phone
        Fax                           ignore
    """,
    "norwegian": """
        Kundenummer                   customer_number
        Navn                          name
        Adresse                       address
        Postnummer                    postcode
        Poststed                      city
        E-postadresse                 email
        Telefonnr                     phone
        Mobil                         phone
        Merknad                       note
    """,
    "mailchimp": """
        Email Address                 email
        First Name                    first_name
        Last Name                     last_name
        Phone Number                  phone
        MEMBER_RATING                 ignore
        OPTIN_TIME                    ignore
        OPTIN_IP                      ignore
        NOTES                         note
    """,
    "outlook": """
        First Name                    first_name
        Last Name                     last_name
        Company                       company
        Home Street                   address
        Home City                     city
        Home Postal Code              postcode
        Home Country/Region           ignore
        Mobile Phone                  phone
        E-mail Address                email
        E-mail Type                   ignore
        E-mail Display Name           ignore
        Notes                         note
    """,
    "outlook_swedish": """
        Förnamn                       first_name
        Efternamn                     last_name
        Gatuadress (arbete)           address
        Gatuadress 2 (arbete)         address
        Ort (arbete)                  city
        Postnummer (arbete)           postcode
        Gatuadress (hem)              address
        Ort (hem)                     city
        Postnummer (hem)              postcode
        Fax (arbete)                  ignore
        Telefon (hem)                 phone
        E-postadress                  email
        E-post - visningsnamn         ignore
        Webbadress                    ignore
    """,
    "outlook_norwegian": """
        Fornavn                       first_name
        Etternavn                     last_name
        Gate (arbeid)                 address
        Poststed (arbeid)             city
        Postnummer (arbeid)           postcode
        Gate (privat)                 address
        Poststed (privat)             city
        Postnummer (privat)           postcode
        Faks (arbeid)                 ignore
        E-postadresse                 email
        Visningsnavn for e-post       ignore
    """,
    "two_addresses": """
        Namn                          name
        Fakturaadress                 address
        Postnummer                    postcode
        Ort                           city
        Leveransadress                address
        Leveransadress - postnummer   postcode
        Leveransadress - ort          city
    """,
    "google": """
        Name                          ignore
        Given Name                    first_name
        Family Name                   last_name
        E-mail 1 - Label              ignore
        E-mail 1 - Value              email
        Phone 1 - Value               phone
        Address 1 - Street            address
        Address 1 - City              city
        Address 1 - Postal Code       postcode
        Organization Name             company
    """,
    "shopify": """
        Customer ID                   customer_number
        First Name                    first_name
        Last Name                     last_name
        Email                         email
        Accepts Email Marketing       newsletter
        Default Address City          city
        Default Address Zip           postcode
        Default Address Country Code  ignore
        Phone                         phone
    """,
    "by_hand": """
        Förnamn                       first_name
        Efternamn                     last_name
        Mejl                          email
        Telefon (arbete)              phone
        Gatuadress                    address
        Postnummer                    postcode
        Postort                       city
        Nyhetsbrev                    newsletter
        Övrigt                        note
        Allergi                       ignore
        Födelsedag                    ignore
    """,
}


@pytest.mark.parametrize("program", _PROGRAMS)
def test_headings_of_known_programs(program) -> None:
    lines = [line.rsplit(maxsplit=1) for line in _PROGRAMS[program].strip().splitlines()]
    headings, fields = zip(*lines, strict=True)
    assert guessed(";".join(heading.strip() for heading in headings)) == list(fields)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Fornavn;Etternavn;Tlf.;Firma;Org.nr", "first_name last_name phone company org_number"),
        ("Företag;Kontaktperson;E-post", "company name email"),
        ("Namn;Kontaktperson;E-post", "name ignore email"),
        ("NAMN;e-MAIL ;TEL", "name email phone"),
    ],
)
def test_headings_as_people_type_them(header, fields) -> None:
    assert guessed(header) == fields.split()


def test_columns_without_a_heading_are_known_by_their_looks() -> None:
    assert guessed(
        ";;;;",
        "Åsa Öberg;asa@example.com;070-123 45 67;223 50;x",
        "Bo Bjørk-Ek;bo@example.com;+47 22 33 44 55;0150;",
    ) == [F.NAME, F.EMAIL, F.PHONE, F.POSTCODE, F.IGNORE]


def test_an_unknown_heading_above_addresses_is_an_address() -> None:
    assert guessed("Inloggning;Kod", "a@example.com;12345") == [F.EMAIL, F.IGNORE]


def test_a_heading_beats_the_looks_of_another_column() -> None:
    header = "Kund;"
    assert guessed(header, "Bageriet;Åsa Öberg") == [F.NAME, F.IGNORE]


def test_the_postal_address_that_is_a_town_is_a_town() -> None:
    assert guessed("Adress;Postnr;Postadress", "Gatan 1;22350;Lund")[2] is F.CITY
    assert guessed("Namn;Postadress", "Bo;Box 12, 223 50 Lund")[1] is F.ADDRESS


@pytest.mark.parametrize(
    "heading",
    ["Personnummer", "Personnr", "Pnr", "Person-/organisationsnr", "Org.nr/personnr",
     "Fødselsnummer (11 siffer)", "Fnr", "Samordningsnummer"],
)  # fmt: skip
def test_identity_numbers_are_known_by_their_heading(heading) -> None:
    assert guessed(heading) == [F.IDENTITY_NUMBER]


@pytest.mark.parametrize("heading", ["", "Kundnr", "Org.nr", "Anteckning", "Namn"])
def test_identity_numbers_are_known_whatever_stands_above_them(heading) -> None:
    assert guessed(heading, "19880320-0016", "8803200016", "") == [F.IDENTITY_NUMBER]
    assert guessed(heading, "15108695088") == [F.IDENTITY_NUMBER]


def test_a_personnamn_is_a_name_and_no_identity_number() -> None:
    assert guessed("Personnamn") == [F.IGNORE]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("880320-0016", True),
        ("19880320-0016", True),
        ("880320+0016", True),
        ("701063-2391", True),  # samordningsnummer: the day plus 60
        ("15108695088", True),
        ("151086 95088", True),
        ("880320-0018", False),  # wrong check digit
        ("556036-0793", False),  # an organisation number: its month is 20 or more
        ("15108695077", False),
        ("0701234567", False),
        ("99999", False),
        ("", False),
    ],
)
def test_identity_numbers_by_their_check_digits(text, is_one) -> None:
    assert is_identity_number(text) is is_one


def test_every_field_has_a_label() -> None:
    with language("en"):
        assert all(field.label for field in Field)
        assert Field.CITY.label == "Town"
