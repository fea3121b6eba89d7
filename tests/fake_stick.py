"""A security key made of software, which speaks CTAP2 as those made of plastic do."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator
from hashlib import sha256
from threading import Event
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from fido2 import cbor
from fido2.cose import ES256
from fido2.ctap import STATUS, CtapDevice, CtapError
from fido2.ctap2.base import Ctap2
from fido2.hid import CAPABILITY
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

ERR, CMD, FLAG = CtapError.ERR, Ctap2.CMD, AuthenticatorData.FLAG
_NO_VECTOR = bytes(16)


class FakeStick(CtapDevice):
    """A stick with two answers for each who asks: one with its PIN, one without.

    Attributes:
        pin: Its PIN; empty for none.
        touched: Whether somebody touches it in time.
        plugged_in: Whether it is there.
        extensions: What it can do beside signing.
        touches: How often it has blinked and was touched.
    """

    def __init__(self, pin: str = "", extensions: tuple[str, ...] = ("hmac-secret",)) -> None:
        self.pin, self.extensions = pin, extensions
        self.touched = self.plugged_in = True
        self.closed = False
        self.touches, self.tries_left = 0, 8
        self._given_up: Event | None = None
        self._known: dict[bytes, dict[bool, bytes]] = {}
        self._agreement = ec.generate_private_key(ec.SECP256R1())
        self._token = secrets.token_bytes(16)

    @property
    def capabilities(self) -> int:
        return CAPABILITY.CBOR

    @classmethod
    def list_devices(cls) -> Iterator[CtapDevice]:
        yield cls()

    def close(self) -> None:
        self.closed = True

    def call(
        self,
        cmd: int,  # noqa: ARG002  (it knows but one)
        data: bytes = b"",
        event: Event | None = None,
        on_keepalive: Callable[[STATUS], None] | None = None,
    ) -> bytes:
        if not self.plugged_in:
            raise OSError(19, "No such device")
        self._given_up = event
        asked: dict[int, Any] = cbor.decode(data[1:]) if len(data) > 1 else {}  # type: ignore[assignment]
        answers: dict[int, Callable[[], dict[int, Any]]] = {
            CMD.GET_INFO: self._tell,
            CMD.CLIENT_PIN: lambda: self._check_pin(asked),
            CMD.MAKE_CREDENTIAL: lambda: self._make(asked, on_keepalive),
            CMD.GET_ASSERTION: lambda: self._answer(asked, on_keepalive),
        }
        try:
            return b"\x00" + cbor.encode(answers[data[0]]())
        except CtapError as error:
            return bytes([error.code])

    def _tell(self) -> dict[int, Any]:
        options = {"rk": False, "up": True, "clientPin": bool(self.pin)}
        return {1: ["FIDO_2_0"], 2: list(self.extensions), 3: bytes(16), 4: options, 6: [1]}

    def _check_pin(self, asked: dict[int, Any]) -> dict[int, Any]:
        if asked[2] == 2:
            public = ES256.from_cryptography_key(self._agreement.public_key())
            return {1: {**public, 3: -25}}
        shared = self._shared(asked[3])
        if _cipher(shared).decryptor().update(asked[6]) != sha256(self.pin.encode()).digest()[:16]:
            self.tries_left -= 1
            raise CtapError(ERR.PIN_INVALID if self.tries_left else ERR.PIN_BLOCKED)
        self.tries_left = 8
        return {2: _cipher(shared).encryptor().update(self._token)}

    def _make(self, asked: dict[int, Any], on_keepalive: Any) -> dict[int, Any]:
        verified = self._verified(asked, asked[1], 8)
        if self.pin and not verified:
            raise CtapError(ERR.PUAT_REQUIRED)
        self._wait_for_touch(on_keepalive)
        if any(one["id"] in self._known for one in asked.get(5, [])):
            raise CtapError(ERR.CREDENTIAL_EXCLUDED)
        number = secrets.token_bytes(48)
        self._known[number] = {with_pin: secrets.token_bytes(32) for with_pin in (True, False)}
        public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
        extensions = asked.get(6, {})
        made = AuthenticatorData.create(
            sha256(asked[2]["id"].encode()).digest(),
            FLAG.UP | FLAG.AT | (FLAG.ED if extensions else FLAG(0)),
            0,
            AttestedCredentialData.create(Aaguid.NONE, number, public),
            {"hmac-secret": True} if extensions else None,
        )
        return {1: "none", 2: made, 3: {}}

    def _answer(self, asked: dict[int, Any], on_keepalive: Any) -> dict[int, Any]:
        verified = self._verified(asked, asked[2], 6)
        if asked.get(5, {}).get("up", True):
            self._wait_for_touch(on_keepalive)
        number = next((one["id"] for one in asked[3] if one["id"] in self._known), None)
        if number is None:
            raise CtapError(ERR.NO_CREDENTIALS)
        extensions = None
        if "hmac-secret" in asked.get(4, {}):
            extensions = {"hmac-secret": self._secret(number, asked[4]["hmac-secret"], verified)}
        made = AuthenticatorData.create(
            sha256(asked[1].encode()).digest(),
            FLAG.UP | (FLAG.UV if verified else FLAG(0)) | (FLAG.ED if extensions else FLAG(0)),
            0,
            b"",
            extensions,
        )
        return {1: {"type": "public-key", "id": number}, 2: made, 3: b"signature"}

    def _secret(self, number: bytes, asked: dict[int, Any], verified: bool) -> bytes:
        shared = self._shared(asked[1])
        expected = hmac.digest(shared, asked[2], "sha256")[:16]
        assert hmac.compare_digest(expected, asked[3])
        salt = _cipher(shared).decryptor().update(asked[2])
        answer = hmac.digest(self._known[number][verified], salt, "sha256")
        return _cipher(shared).encryptor().update(answer)

    def _verified(self, asked: dict[int, Any], signed: bytes, where: int) -> bool:
        if asked.get(where) is None:
            return False
        if asked[where] != hmac.digest(self._token, signed, "sha256")[:16]:
            raise CtapError(ERR.PIN_AUTH_INVALID)
        return True

    def _wait_for_touch(self, on_keepalive: Any) -> None:
        if on_keepalive:
            on_keepalive(STATUS.UPNEEDED)
        if self._given_up and self._given_up.is_set():
            raise CtapError(ERR.KEEPALIVE_CANCEL)
        if not self.touched:
            raise CtapError(ERR.USER_ACTION_TIMEOUT)
        self.touches += 1

    def _shared(self, other: dict[int, Any]) -> bytes:
        x, y = (int.from_bytes(other[one], "big") for one in (-2, -3))
        public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        return sha256(self._agreement.exchange(ec.ECDH(), public)).digest()


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(_NO_VECTOR))
