"""What pyproject.toml, requirements.lock and dev.py promise each other."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import dev
from gdprdesk.cli.parser import build_parser
from gdprdesk.store.migrations import VERSIONS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def _locked(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def test_qt_is_a_version_that_does_not_lose_references_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None at every data() that returns it:
    scrolling one table ends in "Fatal Python error: none_dealloc"."""
    declared = next(
        Requirement(one)
        for one in PROJECT["project"]["dependencies"]
        if _name(one) == "pyside6-essentials"
    )
    assert declared.specifier == SpecifierSet(">=6.8,<6.12")
    assert declared.specifier.contains(_locked(LOCK)["pyside6-essentials"])


def test_lock_holds_every_dependency_within_its_bounds() -> None:
    program = _locked(LOCK.partition(dev.TOOLS)[0])
    for one in PROJECT["project"]["dependencies"]:
        assert Requirement(one).specifier.contains(program[_name(one)]), one
    for group in ("test", "fido2", "lint", "build", "install"):
        for one in PROJECT["dependency-groups"][group]:
            assert Requirement(one).specifier.contains(_locked(LOCK)[_name(one)]), one


def test_lock_has_a_hash_for_every_package_and_no_address() -> None:
    bare = LOCK.replace(dev.PROGRAM, "").replace(dev.TOOLS, "").strip()
    blocks = re.split(r"\n(?=[a-z0-9])", bare)
    wanted = {re.sub(r"==\S+", "", block.splitlines()[0]) for block in blocks}
    assert len(blocks) == len(wanted) > 50  # one of each name for a machine and a Python
    for block in blocks:
        assert "--hash=sha256:" in block, block
    assert "://" not in LOCK
    assert not re.search(r"^\s*-(?!-hash=)", LOCK, re.MULTILINE)


@pytest.mark.slow
def test_wheel_holds_the_program_and_its_resources_and_nothing_else(tmp_path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path]
    subprocess.run([*command, ROOT], check=True, capture_output=True)  # noqa: S603
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gdprdesk", "gdprdesk_ui"}
    for language in ("sv", "nb"):
        assert f"gdprdesk/resources/translations/{language}/LC_MESSAGES/gdprdesk.mo" in names
    for change in VERSIONS.glob("*.py"):
        assert f"gdprdesk/store/migrations/versions/{change.name}" in names
    kept = {path for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert {f"gdprdesk/resources/{path.relative_to(ROOT / 'resources')}" for path in kept} <= names


def test_the_installer_takes_along_what_is_read_as_a_file() -> None:
    """The recipe is run with names that only write down what they are given."""
    given: dict[str, Any] = {}

    def analysis(scripts: list[str], **options: Any) -> SimpleNamespace:
        given.update(options, scripts=scripts)
        return SimpleNamespace(pure=[], scripts=[], binaries=[], datas=[])

    rest = dict.fromkeys(["PYZ", "EXE", "COLLECT"], lambda *_given, **_options: None)
    recipe = ROOT / "installers/gdprdesk.spec"
    code = compile(recipe.read_text(encoding="utf-8"), recipe.name, "exec")
    exec(code, {"SPECPATH": str(recipe.parent), "Analysis": analysis, **rest})  # noqa: S102
    taken = {
        target: set(Path(source).parent.glob(Path(source).name))
        for source, target in given["datas"]
    }
    assert taken["gdprdesk/resources"] == {ROOT / "resources"}
    assert taken[str(VERSIONS.relative_to(ROOT))] >= set(VERSIONS.glob("v*.py"))
    assert all(Path(path).exists() for path in [*given["scripts"], *given["pathex"]])
    assert all(find_spec(name) for name in given["hiddenimports"])


def test_readme_names_only_what_is_there() -> None:
    named = re.findall(r"`((?:gdprdesk|ui|resources|installers|tests|\.ci)/[\w./]*)", README)
    assert len(named) > 5
    for path in named:
        assert (ROOT / path).exists(), path


def test_readme_names_only_tests_that_are_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", README)
    assert len(named) > 10
    for path, test in named:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), test


def test_every_command_in_the_readme_can_be_typed() -> None:
    lines = re.findall(r"^ {4}(\S.*?)(?: +#.*)?$", README, re.MULTILINE)
    typed = [shlex.split(line) for line in lines]
    ours = [words[1:] for words in typed if words[0] == "gdprdesk" and len(words) > 1]
    assert len(ours) > 10
    for words in ours:
        build_parser(words).parse_args(words)
    assert {tuple(words[:2]) for words in typed if words[0] != "gdprdesk"} == {
        ("python3", "dev.py")
    }
    verbs = [words[2] for words in typed if words[0] == "python3"]
    assert verbs[:2] == ["run", "test"]
    assert all(f"python3 dev.py {verb}" in str(dev.__doc__) for verb in verbs)


@pytest.mark.parametrize("version", [(3, 8), (3, 10)])
def test_an_old_python_is_told_so(version, monkeypatch) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match="needs Python 3"):
        dev.main(["setup"])


def test_dev_is_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert {name.partition(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_dev_explains_every_verb(capsys) -> None:
    assert dev.main([]) == 2
    shown = capsys.readouterr().out
    for verb in ("run", "test", "setup", "check", "translations", "pictures", "lock"):
        assert f"python3 dev.py {verb}" in shown


def test_missing_libraries_are_named_with_the_line_to_type(monkeypatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as told:
        dev._install_system_packages(["libegl1", "libgl1"], "Qt misses libEGL.so.1.")
    assert "Qt misses libEGL.so.1." in str(told.value)
    line = (
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends libegl1 libgl1"
    )
    assert line in str(told.value)
