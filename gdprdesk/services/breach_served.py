"""The businesses served whose data a breach concerns: each is told without delay, Article 33(2)."""

from __future__ import annotations

from datetime import datetime

from gdprdesk.domain.base import BreachRef, ControllerRef
from gdprdesk.domain.breaches import ToldController
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.breach_clock import kept_moment, not_after
from gdprdesk.services.breach_finding import find_open_breach
from gdprdesk.services.breach_people import told_too_early
from gdprdesk.services.registry import action
from gdprdesk.services.served import list_controllers
from gdprdesk.store.unit_of_work import UnitOfWork


@action("breach.controllers", N_("Changed breach"), needs=Permission.REGISTER)
def choose_controllers(
    work: UnitOfWork, *, breach_ref: BreachRef, controller_refs: tuple[ControllerRef, ...]
) -> None:
    """Say whose data it concerns of the businesses served; each has to be told: Article 33(2)."""
    breach = find_open_breach(work.session, breach_ref)
    known = {one.ref for one in list_controllers(work.session)}
    told = {one["controller"]: one["told_at"] for one in breach.controllers}
    unknown = [one for one in controller_refs if one not in known]
    if unknown:
        raise DomainError(_("This customer is not in the register any more."))
    breach.controllers = [
        ToldController(controller=one, told_at=told.get(one))
        for one in dict.fromkeys(controller_refs)
    ]


@action("breach.tell_controller", N_("Told a customer served"), needs=Permission.REGISTER)
def tell_controller(
    work: UnitOfWork,
    *,
    breach_ref: BreachRef,
    controller_ref: ControllerRef,
    told_at: datetime | None = None,
) -> None:
    """Write down that a business that is served was told, and when if not now.

    Raises:
        DomainError: It is not among those concerned, or the moment has not come or is before it
            became known.
    """
    breach = find_open_breach(work.session, breach_ref)
    moment = not_after(told_at or work.now, work.now).astimezone()
    if moment < datetime.fromisoformat(breach.known_at):
        raise DomainError(told_too_early())
    if controller_ref not in {one["controller"] for one in breach.controllers}:
        raise DomainError(_("The breach does not concern this customer. Nothing was saved."))
    breach.controllers = [
        ToldController(controller=one["controller"], told_at=kept_moment(moment))
        if one["controller"] == controller_ref
        else one
        for one in breach.controllers
    ]
