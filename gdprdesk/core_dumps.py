"""No copy of the memory is left behind on the disk when the program crashes or is killed."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h
_NO_FAULT_BOX = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX
_NO_HEAP = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP


def leave_no_core() -> None:
    """Forbid the system to write the memory to a file. To be said anew by every process.

    A system that cannot be told goes on as it would: the register is no less sealed for that.
    """
    if sys.platform == "win32":
        _send_no_report()
        return
    import resource  # noqa: PLC0415  (not on Windows)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _be_undumpable()


def _be_undumpable() -> None:
    """Close what the limit leaves open: a core handed to another program, and /proc/PID/mem.

    Only the administrator reads the memory of such a process.
    """
    import ctypes  # noqa: PLC0415  (the command line starts without it)

    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _send_no_report() -> None:
    """Let Windows neither ask about a crash nor put the heap into a report of it."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        ctypes.windll.kernel32.SetErrorMode(_NO_FAULT_BOX)
        ctypes.windll.kernel32.WerSetFlags(_NO_HEAP)
