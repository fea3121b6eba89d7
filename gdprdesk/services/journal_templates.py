"""What a journal note can begin with: headings and questions, about nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.journal import JournalTemplate
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import checked_name, is_visible
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.templates import in_language, template
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TemplateRow:
    """What a note can begin with."""

    ref: EditionRef
    name: str
    text: str


@query("journal.templates", needs=Permission.JOURNAL_WRITE)
def list_templates(read: Session) -> tuple[TemplateRow, ...]:
    """Return what a journal note can begin with, in the order it was added."""
    rows = read.scalars(select(JournalTemplate).order_by(JournalTemplate.id))
    return tuple(TemplateRow(one.ref, one.name, one.text) for one in rows)


@action("journal.add_template", N_("New note template"), needs=Permission.JOURNAL_WRITE)
def add_template(work: UnitOfWork, *, name: str, text: str) -> EditionRef:
    """Add what a journal note can begin with. It is about nobody, so it is not sealed.

    Raises:
        DomainError: There is no text, or another of that name.
    """
    made = JournalTemplate(name=_free_name(work, name), text=_checked(text))
    work.session.add(made)
    return made.ref


@action("journal.change_template", N_("Changed note template"), needs=Permission.JOURNAL_WRITE)
def change_template(work: UnitOfWork, *, ref: EditionRef, name: str, text: str) -> None:
    """Change what a journal note can begin with; notes that began with it stay as they are."""
    found = _find(work.session, ref)
    found.name, found.text = _free_name(work, name, but=found), _checked(text)


@action("journal.remove_template", N_("Removed note template"), needs=Permission.JOURNAL_WRITE)
def remove_template(work: UnitOfWork, *, ref: EditionRef) -> None:
    """Take away what a journal note can begin with; notes that began with it stay as they are."""
    work.session.delete(_find(work.session, ref))


@action("journal.usual_templates", N_("Usual note templates"), needs=Permission.JOURNAL_WRITE)
def add_usual_templates(work: UnitOfWork) -> int:
    """Add what notes begin with in a practice like this, but not what is there; tells how many."""
    controller = controller_of(work.session)
    known = set(work.session.scalars(select(JournalTemplate.name)))
    wanted = usual_templates(controller.trade, controller.language)
    added = [one for one in wanted if one.name not in known]
    work.session.add_all(added)
    return len(added)


def usual_templates(trade: str, language: str) -> Iterator[JournalTemplate]:
    """Walk what notes begin with in a business of a trade, in a language."""
    for row in template(trade).get("journal_template", ()):
        yield JournalTemplate(**in_language(row, language))


def _find(session: Session, ref: EditionRef) -> JournalTemplate:
    found = session.scalar(select(JournalTemplate).where(JournalTemplate.ref == ref))
    if found is None:
        raise NotFoundError(_("This template is not there any more. Nothing was changed."))
    return found


def _free_name(work: UnitOfWork, name: str, but: JournalTemplate | None = None) -> str:
    name = checked_name(name)
    others = select(JournalTemplate).where(JournalTemplate.name == name)
    if any(one is not but for one in work.session.scalars(others)):
        raise DomainError(
            _("There is another template of this name. Nothing was saved. Choose another name.")
        )
    return name


def _checked(text: str) -> str:
    if not is_visible(text):
        raise DomainError(_("Write the note first."))
    return text.strip()
