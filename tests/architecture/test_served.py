"""What the customers of a customer give it is never in this register: Article 30(2)."""

from __future__ import annotations

from gdprdesk.domain.base import Entity
from gdprdesk.domain.requests import Instruction
from gdprdesk.domain.served import ControllerServed, ServedRecipient


def test_nothing_about_a_person_can_belong_to_a_customer_served() -> None:
    pointing = {
        table.name
        for table in Entity.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is ControllerServed.__table__
    }
    # An instruction says what a customer asks to be done, and leaves when it has been answered.
    assert pointing == {ServedRecipient.__tablename__, Instruction.__tablename__}
