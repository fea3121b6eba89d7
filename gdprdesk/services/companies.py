"""Companies that order, and the people one talks to there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import CompanyRef
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import Permission, SubjectState
from gdprdesk.i18n import N_
from gdprdesk.services.contacts import org_number as checked_org_number
from gdprdesk.services.entering import checked_name
from gdprdesk.services.finding import controller_of, find_company
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class CompanyRow:
    """A company as a list shows it."""

    ref: CompanyRef
    name: str
    org_number: str
    address: str
    contacts: int


@action("company.add", N_("New company"), needs=Permission.PEOPLE)
def add_company(
    work: UnitOfWork, *, name: str, org_number: str = "", address: str = ""
) -> CompanyRef:
    """Add a company. A sole trader is a person and is refused here."""
    country = controller_of(work.session).country
    company = Company(
        name=checked_name(name),
        org_number=checked_org_number(org_number, country),
        address=" ".join(address.split()),
    )
    work.session.add(company)
    return company.ref


@action("company.update", N_("Changed company"), needs=Permission.PEOPLE)
def update_company(
    work: UnitOfWork, *, company_ref: CompanyRef, name: str, org_number: str, address: str
) -> None:
    """Change what is known of a company."""
    company = find_company(work.session, company_ref)
    country = controller_of(work.session).country
    company.name = checked_name(name)
    company.org_number = checked_org_number(org_number, country)
    company.address = " ".join(address.split())


@query("company.list", needs=Permission.PEOPLE)
def list_companies(read: Session) -> tuple[CompanyRow, ...]:
    """Return every company with how many of its people are in the register."""
    contacts = (
        select(func.count())
        .select_from(DataSubject)
        .where(DataSubject.company_id == Company.id, DataSubject.state == SubjectState.ACTIVE)
        .scalar_subquery()
    )
    rows = read.execute(
        select(Company.ref, Company.name, Company.org_number, Company.address, contacts).order_by(
            Company.name
        )
    )
    return tuple(CompanyRow(*row) for row in rows)
