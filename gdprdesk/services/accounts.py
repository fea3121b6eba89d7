"""The bookkeeping accounts that sales and payments go to, chosen once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from gdprdesk.domain.accounts import USUAL, Accounts, AccountUse, checked_account
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class AccountEntry:
    """An account as it is typed; without a number it is the usual one again."""

    use: AccountUse
    number: str


@dataclass(frozen=True, repr=False)
class AccountRow:
    """An account: what it is for, its number, and which one is usual."""

    use: AccountUse
    label: str
    number: str
    usual: str


@query("accounts.show", needs=Permission.INVOICES)
def show_accounts(read: Session) -> tuple[AccountRow, ...]:
    """Return the accounts that the accountant's pack books on."""
    known = accounts_of(read)
    return tuple(AccountRow(use, use.label, known.number(use), USUAL[use][0]) for use in AccountUse)


@action("accounts.update", N_("Changed accounts"), needs=Permission.INVOICES)
def update_accounts(work: UnitOfWork, *, accounts: tuple[AccountEntry, ...]) -> None:
    """Change the accounts that the accountant's pack books on; those not named stay.

    Raises:
        DomainError: A number is no account of the BAS plan: nothing was changed.
    """
    controller = controller_of(work.session)
    given = {one.use.value: checked_account(one.number) for one in accounts}
    kept = {**controller.accounts, **given}
    usual = {use.value: number for use, (number, _name) in USUAL.items()}
    controller.accounts = {use: one for use, one in kept.items() if one and one != usual[use]}


def accounts_of(read: Session) -> Accounts:
    """Return the accounts of the business."""
    return Accounts(controller_of(read).accounts)
