"""Every word the user can pick is said in every language."""

from __future__ import annotations

import inspect
from enum import Enum

import pytest

from gdprdesk.domain import terms
from gdprdesk.domain.terms import say
from gdprdesk.i18n import LANGUAGES, language

MEMBERS = [
    member
    for _name, kind in inspect.getmembers(terms, inspect.isclass)
    if issubclass(kind, Enum) and kind.__module__.startswith(terms.__name__)
    for member in kind
]


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
def test_every_term_has_its_words(member: Enum) -> None:
    for code in LANGUAGES:
        with language(code):
            assert say(member).strip()


@pytest.mark.parametrize("kind", sorted({type(member) for member in MEMBERS}, key=repr))
def test_no_two_terms_of_a_kind_read_the_same(kind: type[Enum]) -> None:
    with language("en"):
        said = [say(member) for member in kind]
    assert len(set(said)) == len(said)


def test_a_word_that_two_kinds_share_is_said_as_each_means_it() -> None:
    with language("en"):
        assert say(terms.Channel.EMAIL) == "By e-mail"
        assert say(terms.ContactKind.EMAIL) == "E-mail"
        assert say(terms.SubjectState.STAGED) == "About to be erased"
        assert say(terms.ErasureState.STAGED) == "Can still be undone"


@pytest.mark.parametrize(
    ("code", "contract", "claim"),
    [
        ("sv", "6.1 b", "17.1"),
        ("nb", "6 nr. 1 bokstav b", "17 nr. 1"),
        ("en", "6(1)(b)", "17(1)"),
    ],
)
def test_an_article_is_cited_as_lawyers_of_the_language_cite_it(
    code: str, contract: str, claim: str
) -> None:
    with language(code):
        assert terms.LegalBasis.CONTRACT.article == contract
        assert terms.cite(terms.Reason.STILL_NEEDED.value) == claim
