"""What a security key and its library say, in the words of the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gdprdesk.domain.errors import DomainError, GoneError
from gdprdesk.i18n import _


class NotHersError(DomainError):
    """The stick is none of those that were added for this person and register."""


@contextmanager
def in_plain_words(*, adding: bool = False) -> Iterator[None]:
    """Raise a sentence instead of what the stick, the cable or the library raises.

    Args:
        adding: Whether a stick is being added, which must be none of hers yet.
    """
    from fido2.client import ClientError  # noqa: PLC0415
    from fido2.ctap import CtapError  # noqa: PLC0415
    from fido2.hid import ConnectionFailure  # noqa: PLC0415

    try:
        yield
    except ClientError as error:
        cause = error.cause.code if isinstance(error.cause, CtapError) else None
        raise _sentence(error.code.name, getattr(cause, "name", ""), adding=adding) from None
    except CtapError as error:
        raise _sentence("", getattr(error.code, "name", ""), adding=adding) from None
    except (OSError, ConnectionFailure):
        raise GoneError(
            _(
                "The security key was removed, or does not answer. Nothing was changed. Plug it in "
                "again and try once more."
            )
        ) from None


def not_supported() -> DomainError:
    """Return that a stick cannot do what is asked of it."""
    return DomainError(
        _(
            "This security key cannot be used for a register: it is of a kind that only signs in, "
            "or it has no PIN although it had one when it was added. Nothing was changed. Use "
            "another one that knows FIDO2 with hmac-secret."
        )
    )


def _sentence(code: str, cause: str, *, adding: bool) -> DomainError:
    if cause.startswith("PIN_"):
        return _about_pin(cause)
    if code == "BAD_REQUEST" and not cause:  # the library says so when no PIN was given
        return DomainError(
            _("Without its PIN the security key gives nothing. Nothing was changed. Try again.")
        )
    if code == "TIMEOUT" or cause in {"OPERATION_DENIED", "KEEPALIVE_CANCEL"}:
        return DomainError(
            _(
                "The security key was not touched in time. Nothing was changed. Try again, and "
                "touch it when it blinks."
            )
        )
    if code == "CONFIGURATION_UNSUPPORTED" or cause == "UNSUPPORTED_OPTION":
        return not_supported()
    if code == "DEVICE_INELIGIBLE" or cause == "NO_CREDENTIALS":
        return _hers() if adding else _not_hers()
    return DomainError(
        _(
            "The security key could not be used. Nothing was changed. Take it out, plug it in "
            "again and try once more."
        )
    )


def _about_pin(cause: str) -> DomainError:
    if cause == "PIN_BLOCKED":
        return DomainError(
            _(
                "The PIN of the security key was wrong too often, and it has locked itself for "
                "good. Nothing was changed. Open the register with another one, or with the "
                "printed recovery key."
            )
        )
    if cause == "PIN_AUTH_BLOCKED":
        return DomainError(
            _(
                "The PIN was wrong several times. Nothing was changed. Take the security key out, "
                "plug it in again, and write the PIN with care: after a few more it locks itself "
                "for good."
            )
        )
    return DomainError(
        _(
            "The PIN of the security key is wrong. Nothing was changed. Try again; after eight "
            "wrong ones in a row it locks itself for good."
        )
    )


def _hers() -> DomainError:
    return DomainError(
        _(
            "This security key opens the register for you already. Nothing was changed. Take "
            "another one, to be kept in another place."
        )
    )


def _not_hers() -> NotHersError:
    return NotHersError(
        _(
            "This is none of your security keys for this register. Nothing was changed. Plug in "
            "the one that you added."
        )
    )
