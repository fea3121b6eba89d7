"""The published schema of a person's copy takes what is right and refuses what is not."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from gdprdesk.domain.base import kind_name, personal_kinds
from gdprdesk.resources import resource

SCHEMA = json.loads(resource("schema/person.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
COMMON = {"activity": "Orders", "recorded_on": "2026-11-21"}
LINE = {
    "text": "Cinnamon bun",
    "quantity": "2",
    "price": "32.00",
    "rate": "6",
    "net": "60.38",
    "vat": "3.62",
}
KARIN = {
    "$schema": "person.schema.json",
    "format": "gdprdesk-person",
    "version": 1,
    "made_at": "2026-11-21T12:00:00+00:00",
    "language": "sv",
    "controller": {"name": "Kafé Lind", "country": "SE", "currency": "SEK"},
    "person": {
        "ref": "a1",
        "name": "Karin Holm",
        "kind": "customer",
        "language": None,
        "registered_on": "2021-03-03",
    },
    "records": {
        "contact_detail": [
            {"ref": "b1", **COMMON, "kind": "phone", "value": "070-174 06 45"},
        ],
        "booking": [
            {
                "ref": "b2",
                **COMMON,
                "number": "2210",
                "what": "Buns",
                "lines": [LINE],
                "channel": "phone",
                "state": "confirmed",
                "wanted_on": None,
            }
        ],
        "attachment": [
            {
                "ref": "b3",
                **COMMON,
                "file_name": "cake.png",
                "media_type": "image/png",
                "size": 3,
                "sha256": "0" * 64,
                "path": "files/cake.png",
            }
        ],
    },
    "why": [
        {
            "activity": "Orders",
            "purpose": "Bake",
            "legal_basis": "Contract",
            "period": "24 months",
            "kept_until": "2028-11-21",
            "recipients": ["The accountant"],
            "source": "Herself",
        }
    ],
}


def refused(document) -> bool:
    return not VALIDATOR.is_valid(document)


@pytest.fixture
def karin():
    return copy.deepcopy(KARIN)


def test_the_schema_is_one_and_takes_a_whole_person(karin) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert not refused(karin)


def test_every_kind_of_record_has_its_definition() -> None:
    kinds = {kind_name(kind) for kind in personal_kinds()}
    assert set(SCHEMA["properties"]["records"]["properties"]) == kinds
    assert kinds <= set(SCHEMA["$defs"])


def test_a_kind_not_known_yet_is_taken_as_a_record(karin) -> None:
    karin["records"]["warranty"] = [{"ref": "c1", **COMMON, "box": 4}]
    assert not refused(karin)
    karin["records"]["warranty"] = [{"box": 4}]
    assert refused(karin)


def spoil_version(karin):
    karin["version"] = 2


def spoil_amount(karin):
    karin["records"]["booking"][0]["lines"][0]["net"] = 60.38


def spoil_day(karin):
    karin["records"]["booking"][0]["wanted_on"] = "21 November"


def spoil_by_bytes(karin):
    karin["records"]["attachment"][0]["content"] = "AAAA"


def spoil_kind(karin):
    karin["records"]["Booking"] = []


def spoil_reason(karin):
    del karin["why"][0]["source"]


@pytest.mark.parametrize(
    "spoil",
    [spoil_version, spoil_amount, spoil_day, spoil_by_bytes, spoil_kind, spoil_reason],
)
def test_a_copy_that_is_not_right_is_refused(karin, spoil) -> None:
    spoil(karin)
    assert refused(karin)
