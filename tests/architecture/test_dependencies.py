"""Every dependency that pyproject.toml names is used, and everything used is named there."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import openpyxl
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Nothing here imports this one: openpyxl reads workbooks through it where it finds it. It is faster
# and resolves no entities; defusedxml, which Word files are read with too, refuses those by which a
# small file grows without end.
TAKEN_BY_OPENPYXL = {"lxml"}

COMES_WITH_QT = {"shiboken6"}  # PySide6 asks for it in exactly its own version


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def _imported(folders: Iterable[str]) -> set[str]:
    """Return the first names of everything imported below these folders, at any depth of code."""
    found: set[str] = set()
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.partition(".")[0])
    return found


def test_every_dependency_is_used_and_everything_used_is_a_dependency() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    listed = [*PROJECT["project"]["dependencies"], *(one for extra in extras for one in extra)]
    declared = {_name(one) for one in listed}
    known = set(sys.stdlib_module_names) | {"gdprdesk", "gdprdesk_ui"}
    distributions = packages_distributions()
    modules = _imported(["gdprdesk", "ui/gdprdesk_ui"]) - known
    used = {_name(one) for module in modules for one in distributions[module]}
    assert used - COMES_WITH_QT == declared - TAKEN_BY_OPENPYXL


def test_openpyxl_still_takes_what_is_there_for_it_alone() -> None:
    assert openpyxl.DEFUSEDXML
    assert openpyxl.LXML
    assert not TAKEN_BY_OPENPYXL & _imported(["gdprdesk", "ui/gdprdesk_ui"])
