"""What the columns of a customer list hold, guessed from their headings and their looks.

The headings are those of Swedish, Norwegian and English lists: as people type them, and as
Fortnox, Visma, Mailchimp, Outlook, Google and Shopify write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, StrEnum
from itertools import accumulate

from gdprdesk.domain.text import digits, fold
from gdprdesk.i18n import N_, _


class Field(StrEnum):
    """What a column of a customer list holds."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    CITY = "city"
    COMPANY = "company"
    ORG_NUMBER = "org_number"
    CUSTOMER_NUMBER = "customer_number"
    NEWSLETTER = "newsletter"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    NOTE = "note"
    IDENTITY_NUMBER = "identity_number"
    OTHER_CONTACT = "other_contact"
    ORDER = "order"
    ORDER_DAY = "order_day"
    ORDER_TIME = "order_time"
    ORDER_MINUTES = "order_minutes"
    ORDER_STATE = "order_state"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        """Return the name of the field in the language spoken."""
        return _(_LABELS[self])


_LABELS = {
    Field.NAME: N_("Name"),
    Field.FIRST_NAME: N_("First name"),
    Field.LAST_NAME: N_("Last name"),
    Field.EMAIL: N_("E-mail"),
    Field.PHONE: N_("Phone"),
    Field.ADDRESS: N_("Address"),
    Field.POSTCODE: N_("Postcode"),
    Field.CITY: N_("Town"),
    Field.COMPANY: N_("Company"),
    Field.ORG_NUMBER: N_("Company registration number"),
    Field.CUSTOMER_NUMBER: N_("Customer number"),
    Field.NEWSLETTER: N_("Newsletter"),
    Field.UNSUBSCRIBED: N_("Unsubscribed on"),
    Field.BOUNCED: N_("Letters came back on"),
    Field.NOTE: N_("Note"),
    Field.IDENTITY_NUMBER: N_("Personal identity number (is left out)"),
    Field.OTHER_CONTACT: N_("Other way to reach her"),
    Field.ORDER: N_("Order"),
    Field.ORDER_DAY: N_("Wanted on"),
    Field.ORDER_TIME: N_("Wanted at"),
    Field.ORDER_MINUTES: N_("Minutes"),
    Field.ORDER_STATE: N_("How far it has come"),
    Field.IGNORE: N_("Leave out"),
}

# Several columns may hold one of these; of every other field there is one column at most.
REPEATABLE = frozenset({Field.EMAIL, Field.PHONE, Field.ADDRESS, Field.NOTE, Field.OTHER_CONTACT})
OF_AN_ORDER = frozenset(
    {
        Field.ORDER,
        Field.ORDER_DAY,
        Field.ORDER_TIME,
        Field.ORDER_MINUTES,
        Field.ORDER_STATE,
    }
)
_OF_AN_ADDRESS = frozenset({Field.POSTCODE, Field.CITY})
_ANY_NUMBER = REPEATABLE | {Field.IDENTITY_NUMBER, Field.IGNORE}

# Whole headings, folded to their letters: "E-postadress 2" is "epostadress".
_HEADINGS = {
    Field.NAME: (
        "namn navn name fullname fullstandigtnamn fulltnavn fornamnochefternamn kundnamn "
        "kundenavn kund kunde customer customername displayname visningsnamn visningsnavn"
    ),
    Field.FIRST_NAME: "fornamn fornavn tilltalsnamn firstname givenname forename fname",
    Field.LAST_NAME: "efternamn etternavn slektsnavn lastname surname familyname lname",
    Field.EMAIL: (
        "epost epostadress epostadresse mejl mejladress mail mailadress mailadresse email "
        "emailaddress emailadress emailvalue"
    ),
    Field.PHONE: (
        "telefon tel tlf tfn telefonnr telefonnummer telnr tlfnr mobil mobilnr mobilnummer "
        "mobiltelefon mobiltlf phone phonenumber phonevalue mobile mobilephone mobilenumber sms"
    ),
    Field.ADDRESS: (
        "adress adresse address gata gate street gatuadress gateadresse streetaddress "
        "utdelningsadress postadress postadresse fakturaadress fakturaadresse leveransadress "
        "leveringsadresse besoksadress besoksadresse homestreet businessstreet addressstreet"
    ),
    Field.POSTCODE: "postnr postnummer postkod zip zipcode postalcode postcode",
    Field.CITY: "ort postort stad by poststed sted city town",
    Field.COMPANY: (
        "foretag foretagsnamn firma firmanamn firmanavn bolag bolagsnamn bedrift bedriftsnavn "
        "selskap company companyname organisation organisationsnamn organization organizationname"
    ),
    Field.ORG_NUMBER: (
        "orgnr orgnummer organisationsnr organisationsnummer organisasjonsnr "
        "organisasjonsnummer companynumber"
    ),
    Field.CUSTOMER_NUMBER: (
        "kundnr kundnummer kundenr kundenummer kundid kundeid customernumber customerno "
        "customerid medlemsnr medlemsnummer"
    ),
    Field.NEWSLETTER: "nyhetsbrev newsletter utskick optin marketing subscribed prenumererar",
    Field.UNSUBSCRIBED: (
        "unsubtime unsubscribed unsubscribedat unsubscribedon unsubscribedate avregistrerad "
        "avanmald avmeldt"
    ),
    Field.BOUNCED: "cleantime",
    Field.NOTE: (
        "anteckning anteckningar notering noteringar kommentar kommentarer ovrigt merknad "
        "merknader notat notater note notes comment comments"
    ),
}
_FIELD_OF = {word: field for field, words in _HEADINGS.items() for word in words.split()}

