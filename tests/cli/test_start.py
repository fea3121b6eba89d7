"""What is started: the command line, the window, or a sentence without a display."""

from __future__ import annotations

import sys

import pytest

from gdprdesk_ui.__main__ import main


@pytest.fixture
def _no_display(monkeypatch, tmp_path) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.usefixtures("_no_display")
@pytest.mark.parametrize("arguments", [[], ["cafe.gdprdesk"], ["--locked", "idle", "a.gdprdesk"]])
def test_without_a_display_the_window_is_a_sentence(capsys, arguments) -> None:
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "There is no display here" in said.err


@pytest.mark.usefixtures("_no_display")
def test_a_command_needs_no_display(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("gdprdesk ")
