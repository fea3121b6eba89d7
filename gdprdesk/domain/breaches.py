"""Personal data breaches: what happened, who must know, and by when: Articles 33 and 34."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, TypedDict

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    BreachRef,
    Entity,
    FreeJson,
    FreeText,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import BreachKind, BreachRisk, Channel, Permission
from gdprdesk.i18n import N_


class ToldController(TypedDict):
    """A business that is served and has to be told of a breach: Article 33(2)."""

    controller: str
    told_at: str | None


class BreachEvent(TypedDict):
    """Something that was done about a breach, with the key of the step it ticks off, if it does."""

    at: str
    what: str
    step: str


class Breach(Entity):
    """Something that happened to personal data. It says how many and what, never who.

    Attributes:
        number: What letters call it.
        known_at: When the business became aware, in UTC as ISO text: the 72 hours count from it.
        began_at: When it began, as far as it is known; ended_at the same.
        effects: What it did to the data, as values of BreachEffect.
        what: What happened.
        cause: How it could happen.
        data: Which data, in words.
        groups: Whose data: customers, staff.
        people: How many people, about.
        whereabouts: Where the data are now.
        consequences: What may follow for the people.
        measures: What was done, and what is planned.
        encrypted: Whether the data cannot be read without a key that is safe; nothing if that is
            not known.
        facts: What else makes the risk greater or smaller, as values of BreachFact.
        activities: The rows of the register whose data it concerns.
        done: What was done so far, in order.
        risk: How it was judged; nothing while it is not.
        risk_why: Why.
        reported_at: When the authority was told; nothing while it was not, or need not be.
        not_reported: Why it need not be told: Article 33(5) asks for it in writing.
        late: Why it was told later than 72 hours: Article 33(1).
        authority_case: The authority's own number.
        supplement_due: By when the rest is to be sent, if the first report was not whole.
        supplemented_on: When it was.
        people_told_on: When those concerned were told; nothing while they were not.
        told_how: How, such as by letter to each or by a public notice.
        not_told: Why they need not be told: Article 34(3).
        controllers: Whom it is processed for, and when each was told.
        closed_on: When all was done.
    """

    __tablename__ = "breach"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[BreachRef]] = mapped_column(
        init=False, default_factory=lambda: BreachRef(new_ref()), unique=True
    )
    number: Mapped[NotPersonal[int]] = mapped_column(unique=True)
    kind: Mapped[NotPersonal[BreachKind]]
    known_at: Mapped[NotPersonal[str]] = mapped_column(index=True)
    began_at: Mapped[NotPersonal[str]] = mapped_column(default="")
    ended_at: Mapped[NotPersonal[str]] = mapped_column(default="")
    effects: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    what: Mapped[FreeText] = mapped_column(default="")
    cause: Mapped[FreeText] = mapped_column(default="")
    data: Mapped[FreeJson[list[str]]] = mapped_column(default_factory=list)
    groups: Mapped[FreeJson[list[str]]] = mapped_column(default_factory=list)
    people: Mapped[NotPersonal[int | None]] = mapped_column(default=None)
    whereabouts: Mapped[FreeText] = mapped_column(default="")
    consequences: Mapped[FreeText] = mapped_column(default="")
    measures: Mapped[FreeText] = mapped_column(default="")
    encrypted: Mapped[NotPersonal[bool | None]] = mapped_column(default=None)
    risk: Mapped[NotPersonal[BreachRisk | None]] = mapped_column(default=None)
    risk_why: Mapped[FreeText] = mapped_column(default="")
    reported_at: Mapped[NotPersonal[str | None]] = mapped_column(default=None)
    not_reported: Mapped[FreeText] = mapped_column(default="")
    late: Mapped[FreeText] = mapped_column(default="")
    authority_case: Mapped[NotPersonal[str]] = mapped_column(default="")
    supplement_due: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    supplemented_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    people_told_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    not_told: Mapped[FreeText] = mapped_column(default="")
    controllers: Mapped[NotPersonalJson[list[ToldController]]] = mapped_column(default_factory=list)
    closed_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None, index=True)
    facts: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    activities: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    done: Mapped[FreeJson[list[BreachEvent]]] = mapped_column(default_factory=list)
    told_how: Mapped[FreeText] = mapped_column(default="")


class BreachNotice(PersonalRecord, Entity):
    """That a breach concerns a person, and that she was told: Article 34.

    Attributes:
        breach: Which one.
        told_on: When she was told; nothing while she was not.
        note: What of hers it concerned, if it was not the same for all.
    """

    __tablename__ = "breach_notice"
    needs: ClassVar[Permission] = Permission.REGISTER
    accompanies: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("notice of a breach"), N_("notices of a breach"))
    labels: ClassVar[Mapping[str, str]] = {
        "told_on": N_("Told on"),
        "told_by": N_("How you were told"),
        "note": N_("What it concerned"),
    }

    breach: Mapped[NotPersonal[BreachRef]] = mapped_column(index=True)
    told_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    told_by: Mapped[NotPersonal[Channel | None]] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
