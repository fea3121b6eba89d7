"""What is needed beside the password, on the command line."""

from __future__ import annotations

from gdprdesk.cli.security_keys import TerminalAsking
from tests.security_keys import plugged_in


def test_a_key_file_is_made_asked_for_and_removed(gdprdesk, cafe, tmp_path, monkeypatch) -> None:
    assert gdprdesk("factors", cafe, "--json").value == {"key_file": False, "security_keys": []}
    path = tmp_path / "my.gdprdesk-key"
    made = gdprdesk("factors", cafe, "add-key-file", "--path", path, "--json")
    assert made.value["key_file"] is True
    assert "Keep it on a stick" in made.err or "Move it to a stick" in made.err
    refused = gdprdesk("people", cafe)
    assert refused.code == 1
    assert "Your key file is needed" in refused.err
    assert gdprdesk("people", cafe, "--key-file", path).code == 0
    monkeypatch.setenv("GDPRDESK_KEY_FILE", str(path))
    assert "Key file" in gdprdesk("factors", cafe).out
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", "four words in a row")
    assert gdprdesk("password", cafe).code == 0
    monkeypatch.setenv("GDPRDESK_PASSWORD", "four words in a row")
    done = gdprdesk("factors", cafe, "remove-key-file", "--json")
    assert done.value["key_file"] is False
    again = gdprdesk("factors", cafe, "add-key-file", "--path", path, "--json")
    assert again.value["key_file"] is True


def test_where_the_key_file_is_to_be_must_be_said(gdprdesk, cafe) -> None:
    said = gdprdesk("factors", cafe, "add-key-file")
    assert (said.code, said.out) == (1, "")
    assert "--path" in said.err


def test_a_security_key_is_added_asked_and_removed(gdprdesk, cafe) -> None:
    with plugged_in():
        added = gdprdesk("factors", cafe, "add-security-key", "--json")
        assert added.value["security_keys"] == ["1"]
        assert "Touch your security key now" in added.err
        refused = gdprdesk("people", cafe)
        assert (refused.code, refused.out) == (1, "")
        assert "Your security key is needed" in refused.err
        assert "Security key 1" in gdprdesk("factors", cafe, "--security-key").out
        unknown = gdprdesk("factors", cafe, "remove-security-key", "--security-key")
        assert "no security key with this number" in unknown.err
        gone = gdprdesk(
            "factors", cafe, "remove-security-key", "--number", "1", "--security-key", "--json"
        )
    assert gone.value["security_keys"] == []


def test_where_nobody_can_be_asked_nothing_waits(capsys) -> None:
    asking = TerminalAsking()
    assert asking.pin() is None
    assert not asking.next_stick()
