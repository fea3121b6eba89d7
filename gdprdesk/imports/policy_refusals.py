"""What to do with a file that is no policy, or one that cannot be read."""

from __future__ import annotations

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import N_, _
from gdprdesk.imports.source import refusal

PASTE = N_("Copy the text and paste it here instead.")
_SAVE = N_("Save it as text, PDF or .docx, or copy the text and paste it here.")


def not_a_policy(sentence: str) -> UnreadableFileError:
    """Return the error for a file of another kind, given what it is."""
    return refusal(sentence, _(_SAVE))


def too_long() -> UnreadableFileError:
    """Return the error for a text that no policy is as long as."""
    return refusal(_("The text is too long to be a privacy policy."), _(PASTE))
