"""A processor agreement, ready to sign: resources/templates/agreement.toml, Article 28(3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission, RecipientRole, cite
from gdprdesk.exports.document import Document, Paragraph, Section
from gdprdesk.i18n import _, format_country, format_day, language
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.recipients import RecipientRow, show_recipient
from gdprdesk.services.registry import query
from gdprdesk.services.reports.activity_words import Phrase
from gdprdesk.services.reports.frame import report
from gdprdesk.services.reports.processors import sub_processor_words
from gdprdesk.services.templates import agreement, in_language, phrase_book

_TO_FILL_IN = "…………"


@query("report.agreement", needs=Permission.REGISTER)
def agreement_report(
    read: Session, *, recipient_ref: RecipientRef, language_code: str = ""
) -> Document:
    """Return an agreement with a processor, filled in with what the register knows of both.

    What it does not know is left open, to be filled in by hand.

    Raises:
        DomainError: The recipient is no processor.
    """
    owner, recipient = controller_of(read), show_recipient(read, recipient_ref=recipient_ref)
    if recipient.role is not RecipientRole.PROCESSOR:
        raise DomainError(
            _(
                "An agreement of this kind is made with a processor, which {name} is not. Change "
                "its role first, if that is wrong."
            ).format(name=recipient.name)
        )
    code = language_code or owner.language
    with language(code):
        known = {
            "controller": owner.name,
            "org_number": owner.org_number or _TO_FILL_IN,
            "day": format_day(recipient.agreement_on or today_of(read)),
            **_processor(recipient, phrase_book(owner.trade, code)),
        }
        text = agreement()
        return report(
            read,
            title=text["name"][code],
            subtitle=f"{known['controller']} – {known['processor']}",  # noqa: RUF001
            sections=[
                _section(number, in_language(one, code), known)
                for number, one in enumerate(text["section"], start=1)
            ],
        )


def _processor(recipient: RecipientRow, phrase: Phrase) -> dict[str, str]:
    others = sub_processor_words(recipient.sub_processors, phrase)
    return {
        "processor": phrase(recipient.name),
        "service": phrase(recipient.service) or _TO_FILL_IN,
        "data": phrase(recipient.gets) or _TO_FILL_IN,
        "country": format_country(recipient.country),
        "sub_processors": others or _("none"),
    }


def _section(number: int, said: Mapping[str, Any], known: Mapping[str, str]) -> Section:
    articles = ", ".join(cite(one) for one in said.get("article", ()))
    article = _("Article {article}").format(article=articles)
    where = f" ({article})" if articles else ""
    paragraphs = said["text"].strip().format(**known).split("\n\n")
    return Section(
        f"{number}. {said['title']}{where}",
        tuple(Paragraph(" ".join(one.split("\n"))) for one in paragraphs),
    )
