"""That data about a person came from somebody else, and that she is told: Article 14."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    Entity,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    mapped_column,
)
from gdprdesk.domain.terms import SourceException
from gdprdesk.i18n import N_


class SourceNotice(PersonalRecord, Entity):
    """The task to tell a person within a month where her data came from, or to write why not.

    Attributes:
        source: Where the data came from: a public register, a credit check.
        obtained_on: When they came.
        due_on: The last day to tell her.
        told_on: When she was told, or when the exception was written down.
        exception: Why she need not be told; nothing if she was.
        why: How she was told, or what the owner wrote about the exception.
    """

    __tablename__ = "source_notice"
    accompanies: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (
        N_("notice of where data came from"),
        N_("notices of where data came from"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "source": N_("Where from"),
        "obtained_on": N_("Came on"),
        "due_on": N_("To tell by"),
        "told_on": N_("Settled on"),
        "exception": N_("Why you were not told"),
        "why": N_("How she was told, or why not"),
    }

    source: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    obtained_on: Mapped[date] = mapped_column(PersonalDate)
    due_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    told_on: Mapped[date | None] = mapped_column(PersonalDate, default=None, index=True)
    exception: Mapped[NotPersonal[SourceException | None]] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
