"""Network drives are refused; folders of a synchronising service are recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.store.places import is_network_mount, refuse_network, synced_by

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
server:/export /home nfs4 rw 0 0
/dev/sdb1 /home/vera/disk ext4 rw 0 0
//kassa/delad /media/delad\040mapp\040\303\245 cifs rw 0 0
anna@server: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/ssh ext4 rw 0 0
""".strip()


@pytest.mark.parametrize(
    ("folder", "is_network"),
    [
        ("/srv/cafe.gdprdesk", False),
        ("/home/vera/cafe.gdprdesk", True),
        ("/home/vera/disk/cafe.gdprdesk", False),
        ("/homestead/cafe.gdprdesk", False),
        ("/media/delad mapp å/cafe.gdprdesk", True),
        ("/mnt/ssh/cafe.gdprdesk", False),  # the later mount hides the earlier one
    ],
)
def test_a_network_drive_is_known_from_the_table_of_mounts(folder: str, is_network: bool) -> None:
    assert is_network_mount(MOUNTS, Path(folder)) is is_network


def test_a_folder_of_this_computer_is_allowed(tmp_path: Path) -> None:
    refuse_network(tmp_path / "cafe.gdprdesk")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/Users/vera/OneDrive - Kaféet/Dokument/cafe.gdprdesk", "OneDrive - Kaféet"),
        ("/home/vera/Dropbox/cafe.gdprdesk", "Dropbox"),
        ("/Users/v/Library/Mobile Documents/com~apple~CloudDocs/c.gdprdesk", "Mobile Documents"),
        ("/home/vera/Dokument/cafe.gdprdesk", None),
        ("/home/vera/My Dropbox notes/cafe.gdprdesk", None),
    ],
)
def test_a_synchronised_folder_is_recognised(folder: str, service: str | None) -> None:
    assert synced_by(Path(folder)) == service
