"""Speak to the objects of macOS without another library."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


@cache
def _runtime() -> ctypes.CDLL:
    runtime = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
    for name in ("sel_registerName", "objc_getClass"):
        function = getattr(runtime, name)
        function.restype, function.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    return runtime


def class_named(name: bytes) -> int | None:
    """Return a class of macOS."""
    found: int | None = _runtime().objc_getClass(name)
    return found


def send(receiver: int | None, selector: bytes, *arguments: Any) -> int | None:
    """Send a message to an object and return the object or number it answers with.

    Args:
        receiver: The object; nothing answers with nothing.
        selector: What it is to do.
        arguments: Objects as their addresses, numbers as ctypes values, C strings as bytes.
    """
    runtime, pointer = _runtime(), ctypes.c_void_p
    kinds = [_kind(one) for one in arguments]
    speak = ctypes.CFUNCTYPE(pointer, pointer, pointer, *kinds)(("objc_msgSend", runtime))
    answer: int | None = speak(receiver, runtime.sel_registerName(selector), *arguments)
    return answer


def _kind(argument: Any) -> Any:
    if isinstance(argument, bytes):
        return ctypes.c_char_p
    return ctypes.c_void_p if argument is None or isinstance(argument, int) else type(argument)