# Outlook has an address for each of these: "Ort (arbete)", "Gate (privat)".
_PLACES = "arbete|arbeid|foretag|jobb|hem|hjemme|bostad|privat|annan|annat|annen|andre"

# Parts of longer headings, the most telling first: "Telefon (arbete)", "Default Address Zip".
_PARTS = (
    (
        Field.IDENTITY_NUMBER,
        "personn(r|um)|persnr|person?org|orgn?r?pers|fodselsn|samordningsn|socialsec",
    ),
    (Field.IDENTITY_NUMBER, "^(pnr|fnr|ssn|dnummer|dnr)$"),
    (
        Field.IGNORE,
        "label|type$|typ$|display|visningsna[mv]n|fa(?:x|ks)|web|^ipad|dato?$|datum|date$|time$|country|province|region",
    ),
    (Field.NEWSLETTER, "nyhetsbrev|newsletter|marketing|markedsforing|marknadsforing"),
    (Field.POSTCODE, "postnr|postnummer|postalcode|postcode|zip"),
    (Field.EMAIL, "epost|email|mejladr|mailadr"),
    (Field.PHONE, "telefon|mobil|phone|tlf"),
    (Field.FIRST_NAME, "fornamn|fornavn|firstname|givenname"),
    (Field.LAST_NAME, "efternamn|etternavn|lastname|surname|familyname"),
    (
        Field.CITY,
        f"postort|poststed|city$|^(?:ort|stad|by|sted)(?:{_PLACES})$|(?:adress|leverans)ort$",
    ),
    (Field.ORG_NUMBER, "orgnr|orgnum|organisationsnum|organisasjonsnum"),
    (Field.CUSTOMER_NUMBER, "kunden?r|kunde?num|kundnr|customern"),
    (Field.COMPANY, "foretag|company|firma|bedrift|organi[sz]ation"),
    (Field.ADDRESS, f"add?ress|street|^gat[ae](?:{_PLACES})$"),
    (Field.NOTE, "anteckning|notering|kommentar|merknad|comment|^notes"),
    (Field.NAME, "^kontakt|^contact|referens|bestallare|^bestiller"),
)
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _PARTS)
# What only Mailchimp writes above its columns.
_OF_A_MEMBER, _OF_MAILCHIMP = "memberrating", {"leid", "euid", "optintime"}
_NO_LETTERS = re.compile(r"[\W\d_]+")
_NUMBER = re.compile(r"\d+")

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"(?:\+|0)(?:[\s\-/()]*\d){6,14}")
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}-)?(?:\d{3} ?\d{2}|\d{4})")
_PERSON = re.compile(r"[^\W\d_]+(?:[ '\u2019.-]+[^\W\d_]+)+")
_MOST = 0.6


class _Trust(IntEnum):
    """How far a guess is to be believed."""

    NONE = 0
    LOOKS = 1
    PART = 2
    WHOLE = 3


