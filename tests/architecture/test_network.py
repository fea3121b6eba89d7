"""The program never speaks to another computer."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEAKING = {
    "PySide6.QtHttpServer", "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebEngineCore",
    "PySide6.QtWebSockets", "asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "webbrowser", "xmlrpc",
}  # fmt: skip


def test_nothing_that_speaks_to_other_computers_is_imported() -> None:
    for folder in ("gdprdesk", "ui/gdprdesk_ui"):
        for file in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            imported = {name for node in ast.walk(tree) for name in _imported(node)}
            assert not imported & SPEAKING, file


def test_a_register_is_made_and_written_out_without_a_word_to_anybody(tmp_path) -> None:
    """Python itself tells of each attempt, whichever library makes it."""
    code = """
import os, sys
SPOKEN = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"}

def listen(event, arguments):
    if event in SPOKEN:
        sys.stderr.write(f"{event} {arguments}")
        os._exit(3)

sys.addaudithook(listen)
sys.path.insert(0, sys.argv[1])
from gdprdesk.cli import main
assert main(["demo", "--no-window", "--people", "5", "--to", "x.gdprdesk"]) == 0
assert main(["export", "x.gdprdesk", "register", "--to", "register.pdf"]) == 0
assert main(["export", "x.gdprdesk", "register", "--to", "register.xlsx"]) == 0
assert main(["import", "x.gdprdesk", "list.csv"]) == 0
"""
    (tmp_path / "list.csv").write_text("Namn;E-post\r\nÅsa Ek;asa@exempel.se\r\n", "utf-8")
    environment = {**os.environ, "GDPRDESK_PASSWORD": "demo-demo-demo"}
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, ROOT], check=True, cwd=tmp_path, env=environment
    )


def _imported(node: ast.AST) -> set[str]:
    """Return the modules that a piece of code imports, each with those it lies in."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return set()
    dotted = [f"{name}." for name in names]
    return {one[:at] for one in dotted for at, letter in enumerate(one) if letter == "."}
