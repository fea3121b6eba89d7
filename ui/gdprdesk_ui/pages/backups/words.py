"""How it stands with the copies, in a few words."""

from __future__ import annotations

from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.backup_standing import BackupStanding
from gdprdesk_ui.tokens import Tone

BETWEEN = "  \N{MIDDLE DOT}  "
_MEGABYTE = 1_000_000


def standing_words(standing: BackupStanding) -> tuple[str, Tone]:
    """Return how old the last copy is, and in which tone that is said."""
    tone: Tone = "warn" if standing.is_old else "neutral"
    if standing.is_too_old:
        tone = "danger"
    if standing.last is None:
        return _("No backup yet"), tone
    return _("Last good copy: {when}").format(when=days_ago(standing.last.days)), tone


def days_ago(days: int) -> str:
    """Return how long ago a day is: "3 days ago"."""
    if not days:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=format_number(days))


def size_words(size: int) -> str:
    """Return how large a file is, never as nothing."""
    return _("{count} MB").format(count=format_number(max(1, round(size / _MEGABYTE))))
