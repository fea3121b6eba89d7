"""A security key (FIDO2) as a second factor: a stick that must be plugged in and touched.

Each stick answers our salt with 32 bytes of its own, which it gives to nobody else and only after a
touch (the extension hmac-secret, by the name of prf). What a person's slot is locked with is one
random secret; each of her sticks has it sealed with its own answer. So she can have a second stick
at home, and either of them opens. What is kept for a stick stands in the key file for everybody to
read: without the stick it is worth nothing.

A stick has two answers: one with its PIN, one without. Which of them was asked for when the stick
was added is asked for ever after, whether it has got a PIN since or not.

The library (python-fido2, the extra `fido2`) is loaded when a stick is first needed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from threading import Event
from typing import TYPE_CHECKING, Protocol, Self

from nacl import exceptions
from nacl.secret import Aead

from gdprdesk.domain.errors import DamagedError, DomainError, GoneError
from gdprdesk.i18n import _
from gdprdesk.store.keys import Factor, derive
from gdprdesk.store.security_key_faults import NotHersError, in_plain_words, not_supported

if TYPE_CHECKING:  # loaded when a stick is first needed
    from fido2.client import DefaultClientDataCollector, UserInteraction, WebAuthnClient
    from fido2.ctap import CtapDevice
    from fido2.ctap2.extensions import AuthenticatorExtensionsPRFValues
    from fido2.webauthn import PublicKeyCredentialDescriptor, UserVerificationRequirement

_ASKER = "gdprdesk.internal"  # a name that no website can have, so that none can ask the stick
_ALGORITHMS = (-7, -8, -257)  # ES256, EdDSA, RS256: what a stick signs with is of no matter here
_BYTES = 32


class Interaction(Protocol):
    """How somebody is asked for what her stick needs."""

    def touch(self) -> None:
        """Say that the stick blinks and waits to be touched."""

    def pin(self) -> str | None:
        """Return the PIN of the stick, or nothing to give up."""


@dataclass(frozen=True, repr=False)
class Owner:
    """Whose stick it is.

    Attributes:
        register_id: Of the register that it opens.
        staff_id: The slot of the person.
    """

    register_id: str
    staff_id: str


@dataclass(frozen=True, repr=False)
class _Kept:
    """What is kept for one stick, in hexadecimal digits.

    Attributes:
        credential: By which number the stick knows us.
        salt: What it is asked.
        sealed: The person's secret, sealed with its answer.
        with_pin: Whether the answer is the one that the PIN is needed for.
    """

    credential: str
    salt: str
    sealed: str
    with_pin: bool

    @classmethod
    def read(cls, text: str) -> Self:
        try:
            kept = cls(**json.loads(text))
            bytes.fromhex(kept.credential + kept.salt + kept.sealed)
        except (TypeError, ValueError):
            raise DamagedError(
                _(
                    "What keys.json says of a security key is damaged. Nothing was changed. Open "
                    "the register with another one, or with the printed recovery key."
                )
            ) from None
        return kept


class Stick:
    """A stick that is plugged in, or the window of Windows that asks for one."""

    def __init__(self, client: WebAuthnClient, *, has_pin: bool) -> None:
        self._client, self._has_pin = client, has_pin
        self._given_up = Event()

    @classmethod
    def of(cls, device: CtapDevice, interaction: Interaction) -> Self:
        """Return the stick that a device is.

        Raises:
            DomainError: It cannot be spoken to.
        """
        from fido2.client import Fido2Client  # noqa: PLC0415

        with in_plain_words():
            client = Fido2Client(device, _collector(), _asking(interaction))
        options = client.info.options
        return cls(client, has_pin=bool(options.get("clientPin") or options.get("uv")))

    def give_up(self) -> None:
        """Wait no more for a touch, from any thread; the stick itself waits about half a minute."""
        self._given_up.set()

    def add(self, owner: Owner, known: Factor | None = None) -> Factor:
        """Return a factor that this stick gives too. Most must be touched twice.

        Args:
            owner: Whose it is.
            known: What her other sticks give; nothing if this is the first.

        Raises:
            DomainError: It is one of hers already, cannot do it, was not touched or was removed.
        """
        known = known or Factor(secrets.token_bytes(_BYTES))
        others = [_Kept.read(one) for one in known.needs.values()]
        salt = secrets.token_bytes(_BYTES)
        credential, answer = self._make_credential(owner, salt, others)
        kept = _Kept(credential.hex(), salt.hex(), "", self._has_pin)
        answer = answer or self._ask([kept])[1]
        sealed = Aead(answer).encrypt(known.secret, _about(owner, kept))
        stored = json.dumps(asdict(kept) | {"sealed": sealed.hex()})
        number = next(n for n in range(1, len(known.needs) + 2) if str(n) not in known.needs)
        return Factor(known.secret, {**known.needs, str(number): stored})

    def secret(self, owner: Owner, needs: Mapping[str, str]) -> bytes:
        """Return what a person's sticks give (32 bytes), once this one of hers was touched.

        Args:
            owner: Whose it is.
            needs: What is kept for her sticks.

        Raises:
            DomainError: It is none of hers, was not touched or was removed.
        """
        sticks = [_Kept.read(one) for one in needs.values()]
        # both answers cannot be asked for at once; who has set a PIN has mostly sticks with one
        groups = [[one for one in sticks if one.with_pin is with_pin] for with_pin in (True, False)]
        asked = [group for group in groups if group and (self._has_pin or not group[0].with_pin)]
        for group in asked[:-1]:
            with suppress(NotHersError):
                return self._secret_by(owner, group)
        return self._secret_by(owner, (asked or [sticks])[-1])

    def _secret_by(self, owner: Owner, sticks: Sequence[_Kept]) -> bytes:
        number, answer = self._ask(sticks)
        kept = next((one for one in sticks if bytes.fromhex(one.credential) == number), sticks[0])
        try:
            return Aead(answer).decrypt(bytes.fromhex(kept.sealed), _about(owner, kept))
        except (exceptions.CryptoError, exceptions.ValueError):
            raise DomainError(
                _(
                    "The security key answers otherwise than it did when it was added: it was "
                    "reset since, or is of another register. Nothing was changed. Use another one "
                    "of yours, or the printed recovery key."
                )
            ) from None

    def _make_credential(
        self, owner: Owner, salt: bytes, others: Sequence[_Kept]
    ) -> tuple[bytes, bytes]:
        """Make the stick know us; nothing is stored on it.

        Returns by which number it knows us, and its answer if it gives that at once (CTAP 2.2).
        """
        from fido2 import webauthn  # noqa: PLC0415

        person = hashlib.sha256(f"{owner.register_id} {owner.staff_id}".encode()).digest()
        options = webauthn.PublicKeyCredentialCreationOptions(
            rp=webauthn.PublicKeyCredentialRpEntity(id=_ASKER, name="gdprdesk"),
            user=webauthn.PublicKeyCredentialUserEntity(id=person, name="gdprdesk"),
            challenge=secrets.token_bytes(_BYTES),
            pub_key_cred_params=[
                webauthn.PublicKeyCredentialParameters(
                    type=webauthn.PublicKeyCredentialType.PUBLIC_KEY, alg=algorithm
                )
                for algorithm in _ALGORITHMS
            ],
            exclude_credentials=_descriptors(others),
            authenticator_selection=webauthn.AuthenticatorSelectionCriteria(
                authenticator_attachment=webauthn.AuthenticatorAttachment.CROSS_PLATFORM,
                resident_key=webauthn.ResidentKeyRequirement.DISCOURAGED,
                user_verification=_verification(with_pin=self._has_pin),
            ),
            extensions={"prf": {"eval": {"first": salt}}},
        )
        with in_plain_words(adding=True):
            made = self._client.make_credential(options, self._given_up)
        prf = made.client_extension_results.prf
        if prf is None or not prf.enabled:
            raise not_supported()
        return bytes(made.raw_id), _key_of(prf.results) if prf.results else b""

    def _ask(self, sticks: Sequence[_Kept]) -> tuple[bytes, bytes]:
        """Return by which number the stick knows us, and a key made of its answer."""
        from fido2 import webauthn  # noqa: PLC0415
        from fido2.utils import websafe_encode  # noqa: PLC0415

        salts = {
            websafe_encode(bytes.fromhex(one.credential)): {"first": bytes.fromhex(one.salt)}
            for one in sticks
        }
        options = webauthn.PublicKeyCredentialRequestOptions(
            challenge=secrets.token_bytes(_BYTES),
            rp_id=_ASKER,
            allow_credentials=_descriptors(sticks),
            user_verification=_verification(with_pin=sticks[0].with_pin),
            extensions={"prf": {"evalByCredential": salts}},
        )
        with in_plain_words():
            answered = self._client.get_assertion(options, self._given_up).get_response(0)
        prf = answered.client_extension_results.prf
        if prf is None or not prf.results:
            raise not_supported()
        return bytes(answered.raw_id), _key_of(prf.results)


def is_supported() -> bool:
    """Return whether this program was installed with what security keys need."""
    return find_spec("fido2") is not None


@contextmanager
def connected_stick(interaction: Interaction) -> Iterator[Stick]:
    """Give the one stick that is plugged in; on Windows, the system's own window asks for it.

    Raises:
        DomainError: There is none, there are several, or this computer or program knows no sticks.
    """
    if not is_supported():
        raise DomainError(
            _(
                "This program was installed without what security keys need. Nothing was changed. "
                "Install it with the extra “fido2”, or open the register with the printed recovery "
                "key."
            )
        )
    if sys.platform == "win32":
        from fido2.client.windows import WindowsClient  # noqa: PLC0415

        yield Stick(WindowsClient(_collector()), has_pin=True)
        return
    devices = _plugged_in()
    try:
        yield Stick.of(devices[0], interaction)
    finally:
        for device in devices:
            device.close()


def _plugged_in() -> list[CtapDevice]:
    """Return the one device that is plugged in."""
    from fido2.hid import CtapHidDevice  # noqa: PLC0415

    with in_plain_words():
        devices: list[CtapDevice] = list(CtapHidDevice.list_devices())
    if not devices:
        raise GoneError(
            _("No security key is plugged in. Nothing was changed. Plug yours in and try again.")
        )
    if len(devices) > 1:
        for device in devices:
            device.close()
        raise DomainError(
            _(
                "Several security keys are plugged in. Nothing was changed. Leave only the one "
                "that you mean."
            )
        )
    return devices


def _collector() -> DefaultClientDataCollector:
    from fido2.client import DefaultClientDataCollector  # noqa: PLC0415

    return DefaultClientDataCollector(f"https://{_ASKER}")


def _asking(interaction: Interaction) -> UserInteraction:
    """Return what the library asks, asking through ours."""
    from fido2.client import UserInteraction  # noqa: PLC0415

    class Asking(UserInteraction):
        def prompt_up(self) -> None:
            interaction.touch()

        def request_pin(self, permissions: object, rp_id: object) -> str | None:  # noqa: ARG002
            return interaction.pin()

    return Asking()


def _descriptors(sticks: Sequence[_Kept]) -> list[PublicKeyCredentialDescriptor]:
    from fido2 import webauthn  # noqa: PLC0415

    kind = webauthn.PublicKeyCredentialType.PUBLIC_KEY
    return [
        webauthn.PublicKeyCredentialDescriptor(type=kind, id=bytes.fromhex(one.credential))
        for one in sticks
    ]


def _verification(*, with_pin: bool) -> UserVerificationRequirement:
    from fido2.webauthn import UserVerificationRequirement  # noqa: PLC0415

    needed = UserVerificationRequirement
    return needed.REQUIRED if with_pin else needed.DISCOURAGED


def _key_of(results: AuthenticatorExtensionsPRFValues) -> bytes:
    return derive(results.first, "security key")


def _about(owner: Owner, kept: _Kept) -> bytes:
    """Return what a sealed secret is bound to: it is worth nothing in another slot or register."""
    return json.dumps([owner.register_id, owner.staff_id, kept.credential, kept.salt]).encode()
