"""What becomes of a list of readers: which program got it, and who gets letters as a customer.

The second is an exception from asking first, and kept apart from every yes: Directive 2002/58/EC
Article 13(2), marknadsföringslagen 19 §, markedsføringsloven § 15. It asks for a sale, for letters
about the business's own similar goods, and for a free way to say no when the address is given and
in every letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from gdprdesk.domain.base import (
    Entity,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    RecordRef,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.domain.terms import Permission, Start
from gdprdesk.i18n import N_


class ListHandover(Entity):
    """That a list was handed to a program that sends letters; who was on it is not kept.

    Attributes:
        purpose: For which letters.
        handed_on: When.
        up_to: The key of the last consent that was written down then: whoever takes her yes back
            after it is in the next file of those who left, whatever day that is said of.
        readers: How many were on it.
        left: How many were in the file of those who left.
    """

    __tablename__ = "list_handover"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RecordRef]] = mapped_column(
        init=False, default_factory=lambda: RecordRef(new_ref()), unique=True
    )
    purpose: Mapped[NotPersonal[str]]
    tool: Mapped[NotPersonal[MailingTool]]
    handed_on: Mapped[NotPersonal[date]]
    up_to: Mapped[NotPersonal[int]]
    readers: Mapped[NotPersonal[int]]
    left: Mapped[NotPersonal[int]]


class ExistingCustomer(PersonalRecord, Entity):
    """That a customer may get letters about similar goods, since she bought some and was told.

    Attributes:
        bought: What she bought: the letters are about the like.
        bought_on: When; from that day its time counts.
        told_on: When she was told that she can say no, at no cost.
        opted_out_on: When she said no; nothing while she has not.
    """

    __tablename__ = "existing_customer"
    needs: ClassVar[Permission] = Permission.CONSENTS
    clock: ClassVar[Mapping[Start, str]] = {Start.COMPLETED: "bought_on"}
    called: ClassVar[tuple[str, str]] = (
        N_("letter basis as a customer"),
        N_("letter bases as a customer"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "bought": N_("You bought"),
        "bought_on": N_("Bought on"),
        "told_on": N_("Told that you can say no on"),
        "opted_out_on": N_("You said no on"),
    }

    bought: Mapped[str] = mapped_column(PersonalText)
    bought_on: Mapped[date] = mapped_column(PersonalDate)
    told_on: Mapped[date] = mapped_column(PersonalDate)
    opted_out_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)

    def active_on(self) -> date:
        """Return the day she bought."""
        return self.bought_on

    def wants_contact(self) -> bool:
        """Return that whoever gets letters has to be reached."""
        return self.opted_out_on is None
