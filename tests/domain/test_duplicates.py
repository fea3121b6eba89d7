"""Whether two people are one, by what they are known by alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.duplicates import Known, compare, find_pairs, is_turned, strictest
from gdprdesk.domain.terms import ContactKind, Decision, Likeness

PHONE = (ContactKind.PHONE, "+46701740601")
MAIL = (ContactKind.EMAIL, "anna@example.se")


def known(
    key: int,
    name: str,
    *contacts: tuple[ContactKind, str],
    numbers: tuple[tuple[str, str], ...] = (),
) -> Known:
    return Known(key, name, frozenset(contacts), frozenset(numbers))


@pytest.mark.parametrize(
    ("one", "other", "shared", "expected"),
    [
        ("Anna Berg", "Berg, Anna", [PHONE], Likeness.SURE),
        ("Åke Öberg", "ÅKE ÖBERG", [MAIL], Likeness.SURE),
        ("Kristina Qvist", "Christina Kvist", [PHONE], Likeness.LIKELY),
        ("Anna", "Anna Berg", [PHONE], Likeness.LIKELY),
        ("Anna-Lena Holm", "Lena Holm", [MAIL], Likeness.LIKELY),
        ("Anna Berg", "Anna Berg", [], Likeness.POSSIBLE),
        ("Anna Berg", "Per Berg", [PHONE], None),
        ("Kristian Holm", "Kristina Holm", [PHONE], None),
        ("Anna Hansen", "Anna Hansson", [PHONE], None),
        ("Anna", "Anna", [], None),
        ("Anna Berg", "Anna Lund", [], None),
    ],
)
def test_names_and_contacts_together_say_who_is_one(one, other, shared, expected) -> None:
    found = compare(known(1, one, *shared), known(2, other, *shared))
    assert (found.likeness if found else None) is expected


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Åström, Linnéa", "Linnéa Åström", True),
        ("ÅSTRÖM, LINNÉA", "Linnéa Åström", True),
        ("Linnéa Åström", "Åström, Linnéa", False),
        ("Åström, Linnéa", "Åström, Linnea M", False),
        ("Åström, Linnéa", "Linn Åström", False),
        (",", "", False),
    ],
)
def test_a_name_in_the_order_of_a_list_is_known(name, other, expected) -> None:
    assert is_turned(name, other) is expected


def test_one_identity_number_is_one_person_and_two_are_two() -> None:
    mine, hers = ("personnummer", "a"), ("personnummer", "b")
    same = compare(known(1, "Anna Berg", numbers=(mine,)), known(2, "A. Lund", numbers=(mine,)))
    assert same is not None
    assert (same.likeness, same.same_number) == (Likeness.SURE, True)
    one = known(1, "Anna Berg", PHONE, numbers=(mine,))
    assert compare(one, known(2, "Anna Berg", PHONE, numbers=(hers,))) is None
    assert compare(one, known(2, "Anna Berg", PHONE)) is not None


def test_a_number_that_everybody_shares_says_nothing() -> None:
    crowd = [known(key, "Anna", PHONE) for key in range(40)]
    assert find_pairs(crowd) == ()
    assert len(find_pairs(crowd[:3])) == 3


def test_the_surest_stand_first_and_each_pair_once() -> None:
    people = [
        known(1, "Per Lund"),
        known(2, "Per Lund"),
        known(3, "Anna Berg", PHONE, MAIL),
        known(4, "Anna Berg", PHONE, MAIL),
    ]
    found = find_pairs(people)
    assert [(one.one.key, one.other.key) for one in found] == [(3, 4), (1, 2)]
    assert found[0].shared == (MAIL, PHONE)


@given(st.lists(st.sampled_from(list(Decision)), min_size=1, max_size=4))
def test_a_yes_counts_only_where_nobody_says_no(said) -> None:
    assert (strictest(said) is Decision.GIVEN) == (set(said) == {Decision.GIVEN})
    assert strictest(said) in said


names = st.sampled_from(["Anna Berg", "Anna", "Berg Anna", "Per Lund", "Pär Lund", ""])
contacts = st.frozensets(st.sampled_from([PHONE, MAIL]), max_size=2)


@given(names, names, contacts, contacts)
def test_it_does_not_matter_who_is_asked_about_first(one, other, hers, theirs) -> None:
    first, second = Known(1, one, hers), Known(2, other, theirs)
    there, back = compare(first, second), compare(second, first)
    assert (there and there.likeness) == (back and back.likeness)
