"""A person who slipped into words that are about nobody: a breach, a log of what was shredded."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import free_columns
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.traces import Sought, Span, masked, names_in
from gdprdesk.services.sought import sought_of
from gdprdesk.services.traces import changed_texts, texts_in, words_instead


def mask_free_texts(session: Session, subject: DataSubject) -> int:
    """Put other words where a person surely is meant; returns how many places there were.

    Nobody is asked: these texts were never to name anybody.
    """
    if not subject.name:
        return 0
    words = words_instead(session)
    who, done = sought_of(session, subject), 0
    for kind, columns in free_columns():
        for row in session.scalars(select(kind)):
            for column in columns:
                value = getattr(row, column)
                found = sum(len(_sure(text, who)) for text in texts_in(value))
                if found:
                    new = changed_texts(value, lambda text: masked(text, _sure(text, who), words))
                    setattr(row, column, new)
                    done += found
    return done


def _sure(text: str, who: Sought) -> list[Span]:
    return [span for span in names_in(text, who) if span.sure]
