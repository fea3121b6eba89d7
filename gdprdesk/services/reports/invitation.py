"""What somebody who is invited to work with the register is given on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gdprdesk.exports.document import Document, Paragraph, Points, Section
from gdprdesk.i18n import _, current_language, format_day
from gdprdesk.services.staff_keys import Invitation


def invitation_sheet(
    business: str, invitation: Invitation, notice: Sequence[str], made_at: datetime
) -> Document:
    """Return the sheet with a one-time code, and what whoever gets it is told of the log.

    Args:
        business: Whose register it is.
        invitation: Who is invited, with which code.
        notice: What she is told of the log, in sentences.
        made_at: When it was made.
    """
    how = _(
        "Open the register, choose your name, and type this code. Then you choose a password of "
        "your own. The code works once, and until {day}. Destroy the sheet after that."
    ).format(day=format_day(invitation.until))
    return Document(
        title=_("Welcome, {name}").format(name=invitation.name),
        subtitle=business,
        language=current_language(),
        sections=(
            Section(
                _("Your one-time code"), (Paragraph(invitation.code, code=True), Paragraph(how))
            ),
            Section(_("What is logged when you work here"), (Points(list(notice)),)),
        ),
        made_at=made_at,
    )
