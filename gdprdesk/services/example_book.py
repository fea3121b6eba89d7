"""What the made-up businesses are made of: resources/demo, by language and trade."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from gdprdesk.resources import resource

BOOKS = {"SE": "sv", "NO": "nb"}


def example_book(trade: str, country: str) -> Mapping[str, Any]:
    """Return a made-up business of a country: its words, its people's names and how it lives."""
    language = BOOKS[country]
    lives: Mapping[str, Any] = _read("trades")[trade]
    return {**lives, **_read(f"{language}/people"), **_read(f"{language}/{trade}")}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource(f"demo/{name}.toml").read_text("utf-8"))
