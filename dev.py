#!/usr/bin/env python3
"""Set gdprdesk up in this folder, start it, and check it. Needs Python 3.11 or newer, nothing else.

python3 dev.py run [--to DIR]        start the program on a filled example register; on a
                                     machine without a display make its files in DIR instead
python3 dev.py test                  run all tests but those marked slow
python3 dev.py test ARGUMENT ...     run pytest with these arguments and no other
python3 dev.py setup                 only make .venv, with the command gdprdesk in it
python3 dev.py check                 style, types, import contracts and translations
python3 dev.py translations          is every sentence translated? --update: take in new ones
python3 dev.py pictures DIR          make pictures of every page
python3 dev.py lock                  choose the newest versions that fit, in requirements.lock
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
GDPRDESK = BIN / ("gdprdesk.exe" if os.name == "nt" else "gdprdesk")
OLDEST_PYTHON = (3, 11)

PROGRAM = "# What the program needs."
TOOLS = "# What testing and checking it needs as well."
EXAMPLE = "example.gdprdesk"
DEMO_PASSWORD = "demo-demo-demo"  # noqa: S105 - what `gdprdesk demo` says itself

# The libraries Qt takes from the system: file name -> package of Debian and Ubuntu.
PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


def main(arguments: list[str]) -> int:
    """Do what the first argument says. Returns what the program started returned."""
    verbs = {
        "run": run,
        "test": test,
        "setup": setup,
        "check": check,
        "translations": translations,
        "pictures": pictures,
        "lock": lock,
    }
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"gdprdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    return verbs[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Open the window on the example register; without a display, make its files."""
    if len(arguments) not in (0, 2) or arguments[:1] not in ([], ["--to"]):
        sys.exit("It is: python3 dev.py run [--to DIR]")
    folder = Path(arguments[1]).resolve() if arguments else None
    _install(tools=False)
    if _platform() == "offscreen":
        return _run_without_display(folder or _first_free("example"))
    target = ["--to", str(folder / EXAMPLE)] if folder else []
    return subprocess.call([str(GDPRDESK), "demo", *target])


