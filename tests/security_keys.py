"""Security keys made of software, plugged in and touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import pytest

pytest.importorskip("fido2")
from fido2.hid import CtapHidDevice

from tests.fake_stick import FakeStick


@dataclass
class Port:
    """Where one stick is plugged in.

    Attributes:
        device: The stick; nothing if there is none.
    """

    device: FakeStick = field(default_factory=FakeStick)

    def another(self) -> FakeStick:
        return FakeStick()

    def take(self, device: FakeStick) -> bool:
        """Plug another stick in."""
        self.device = device
        return True


@contextmanager
def plugged_in(device: FakeStick | Port | None = None) -> Iterator[Port]:
    """Let the computer find this stick, or a new one, where it looks for sticks."""
    port = device if isinstance(device, Port) else Port(device or FakeStick())
    with patch.object(CtapHidDevice, "list_devices", lambda: iter([port.device])):
        yield port


@dataclass
class Hand:
    """Somebody who touches when she is asked to.

    Attributes:
        pins: The PINs she writes, one after another.
        gives_up: Whether she presses Cancel as soon as she is to touch.
        on_next: What she does when another stick is asked for.
    """

    pins: list[str] = field(default_factory=list)
    gives_up: bool = False
    on_next: Callable[[], bool] = lambda: False
    given_up: bool = False

    def begin(self, give_up: Callable[[], None]) -> None:
        if self.gives_up:
            self.given_up = True
            give_up()

    def next_stick(self) -> bool:
        return self.on_next()

    def touch(self) -> None:
        """See it blink."""

    def pin(self) -> str | None:
        return self.pins.pop(0) if self.pins else None
