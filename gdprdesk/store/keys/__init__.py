"""Who may open the register: keys.json. Knows no database, so that the unlock window comes first.

A random vault key opens the file, a random journal key what is sealed in it once more. Each is
sealed to the public key of every member of staff who may use it. Her private key is sealed with her
password, and with a second factor if she chose one. So a colleague need not be there to be given
something, and the printed recovery key is one more such slot.

What each layer stops:
    Somebody with the file alone has passwords to guess, each at the price in `limits`.
    Somebody who changes the file without the vault key is found by its MAC, at once by its check
    sum if he does not know of that.
    Somebody who holds the vault key but not the journal key cannot slip a public key of his own
    among those of the readers (each is vouched for under the journal key), and cannot give a reader
    a journal key of his own making (its mark lies beside her private key).
"""

from __future__ import annotations

from gdprdesk.store.keys.content import FILE, Slot
from gdprdesk.store.keys.folder import REGISTER_FILE, must_be_register, staff_in
from gdprdesk.store.keys.keyring import NO_FACTORS, Factor, Keyring, Secret, derive
from gdprdesk.store.keys.limits import LEAST_CHARACTERS, Limits, calibrate, check_password
from gdprdesk.store.keys.opening import must_hold_journal
from gdprdesk.store.keys.slots import RECOVERY, missing_factor
from gdprdesk.store.keys.staff import OWNER, Keys

__all__ = [
    "FILE",
    "LEAST_CHARACTERS",
    "NO_FACTORS",
    "OWNER",
    "RECOVERY",
    "REGISTER_FILE",
    "Factor",
    "Keyring",
    "Keys",
    "Limits",
    "Secret",
    "Slot",
    "calibrate",
    "check_password",
    "derive",
    "missing_factor",
    "must_be_register",
    "must_hold_journal",
    "staff_in",
]