def test(arguments: list[str]) -> int:
    """Run the tests: all but the slow ones side by side, or just what the arguments ask for."""
    _install(tools=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    chosen = arguments or ["-m", "not slow", "-n", "auto", "--maxprocesses", "4"]
    return _call("-m", "pytest", *chosen, environment=environment)


def setup(_arguments: list[str]) -> int:
    """Make .venv with the command gdprdesk in it."""
    _install(tools=False)
    print(f"Ready. The command is {GDPRDESK}")
    return 0


def check(_arguments: list[str]) -> int:
    """Run every check that is not a test, and say which of them found something."""
    _install(tools=True)
    checks = {
        "lint": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "types (mypy)": ["-m", "mypy"],
        "types (pyright)": ["-m", "pyright"],
        "import contracts": ["-c", "from importlinter.cli import lint_imports_command as do; do()"],
        "translations": ["-m", "tests.translations"],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if _call(*command):
            failed.append(name)
    print("Not right: " + ", ".join(failed) if failed else "All checks are right.")
    return 1 if failed else 0


def translations(arguments: list[str]) -> int:
    """Compare the catalogues with the program; with --update, bring them up to date."""
    _install(tools=True)
    return _call("-m", "tests.translations", *arguments)


def pictures(arguments: list[str]) -> int:
    """Make pictures of every page in the folder named."""
    if len(arguments) != 1:
        sys.exit("Where shall the pictures go? python3 dev.py pictures DIR")
    _install(tools=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return _call("-m", "tests.pictures", str(Path(arguments[0]).resolve()), environment=environment)


def lock(_arguments: list[str]) -> int:
    """Write requirements.lock anew: newest versions that fit, with hashes, for every platform."""
    uv = shutil.which("uv", path=os.pathsep.join([str(BIN), os.environ.get("PATH", "")]))
    if uv is None:
        sys.exit("This needs uv. Type: python3 -m pip install uv")
    command = [uv, "pip", "compile", str(ROOT / "pyproject.toml"), "--universal", "--quiet"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    with tempfile.TemporaryDirectory() as folder:
        whole, program = Path(folder, "whole.txt"), Path(folder, "program.txt")
        subprocess.run([*command, "--group", "install", "--group", "dev", "-o", whole], check=True)
        subprocess.run([*command, "--group", "install", "-c", whole, "-o", program], check=True)
        needed, everything = _requirements(program), _requirements(whole)
    parts = [PROGRAM, *needed, "", TOOLS, *(one for one in everything if one not in needed)]
    LOCK.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    print(f"requirements.lock holds {len(everything)} packages, {len(needed)} for the program.")
    return 0


def _requirements(file: Path) -> list[str]:
    """Return the requirements of a file, each with the lines of its hashes."""
    return re.split(r"\n(?=\S)", file.read_text(encoding="utf-8").strip())


def _install(*, tools: bool) -> None:
    """Make .venv as requirements.lock says, unless it is so already, or is another checkout's."""
    if VENV.is_symlink():
        return
    stamp = {
        "lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
        "project": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
        "python": sys.version,
        "folder": str(ROOT),
    }
    found = json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.is_file() else {}
    if found == {**stamp, "tools": True} or (found == {**stamp, "tools": False} and not tools):
        _check_libraries()
        return
    print("Setting up .venv: this is done once and takes a minute or two.", flush=True)
    moved = bool(found) and (found["python"], found["folder"]) != (stamp["python"], stamp["folder"])
    _make_environment(clear=moved)
    locked = LOCK.read_text(encoding="utf-8")
    wanted = VENV / "wanted.txt"
    wanted.write_text(locked if tools else locked.partition(TOOLS)[0], encoding="utf-8")
    _pip("--require-hashes", "--only-binary", ":all:", "--requirement", str(wanted))
    _pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    _check_libraries()
    STAMP.write_text(json.dumps({**stamp, "tools": tools}), encoding="utf-8")


def _make_environment(*, clear: bool) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        _install_system_packages([f"python{version}-venv"], "This Python cannot make a .venv.")
    options = ["--clear"] if clear else []
    if subprocess.call([sys.executable, "-m", "venv", *options, str(VENV)]):
        sys.exit("Python could not make .venv: its own words are above.")


def _pip(*arguments: str) -> None:
    command = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments]
    if _call(*command):
        sys.exit(
            "The packages could not be installed: pip's own words are above. Nothing else was "
            "changed. When the cause is gone (the network, most often), start again."
        )


def _call(*arguments: str, environment: dict[str, str] | None = None) -> int:
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=environment)


def _platform() -> str:
    """Return where Qt will draw: "xcb", "wayland", "native", or "offscreen" without a display."""
    if not sys.platform.startswith("linux"):
        return "native"
    for variable, platform in (("DISPLAY", "xcb"), ("WAYLAND_DISPLAY", "wayland")):
        if os.environ.get(variable):
            return platform
    return "offscreen"


def _check_libraries() -> None:
    """See that Qt finds the system libraries it needs on this machine."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return
    for folder in VENV.glob("lib*/python*/site-packages/PySide6"):
        plugin = folder / "Qt/plugins/platforms" / f"libq{_platform()}.so"
        files = [folder / "QtWidgets.abi3.so", plugin]
        shown = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
        missing = sorted(set(re.findall(r"^\s*(\S+) => not found", shown, re.MULTILINE)))
        if missing:
            packages = sorted({PACKAGE_OF.get(name, name) for name in missing})
            _install_system_packages(packages, f"Qt misses {', '.join(missing)}.")


def _install_system_packages(packages: list[str], reason: str) -> None:
    """Install packages of Debian or Ubuntu as root; as anyone else say what to type."""
    if shutil.which("apt-get") is None:
        sys.exit(f"{reason} Install what Debian calls {' '.join(packages)}, then start again.")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {' '.join(install)}"
        sys.exit(f"{reason} Type this line, then start again:\n    {line}")
    print(f"{reason} Installing with apt: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "--quiet=2"], [*install, "--quiet=2"]):
        with tempfile.TemporaryFile() as said:
            refused = subprocess.call(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
            if refused and command[1] == "install":
                said.seek(0)
                sys.stderr.write(said.read().decode(errors="replace"))
                sys.exit(f"That did not work: apt's own words are above. {reason}")


def _first_free(name: str) -> Path:
    """Return a folder of this name that is not there yet: example, example-2, example-3."""
    folder, number = Path(name), 2
    while folder.exists():
        folder, number = Path(f"{name}-{number}"), number + 1
    return folder.resolve()


def _run_without_display(folder: Path) -> int:
    """Do the main job on an example register by the command line, and say where it all is."""
    print("There is no display here, so the main job is done without the window.")
    folder.mkdir(parents=True, exist_ok=True)
    register, year = folder / EXAMPLE, time.localtime().tm_year - 1
    password = os.environ.setdefault("GDPRDESK_PASSWORD", DEMO_PASSWORD)
    _gdprdesk("demo", "--no-window", "--to", register)
    found = json.loads(_gdprdesk("people", register, "--json", quiet=True))
    someone = found["rows"][0]["ref"]
    for what, target, more in (
        ("register", "register.xlsx", ["--format", "xlsx"]),
        ("register", "register.pdf", ["--format", "pdf"]),
        ("person", "one-person.zip", ["--person", someone]),
        ("accountant", f"accountant-{year}.xlsx", ["--year", year, "--format", "xlsx"]),
        ("accountant", f"accountant-{year}.pdf", ["--year", year, "--format", "pdf"]),
    ):
        _gdprdesk("export", register, what, "--to", folder / target, *more)
    print(f"\nAll of it is in {folder}")
    for file in sorted(folder.iterdir()):
        print(f"    {file.name}")
    print(f"Password of the example register: {password}. More: {GDPRDESK} --help")
    return 0


def _gdprdesk(*arguments: object, quiet: bool = False) -> str:
    """Call the command line. Returns what it printed if quiet, else shows it."""
    command = [str(GDPRDESK), *map(str, arguments)]
    output = subprocess.PIPE if quiet else None
    done = subprocess.run(command, stdout=output, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
