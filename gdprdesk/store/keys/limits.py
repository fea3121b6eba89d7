"""How much work a password costs, and what is too little of one."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from nacl import exceptions
from nacl.pwhash import argon2id

from gdprdesk.domain.errors import DamagedError, DomainError
from gdprdesk.i18n import _

LEAST_CHARACTERS = 10
SALT_BYTES: int = argon2id.SALTBYTES

_MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How much work a password costs, and what a key file may ask of this computer.

    Attributes:
        memory: Bytes of a new password at most; less on a computer that is too slow for them.
        rounds: Passes over the memory of a new password.
        least_memory: Bytes that a key file must ask for, or it was weakened by somebody.
        most_memory: Bytes that it may ask for, or it was made to stop this computer.
        least_rounds: The same for the passes.
        most_rounds: The same for the passes.
        seconds: What checking a password may take on this computer.
    """

    memory: int = 256 * _MIB
    rounds: int = 3
    least_memory: int = 64 * _MIB
    most_memory: int = 1024 * _MIB
    least_rounds: int = 3
    most_rounds: int = 12
    seconds: float = 0.7

    def stretch(self, password: str, salt: bytes, memory: int, rounds: int) -> bytes:
        """Return the key (32 bytes) of a password, after as much work as its slot asks for.

        Raises:
            DamagedError: The slot asks for more or less than this program ever does.
            DomainError: This computer has not enough memory.
        """
        in_memory = self.least_memory <= memory <= self.most_memory
        in_rounds = self.least_rounds <= rounds <= self.most_rounds
        if not (in_memory and in_rounds) or len(salt) != SALT_BYTES:
            raise DamagedError(
                _(
                    "The file keys.json asks for more or less work than this program ever does, "
                    "so somebody has changed it. Put it back from your newest backup."
                )
            )
        secret = unicodedata.normalize("NFKC", password).encode()
        try:
            return argon2id.kdf(32, secret, salt, rounds, memory)
        except exceptions.RuntimeError:
            raise DomainError(
                _(
                    "This computer has not enough free memory to check the password: {size} MB "
                    "are needed. Close other programs and try again."
                ).format(size=memory // _MIB)
            ) from None


def check_password(password: str) -> None:
    """Refuse a new password that is too short to protect anything."""
    if len(password.strip()) < LEAST_CHARACTERS:
        raise DomainError(
            _(
                "The password is too short. Choose at least {count} characters; "
                "a few words in a row are easy to remember."
            ).format(count=LEAST_CHARACTERS)
        )


def calibrate(limits: Limits, measure: Callable[[int, int], float] | None = None) -> int:
    """Return how many bytes of memory a password is worth on this computer.

    Measures the least that is safe, from which the rest follows in proportion, by processor time
    and not by the clock: a computer that is busy today must not get weak passwords for ever.

    Args:
        limits: What is wanted and what is allowed.
        measure: Seconds for an amount of memory and rounds; by default this computer is asked.
    """
    memory = limits.memory
    if memory > limits.least_memory:
        seconds = (measure or _seconds)(limits.least_memory, limits.rounds)
        while memory > limits.least_memory and (
            seconds * memory / limits.least_memory > limits.seconds
        ):
            memory //= 2
    return max(memory, limits.least_memory)


def _seconds(memory: int, rounds: int) -> float:
    begun = time.thread_time()
    argon2id.kdf(32, b"calibrate", bytes(SALT_BYTES), rounds, memory)
    return time.thread_time() - begun
