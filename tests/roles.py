"""A register unlocked by somebody with a role, as she will find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import delete

from gdprdesk.desk import Desk
from gdprdesk.domain.permissions import Role
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import BuiltInRole, Permission
from gdprdesk.services.finding import activity_for
from gdprdesk.store.keys import OWNER
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CHEAP, PASSWORD, TODAY, Clock

Given = BuiltInRole | Iterable[Permission]


@contextmanager
def as_role(desk: Desk, clock: Clock, given: Given) -> Iterator[Desk]:
    """Lock a register, and open it as somebody with a built-in role or with these permissions."""
    with UnitOfWork(desk._vault, clock) as work:
        role: str
        if isinstance(given, BuiltInRole):
            role = given.value
        else:
            own = Role(name="Own", permissions=[one.value for one in given])
            work.session.add(own)
            role = own.ref
        work.session.execute(delete(StaffMember).where(StaffMember.staff_id == OWNER))
        work.session.add(
            StaffMember(
                subject_id=None,
                activity_id=activity_for(work.session, StaffMember).id,
                recorded_on=TODAY,
                staff_id=OWNER,
                name="Nina",
                role=role,
                joined_on=TODAY,
            )
        )
        work.commit("test.role")
    desk.lock()
    opened = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    try:
        yield opened
    finally:
        opened.lock()
