"""What somebody has with her beside the password, and asking it for what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.jobs import Cancelled
from gdprdesk.store.keys import Factor, missing_factor
from gdprdesk.store.second_factor import read_key_file
from gdprdesk.store.security_key import Interaction, Owner, Stick, connected_stick


class Asking(Interaction, Protocol):
    """How somebody is asked for what her security key needs, and says that she gives up."""

    @property
    def given_up(self) -> bool:
        """Return whether she has given up."""
        ...

    def begin(self, give_up: Callable[[], None]) -> None:
        """Take what ends the waiting for a touch, from any thread."""

    def next_stick(self) -> bool:
        """Wait until another stick is plugged in; returns whether it is."""
        ...


@dataclass(frozen=True, repr=False)
class AtHand:
    """What can be asked beside the password.

    Attributes:
        key_file: Where the key file is; nothing if there is none.
        asking: How a security key is waited for; nothing where none can be.
    """

    key_file: Path | None = None
    asking: Asking | None = None

    def secret(self, owner: Owner, kind: FactorKind, needs: Mapping[str, str]) -> bytes:
        """Return what one second factor gives.

        Args:
            owner: Who is asked, and for which register.
            kind: Which factor.
            needs: What is known to ask for it.

        Raises:
            MissingFactorError: It is not at hand.
            DomainError: It is damaged, another's, or was not touched.
            Cancelled: She gave up.
        """
        if kind is FactorKind.KEY_FILE:
            if self.key_file is None:
                raise missing_factor(kind)
            return read_key_file(self.key_file, needs)
        with self._stick() as stick:
            return stick.secret(owner, needs)

    def add_stick(self, owner: Owner, known: Factor | None = None) -> Factor:
        """Return the factor that a security key gives from now on too.

        Args:
            owner: Whose it is.
            known: What her other ones give, of which one was asked just now.

        Raises:
            DomainError: It cannot be used, or was not touched.
            Cancelled: She gave up.
        """
        if known is not None and self.asking is not None and not self.asking.next_stick():
            raise Cancelled
        with self._stick() as stick:
            return stick.add(owner, known)

    @contextmanager
    def _stick(self) -> Iterator[Stick]:
        asking = self.asking
        if asking is None:
            raise missing_factor(FactorKind.SECURITY_KEY)
        try:
            with connected_stick(asking) as stick:
                asking.begin(stick.give_up)
                yield stick
        except DomainError:
            if asking.given_up:
                raise Cancelled from None
            raise


NOTHING_AT_HAND = AtHand()
