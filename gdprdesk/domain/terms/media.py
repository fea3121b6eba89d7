"""The words about pictures, recordings and references, and where they come from."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.i18n import N_


class MediaKind(StrEnum):
    """What can show or tell of a person."""

    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"


class MediaOrigin(StrEnum):
    """Where a picture or a reference comes from.

    Her own public post rests on no consent: whoever writes openly can expect to be read, and may
    have it taken down again whenever she asks.
    """

    OWN = "own"
    GIVEN = "given"
    OWN_POST = "own_post"


class TakeDownReason(StrEnum):
    """Why something that is published has to come down."""

    NO_CONSENT = "no_consent"
    ONLY_STORED = "only_stored"
    REPLACED = "replaced"
    ASKED = "asked"
    OVER = "over"


SAID: tuple[tuple[Enum, str], ...] = (
    (MediaKind.PHOTO, N_("Picture")),
    (MediaKind.AUDIO, N_("Sound")),
    (MediaKind.VIDEO, N_("Film")),
    (MediaKind.TEXT, N_("Text")),
    (MediaOrigin.OWN, N_("We made it")),
    (MediaOrigin.GIVEN, N_("She gave it to us")),
    (MediaOrigin.OWN_POST, N_("Her own post, shown again")),
    (TakeDownReason.NO_CONSENT, N_("there is no yes for this place")),
    (TakeDownReason.ONLY_STORED, N_("her data are only stored for now")),
    (TakeDownReason.REPLACED, N_("it was replaced")),
    (TakeDownReason.ASKED, N_("she has asked for it")),
    (TakeDownReason.OVER, N_("its time is over")),
)