def guess_columns(header: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> tuple[Field, ...]:
    """Return what each column holds, one field a column; what is not understood is left out.

    A column of personal identity numbers is always recognised as such, by its heading or by its
    numbers, whatever else it claims to be: they need a reason of their own to be kept
    (dataskyddslagen 3 kap. 10 §, personopplysningsloven § 12) and do not come in with a list.
    """
    values = [
        [row[index].strip() for row in sample_rows if index < len(row) and row[index].strip()]
        for index in range(len(header))
    ]
    guesses = [_guess(heading, cells) for heading, cells in zip(header, values, strict=True)]
    fields = [field for field, _trust in guesses]
    begun = _addresses_begun(fields)
    for index, (field, trust) in enumerate(guesses):
        better = (
            other != index
            and rival is field
            and (-strength, other) < (-trust, index)
            and (field not in _OF_AN_ADDRESS or begun[other] == begun[index])
            for other, (rival, strength) in enumerate(guesses)
        )
        if field not in _ANY_NUMBER and any(better):
            fields[index] = Field.IGNORE
    if {Field.FIRST_NAME, Field.LAST_NAME} <= set(fields) and Field.NAME in fields:
        fields[fields.index(Field.NAME)] = Field.IGNORE
    return tuple(fields)


def _addresses_begun(fields: Sequence[Field]) -> list[int]:
    """Return how many streets begin before or at each column: each has a town of its own."""
    starts = (
        field is Field.ADDRESS and (not index or fields[index - 1] is not Field.ADDRESS)
        for index, field in enumerate(fields)
    )
    return list(accumulate(map(int, starts)))


def is_mailing_list(header: Sequence[str]) -> bool:
    """Return whether a list is one of newsletter readers, as Mailchimp writes it."""
    letters = set(map(_letters, header))
    return _OF_A_MEMBER in letters and not letters.isdisjoint(_OF_MAILCHIMP)


def heading_words(heading: str) -> str:
    """Return a heading as it is compared with those of other lists."""
    return " ".join(fold(heading).split())


def field_under(heading: str, known: Mapping[str, Field]) -> Field:
    """Return what a column holds by its heading; "#" in a known one stands for any number."""
    words = heading_words(heading)
    found = known.get(words) or known.get(_NUMBER.sub("#", words))
    return found or Field.IGNORE


def recognised(cells: Sequence[str]) -> int:
    """Return how many of the cells are words that lists have as headings."""
    return sum(_by_heading(cell)[1] is _Trust.WHOLE for cell in cells if cell)


def is_identity_number(text: str) -> bool:
    """Return whether a text is a Swedish or Norwegian personal identity number.

    Coordination numbers (samordningsnummer) and D-numbers are meant as well. Day and check digits
    must be right, so a phone number or an organisation number is hardly ever taken for one.
    """
    if not re.fullmatch(r"\d{6}(?:\d{2})?[-+ ]?\d{4,5}", text.strip()):
        return False
    number = digits(text)
    if len(number) == _NORWEGIAN_LENGTH:
        return _is_norwegian(number)
    return _is_swedish(number[-10:]) if len(number) in _SWEDISH_LENGTHS else False


_NORWEGIAN_LENGTH = 11
_SWEDISH_LENGTHS = (10, 12)
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_FIRST_CHECK = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_CHECK = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def _is_swedish(number: str) -> bool:
    month, day = int(number[2:4]), int(number[4:6])
    spread = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(number))
    right = sum(map(int, spread)) % 10 == 0
    return right and month in _MONTHS and (day in _DAYS or day - 60 in _DAYS)


def _is_norwegian(number: str) -> bool:
    day, month = int(number[:2]), int(number[2:4])
    right = all(
        sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11 == 0
        for weights in (_FIRST_CHECK, _SECOND_CHECK)
    )
    return right and month in _MONTHS and (day in _DAYS or day - 40 in _DAYS)


def _guess(heading: str, values: Sequence[str]) -> tuple[Field, _Trust]:
    field, trust = _by_heading(heading)
    if field not in {Field.EMAIL, Field.PHONE} and _mostly(is_identity_number, values):
        return Field.IDENTITY_NUMBER, _Trust.WHOLE
    if trust is _Trust.NONE:
        return _by_looks(values, nameless=not heading.strip())
    if _letters(heading) == "postadress" and values and not any(map(digits, values)):
        return Field.CITY, _Trust.PART  # Swedish programs call the town so, beside a street
    return field, trust


def _by_heading(heading: str) -> tuple[Field, _Trust]:
    letters = _letters(heading)
    if letters in _FIELD_OF:
        return _FIELD_OF[letters], _Trust.WHOLE
    found = (field for field, pattern in _PATTERNS if letters and pattern.search(letters))
    field = next(found, None)
    return (Field.IGNORE, _Trust.NONE) if field is None else (field, _Trust.PART)


def _by_looks(values: Sequence[str], *, nameless: bool) -> tuple[Field, _Trust]:
    looks = [(Field.EMAIL, _EMAIL), (Field.PHONE, _PHONE)]
    if nameless:
        looks += [(Field.POSTCODE, _POSTCODE), (Field.NAME, _PERSON)]
    for field, look in looks:
        if _mostly(look.fullmatch, values):
            return field, _Trust.LOOKS
    return Field.IGNORE, _Trust.NONE


def _mostly(is_one: Callable[[str], object], values: Sequence[str]) -> bool:
    return bool(values) and sum(map(bool, map(is_one, values))) >= _MOST * len(values)


def _letters(heading: str) -> str:
    return _NO_LETTERS.sub("", fold(heading))
