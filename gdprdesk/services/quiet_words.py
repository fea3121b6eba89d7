"""A quiet word before something is saved that had better not be kept of anybody."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.quiet_words import WordRule, find_quiet_words, own_rules, rules_of
from gdprdesk.domain.terms import Permission, QuietKind, say
from gdprdesk.i18n import N_, _
from gdprdesk.resources import resource
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_LONGEST_TEXT = 20_000
_LONGEST_WORD = 60
_MOST_WORDS = 200
_MOST_SHOWN = 4


@dataclass(frozen=True, repr=False)
class QuietWarning:
    """What somebody who writes of a person is asked to think of. It stops nobody.

    Attributes:
        kind: What the words tell of.
        words: The words, as she wrote them.
        sentence: The question, in the language spoken.
    """

    kind: QuietKind
    words: tuple[str, ...]
    sentence: str


@query("words.warning", needs=None)
def warn_of_words(read: Session, *, text: str, goods: bool = False) -> tuple[QuietWarning, ...]:
    """Return what in a text tells of health, faith and the like, or is on the business's own list.

    Args:
        read: The open register.
        text: What is about to be saved; nothing of it is kept or logged.
        goods: The text says what is sold, where "gluten-free" tells nothing of anybody.
    """
    rules = (*_listed(), *own_rules(controller_of(read).quiet_words))
    found = find_quiet_words(text[:_LONGEST_TEXT], rules)
    return tuple(
        QuietWarning(kind, found[kind], _sentence(kind, found[kind]))
        for kind in QuietKind
        if kind in found and not (goods and kind is QuietKind.DIET)
    )


@query("words.own", needs=None)
def list_own_words(read: Session) -> tuple[str, ...]:
    """Return the words that the business itself does not want to read about anybody."""
    return tuple(controller_of(read).quiet_words)


@action("words.set_own", N_("Changed own list of words"), needs=Permission.REGISTER)
def set_own_words(work: UnitOfWork, *, words: tuple[str, ...]) -> None:
    """Say which words whoever writes of a person is asked about, beside those of the law.

    Raises:
        DomainError: There are too many, or one of them is a whole text.
    """
    plain: dict[str, str] = {}
    for word in (" ".join(one.split()) for one in words):
        if any(map(str.isalnum, word)):
            plain.setdefault(word.casefold(), word)
    kept = [plain[key] for key in sorted(plain)]
    if len(kept) > _MOST_WORDS or any(len(word) > _LONGEST_WORD for word in kept):
        raise DomainError(
            _(
                "The list holds single words, at most {count} of them, and none longer than "
                "{length} letters. Nothing was changed. Write one word on each line."
            ).format(count=_MOST_WORDS, length=_LONGEST_WORD)
        )
    controller_of(work.session).quiet_words = kept


def _sentence(kind: QuietKind, words: tuple[str, ...]) -> str:
    shown = ", ".join(_("“{word}”").format(word=one) for one in words[:_MOST_SHOWN])
    said = {
        QuietKind.OWN: N_(
            "{words}: on your own list. Would you say it so that the person hears it? "
            "It goes out with a copy of the data."
        ),
        QuietKind.DIET: N_(
            "{words}: tells of a special diet. That has a field of its own in an order, and is "
            "kept for a few days only."
        ),
    }.get(kind, N_("{words}: may tell of {kind}. Leave it out unless you need it here."))
    return _(said).format(words=shown, kind=say(kind))


@cache
def _listed() -> tuple[WordRule, ...]:
    said = tomllib.loads(resource("words/quiet.toml").read_text("utf-8"))
    return rules_of({QuietKind(kind): words for kind, words in said.items()})
