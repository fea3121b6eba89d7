"""The quiet question about words, and the own list behind it."""

from __future__ import annotations

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import QuietKind
from gdprdesk.services.organisation import show_organisation, update_organisation
from gdprdesk.services.quiet_words import list_own_words, set_own_words, warn_of_words


def test_a_note_is_asked_about_and_goods_are_not(desk: Desk) -> None:
    note = desk.ask(warn_of_words, text="Glutenfritt, hon är muslim")
    assert [(one.kind, one.words) for one in note] == [
        (QuietKind.DIET, ("Glutenfritt",)),
        (QuietKind.RELIGION, ("muslim",)),
    ]
    assert "“muslim”: may tell of religion or belief" in note[1].sentence
    assert desk.ask(warn_of_words, text="3 glutenfria portioner", goods=True) == ()
    assert desk.ask(warn_of_words, text="Prinsesstårta till Sjukhusgatan") == ()


def test_the_own_list_is_kept_sorted_once_and_asked_about(desk: Desk) -> None:
    desk.run(set_own_words, words=("snål", " besvärlig ", "Snål", "", "--"))
    assert desk.ask(list_own_words) == ("besvärlig", "snål")
    (told,) = desk.ask(warn_of_words, text="Snåla kunder", goods=True)
    assert (told.kind, told.words) == (QuietKind.OWN, ("Snåla",))
    desk.undo()
    assert desk.ask(list_own_words) == ()


@pytest.mark.parametrize("words", [("x" * 61,), tuple(map(str, range(201)))])
def test_a_list_that_is_none_is_refused(desk: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises(DomainError, match="Nothing was changed"):
        desk.run(set_own_words, words=words)
    assert desk.ask(list_own_words) == ()


def test_rooms_are_kept_in_their_order_and_each_once(desk: Desk) -> None:
    desk.run(update_organisation, rooms=("Rum 2", "Stora  rummet", "rum 2", " "))
    assert desk.ask(show_organisation).rooms == ("Rum 2", "Stora rummet")
    with pytest.raises(DomainError, match="at most 50 rooms"):
        desk.run(update_organisation, rooms=tuple(f"Rum {n}" for n in range(51)))
