"""One person in what was written about others: surely meant, perhaps meant, or somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.traces import Sought, masked, names_in

KARIN = Sought(
    "Karin Holm", ("701740645",), ("karin.holm@example.se",), only_hers=frozenset({"karin"})
)
VERA = Sought("Vera Qvarnström", only_hers=frozenset({"vera", "qvarnstrom"}))
STEN = Sought("Sten Björn", only_hers=frozenset({"sten", "bjorn"}))
ANNA_LENA = Sought("Anna-Lena Nyberg", ("40612233",))
MANY = Sought("Erik Andersson", widespread=frozenset({"andersson"}))


def found(text: str, who: Sought) -> dict[str, bool]:
    return {text[span.start : span.end]: span.sure for span in names_in(text, who)}


@pytest.mark.parametrize(
    ("who", "text", "said"),
    [
        (KARIN, "Ring Karin Holm innan", "Karin Holm"),
        (KARIN, "karin holm hämtar", "karin holm"),
        (KARIN, "Karins Holms bil", "Karins Holms"),
        (KARIN, "Se under Holm, Karin i pärmen", "Holm, Karin"),
        (KARIN, "KARIN HOLM", "KARIN HOLM"),
        (KARIN, "Hälsa Karin\nHolm", "Karin\nHolm"),
        (KARIN, "Ring 070-174 06 45 först", "070-174 06 45"),
        (KARIN, "+46 (0)70 174 06 45", "+46 (0)70 174 06 45"),
        (KARIN, "0046701740645", "0046701740645"),
        (KARIN, "2 st, 0701740645", "0701740645"),
        (KARIN, "Mejla KARIN.HOLM@example.se.", "KARIN.HOLM@example.se"),
        (VERA, "Fråga efter Qvarnström", "Qvarnström"),
        (VERA, "qvarnstrom ringde", "qvarnstrom"),
        (VERA, "i dag hos Qvarnströms", "Qvarnströms"),
        (VERA, "hela Qvarnströmarna", "Qvarnströmarna"),
        (VERA, "för V. Qvarnström", "V. Qvarnström"),
        (STEN, "Sten Björn kommer", "Sten Björn"),
        (ANNA_LENA, "med Anna Lena Nyberg", "Anna Lena Nyberg"),
        (ANNA_LENA, "Annalena Nybergs tårta", "Annalena Nybergs"),
        (ANNA_LENA, "tlf. 40 61 22 33", "40 61 22 33"),
        (MANY, "Erik Andersson", "Erik Andersson"),
    ],
)
def test_what_hardly_means_anybody_else_is_sure(who: Sought, text: str, said: str) -> None:
    assert found(text, who) == {said: True}


@pytest.mark.parametrize(
    ("who", "text", "said"),
    [
        (KARIN, "K. Holm", "K. Holm"),
        (KARIN, "Karin M. Holm", "Karin M. Holm"),
        (KARIN, "Carin Holm", "Carin Holm"),
        (KARIN, "Ann-Karin Holm", "Karin Holm"),
        (KARIN, "Karin Holm-Berg", "Karin Holm"),
        (KARIN, "fru Holm kommer", "Holm"),
        (KARIN, "Karin hämtar", "Karin"),
        (VERA, "till Kvarnström", "Kvarnström"),
        (VERA, "Wera Kvarnstrøm", "Wera Kvarnstrøm"),
        (VERA, "Ring Qvarnström", "Qvarnström"),
        (VERA, "Qvarnström-Berg", "Qvarnström"),
        (STEN, "sten björn", "sten björn"),
        (STEN, "möt Björn klockan 9", "Björn"),
        (ANNA_LENA, "A-L Nyberg", "A-L Nyberg"),
    ],
)
def test_what_may_mean_somebody_else_is_only_shown(who: Sought, text: str, said: str) -> None:
    assert found(text, who) == {said: False}


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (KARIN, "holme och holk, katrinplommon"),
        (KARIN, "Holm är en ö"),
        (KARIN, "Karin Svensson"),
        (KARIN, "B. Holm"),
        (KARIN, "träffade Anders Holm"),
        (KARIN, "10701740645"),
        (KARIN, "07017406451"),
        (KARIN, "xkarin.holm@example.se"),
        (VERA, "på verandan, vid kvarnströmmen"),
        (STEN, "Sten och grus, en björn"),
        (STEN, "lägg sten. My tog med bo"),
        (ANNA_LENA, "Hanna Berg, Lena Lind"),
        (MANY, "fru Andersson"),
        (MANY, "Eric Hansson"),
        (Sought(""), "Karin Holm"),
    ],
)
def test_somebody_else_and_mere_words_are_not_found(who: Sought, text: str) -> None:
    assert found(text, who) == {}


def test_every_place_is_found_and_masked() -> None:
    text = "Karin Holm bor hos Bo. 070-1740645 eller karin.holm@example.se, annars Karin Holms bror"
    spans = names_in(text, KARIN)
    assert masked(text, spans, "[x]") == "[x] bor hos Bo. [x] eller [x], annars [x] bror"


@given(st.text(max_size=60), st.text(max_size=20))
def test_spans_lie_in_the_text_and_not_over_each_other(text: str, name: str) -> None:
    end = 0
    for span in names_in(text, Sought(name, ("701740645",))):
        assert end <= span.start < span.end <= len(text)
        end = span.end
