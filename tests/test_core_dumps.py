"""A crash leaves no picture of the memory behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
TOLD = """
import ctypes, resource
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def run(code: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "ui")]),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env=environment, capture_output=True, text=True, check=False, timeout=120, cwd=folder,
    )  # fmt: skip


@LINUX
@pytest.mark.parametrize(
    "start",
    [
        "from gdprdesk.cli import main\nmain(['check', 'nowhere'])",
        "from gdprdesk_ui.app import main\nmain(['--self-test'])",
    ],
    ids=["command", "window"],
)
def test_commands_and_window_leave_no_core(start) -> None:
    done = run(f"{start}\n{TOLD}")
    assert done.stdout.splitlines()[-1] == "(0, 0) 0"


@LINUX
def test_a_program_that_crashes_leaves_no_file(tmp_path) -> None:
    code = (
        "import os, resource, signal\n"
        "from gdprdesk.core_dumps import leave_no_core\n"
        "most = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
        "leave_no_core()\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n"
    )
    assert run(code, tmp_path).returncode == -11
    assert not list(tmp_path.iterdir())


@LINUX
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() != 0, reason="becomes another user")
def test_another_program_of_the_same_user_cannot_read_the_memory() -> None:
    code = (
        "import ctypes, os, resource\n"
        "from gdprdesk.core_dumps import leave_no_core\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as a program is when it starts\n"
        "before = os.stat('/proc/self/mem').st_uid\n"
        "leave_no_core()\n"
        "print(before, os.stat('/proc/self/mem').st_uid)\n"
    )
    assert run(code).stdout.split() == ["65534", "0"]
