"""Changing who may open a register, and with what."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Self

from nacl.secret import Aead

from gdprdesk.domain.errors import DomainError, WrongPasswordError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.i18n import _, format_day
from gdprdesk.store.keys.content import MOST_SLOTS, Content
from gdprdesk.store.keys.earlier import kept_for_copies
from gdprdesk.store.keys.keyring import NO_FACTORS, Factor, Keyring, Secret
from gdprdesk.store.keys.limits import Limits, calibrate, check_password
from gdprdesk.store.keys.opening import KeyFile, folded, must_hold_journal
from gdprdesk.store.keys.slots import RECOVERY, StoredSlot, slipped_in
from gdprdesk.store.recovery import new_code, new_recovery_key

OWNER = "owner"
"""The slot of whoever made the register."""

_LONGEST_NAME = 100


class Keys(KeyFile):
    """The key file of one register, and everything that can be changed in it.

    Each change replaces the whole file as one step, signed with the vault key.
    """

    @classmethod
    def create(
        cls, path: Path, name: str, password: str, limits: Limits | None = None
    ) -> tuple[Self, Keyring, str]:
        """Make a key file. Returns it, the new keys, and the recovery key to print.

        Args:
            path: Where.
            name: What people call the owner, whose slot is OWNER.
            password: Hers.
            limits: How much work it may cost.
        """
        check_password(password)
        keyring, register_id = Keyring.new(), secrets.token_hex(16)
        keys = cls(path, limits, Content.made(register_id, {}, keyring.vault))
        owner = replace(keys._frame(OWNER), name=keys._checked_name(name, OWNER))
        keys._put(keyring, owner.locked(Secret(password), keyring, keys._limits, journal=True))
        return keys, keyring, keys.new_recovery_key(keyring)

    # Passwords

    def change_password(self, staff: str, old: Secret, new: str) -> None:
        """Give a member of staff a new password for her old one; her factors stay.

        Raises:
            DomainError: The old one is wrong, or the new one too short.
        """
        keyring = self.unlock(staff, old)
        self._lock(keyring, self._member(staff), Secret(new, old.factors))

    def set_password(self, keyring: Keyring, staff: str, password: str) -> None:
        """Give a member of staff a password without her old one, and without a second factor.

        Raises:
            DomainError: The password is too short, or she reads the journal and the keys do not.
        """
        self._lock(keyring, replace(self._member(staff), factors={}), Secret(password))

    def set_factors(self, staff: str, secret: Secret, factors: Mapping[FactorKind, Factor]) -> None:
        """Choose what is needed beside a password from now on.

        Args:
            staff: Whose.
            secret: What opens the register today.
            factors: All that will be needed; none for the password alone.

        Raises:
            DomainError: The secret is wrong.
        """
        keyring = self.unlock(staff, secret)
        self._lock_with_factors(keyring, self._member(staff), secret.password, factors)

    def new_recovery_key(self, keyring: Keyring) -> str:
        """Return a new recovery key to print. An earlier one opens nothing any more.

        Raises:
            DomainError: It could not open the journal, as the one before could.
        """
        if not self._lacks_journal():
            must_hold_journal(keyring)
        printed = new_recovery_key()
        slot = StoredSlot(self.register_id, RECOVERY, RECOVERY)
        holds = keyring.journal is not None
        self._put(keyring, slot.locked(Secret(printed), keyring, self._limits, journal=holds))
        return printed

    # Staff

    def invite(
        self, keyring: Keyring, staff: str, name: str, until: date, *, journal: bool = False
    ) -> str:
        """Let somebody in who chooses a password of her own, and return the code to tell her.

        Whoever has a slot already is invited anew: her old password opens nothing any more.

        Args:
            keyring: What the one who invites holds.
            staff: The id of the slot.
            name: What people call her.
            until: The last day of the code.
            journal: Whether she may read the journal.

        Raises:
            DomainError: The name is taken or empty, there are too many people, or the journal is
                not the inviter's to give.
        """
        if journal:
            self._must_be_vouched(must_hold_journal(keyring))
        slots = self._content.slots
        if staff not in slots and len(slots) >= MOST_SLOTS:
            raise DomainError(
                _(
                    "There is no room for more people in this register: {count} at most. Remove "
                    "somebody who no longer works with you."
                ).format(count=MOST_SLOTS - 1)
            )
        if staff in slots:
            self._must_not_be_the_last(staff)
        code = new_code()
        slot = StoredSlot(
            self.register_id, staff, self._checked_name(name, staff), invited_until=until
        )
        self._put(keyring, slot.locked(Secret(code), keyring, self._limits, journal=journal))
        return code

    def accept(
        self,
        staff: str,
        code: str,
        password: str,
        today: date,
        factors: Mapping[FactorKind, Factor] = NO_FACTORS,
    ) -> Keyring:
        """Choose a password with a one-time code, which opens nothing any more after that.

        Args:
            staff: The id or name of whoever was invited.
            code: The code, in any way of typing it.
            password: The password she chooses.
            today: The day.
            factors: What will be needed beside it.

        Returns:
            The keys she holds.

        Raises:
            WrongPasswordError: It is not her code, or she has a password already.
            DomainError: The code has run out, or the password is too short.
        """
        check_password(password)
        slot = self._slot(staff)
        if slot.invited_until is None:
            raise WrongPasswordError(
                _(
                    "{name} has a password already, so a one-time code opens nothing. Open the "
                    "register with the password."
                ).format(name=slot.name)
            )
        keyring = self._open(slot, Secret(code))
        if today > slot.invited_until:
            raise DomainError(
                _(
                    "The invitation ran out on {day}. Nothing was changed. Ask whoever invited you "
                    "for a new code."
                ).format(day=format_day(slot.invited_until))
            )
        self._lock_with_factors(keyring, slot, password, factors)
        return keyring

    def rename(self, keyring: Keyring, staff: str, name: str) -> None:
        """Change what people call a member of staff.

        Raises:
            DomainError: The name is empty, or somebody else's.
        """
        slot = self._member(staff)
        self._put(keyring, replace(slot, name=self._checked_name(name, slot.id)))

    def remove(self, keyring: Keyring, staff: str) -> None:
        """Let somebody in no more. What she could read before, only new keys take from her.

        Raises:
            DomainError: Nobody else has a password.
        """
        slot = self._member(staff)
        self._must_not_be_the_last(slot.id)
        self.verify(keyring.vault)
        self._write(keyring, (one for one in self._content.slots.values() if one.id != slot.id))

    # The journal

    def complete(self, keyring: Keyring, staff: str, secret: Secret) -> Keyring:
        """Give a register of an earlier version its journal key, once its owner opens it.

        Args:
            keyring: What she holds.
            staff: Who has opened it.
            secret: With what.

        Returns:
            What she holds now; the same if there is nothing to do.

        Raises:
            DamagedError: There was a journal key, and somebody has taken it out of the file.
        """
        slots = self._content.slots
        owner = OWNER if OWNER in slots else next(one for one in slots if one != RECOVERY)
        slot = self._slot(staff)
        if not self._lacks_journal() or slot.id not in {owner, RECOVERY}:
            return keyring
        private, mark = slot.opened(secret, self._limits)
        if mark:
            raise slipped_in()
        completed = keyring.with_journal()
        readers = {one: slots[one] for one in (owner, RECOVERY) if one in slots}
        granted = {one: reader.granted_journal(completed) for one, reader in readers.items()}
        own = granted[slot.id].wrapped(private, completed.mark or b"", secret, self._limits)
        self._put(completed, *{**granted, own.id: own}.values())
        return completed

    def grant_journal(self, keyring: Keyring, staff: str) -> None:
        """Let somebody read the journal; compare her `fingerprint` with her before.

        Raises:
            DomainError: The journal is not the granter's to give.
            DamagedError: Somebody without the journal key has changed who may read it.
        """
        self._must_be_vouched(must_hold_journal(keyring))
        self._put(keyring, self._member(staff).granted_journal(keyring))

    def revoke_journal(self, keyring: Keyring, staff: str) -> None:
        """Let somebody read the journal no more. She may have kept the key: change that too."""
        self._put(keyring, replace(self._member(staff), journal=b"", vouched=b""))

    # New keys

    def must_be_trusted(self, keyring: Keyring) -> None:
        """Refuse to give anything to those in the file if somebody may have put them there.

        Raises:
            DamagedError: The file was changed outside the program, or who may read the journal by
                somebody without its key.
        """
        self.verify(keyring.vault)
        if keyring.journal is not None:
            self._must_be_vouched(keyring.journal)

    def rotate(self, new: Keyring, now: datetime) -> None:
        """Let everybody in with new keys, as one step.

        The new file of the register must be whole on the disk, under another name. From now on
        whoever unlocks finds the keys before as `Keyring.previous`, until `forget_previous`: so a
        crash before the new file has its name leaves one that opens.

        Args:
            new: What `Keyring.renewed` gave.
            now: The moment, in UTC; copies that were made before need the old keys.

        Raises:
            DamagedError: The file was changed outside the program, or who may read the journal by
                somebody without its key.
        """
        old = new.previous
        if old is None or self._content.previous:
            raise ValueError(self.generation)
        self.must_be_trusted(old)
        sealed = {"vault": Aead(new.vault).encrypt(old.vault, self._about("vault"))}
        slots = [one.granted(new) for one in self._content.slots.values()]
        if old.journal is not None and new.journal is not None and old.journal != new.journal:
            sealed["journal"] = Aead(new.journal).encrypt(old.journal, self._about("journal"))
            slots = [one.granted_journal(new) if one.journal else one for one in slots]
        earlier = kept_for_copies(self._content.earlier, old, new, self.register_id, now)
        number = self.generation + 1
        self._write(new, slots, generation=number, previous=sealed, earlier=earlier)

    def forget_previous(self, keyring: Keyring) -> None:
        """Forget the keys before, once the new file of the register is in its place."""
        self.verify(keyring.vault)
        self._write(keyring, self._content.slots.values(), previous={})

    def forget_earlier(self, keyring: Keyring, oldest: datetime | None) -> None:
        """Forget the keys that no copy needs any more.

        Args:
            keyring: What whoever has opened the register holds.
            oldest: When the oldest copy was made that is left; nothing if none is.
        """
        kept = tuple(one for one in self._content.earlier if oldest and oldest <= one.until)
        if kept != self._content.earlier:
            self.verify(keyring.vault)
            self._write(keyring, self._content.slots.values(), earlier=kept)

    def _lacks_journal(self) -> bool:
        return not any(one.journal for one in self._content.slots.values())

    def _lock(self, keyring: Keyring, slot: StoredSlot, secret: Secret) -> None:
        """Give somebody a password; she holds what she held."""
        check_password(secret.password)
        if slot.journal:
            must_hold_journal(keyring)
        figures = self._frame(slot.id)
        slot = replace(slot, memory=figures.memory, rounds=figures.rounds, invited_until=None)
        self._put(keyring, slot.locked(secret, keyring, self._limits, journal=bool(slot.journal)))

    def _lock_with_factors(
        self,
        keyring: Keyring,
        slot: StoredSlot,
        password: str,
        factors: Mapping[FactorKind, Factor],
    ) -> None:
        needs = {kind: dict(one.needs) for kind, one in factors.items()}
        given = {kind: one.secret for kind, one in factors.items()}
        self._lock(keyring, replace(slot, factors=needs), Secret(password, given))

    def _member(self, staff: str) -> StoredSlot:
        """Return the slot of a member of staff, which the printed key is not."""
        slot = self._slot(staff)
        if slot.id == RECOVERY:
            raise DomainError(
                _("The printed recovery key is no member of staff. Choose whom you mean.")
            )
        return slot

    def _frame(self, staff: str) -> StoredSlot:
        """Return an empty slot for a password, which never costs less than those before."""
        known = [one.memory for one in self._content.slots.values() if one.memory]
        memory = max(known) if known else calibrate(self._limits)
        return StoredSlot(self.register_id, staff, staff, memory, self._limits.rounds)

    def _checked_name(self, name: str, staff: str) -> str:
        """Return a name as it is kept, which nobody else here has as name or id."""
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        if not name or RECOVERY in {name, staff}:
            raise DomainError(_("Say who the password belongs to."))
        if len(name) > _LONGEST_NAME or not name.isprintable():
            raise DomainError(
                _("This name is too long, or has letters that cannot be shown. Choose another.")
            )
        others = (one for one in self._content.slots.values() if one.id != staff)
        if any(folded(name) in {folded(one.id), folded(one.name)} for one in others):
            raise DomainError(
                _(
                    "Somebody called {name} may open this register already. Choose another name, "
                    "such as one with a surname."
                ).format(name=name)
            )
        return name

    def _must_not_be_the_last(self, staff: str) -> None:
        others = [one for one in self._content.slots.values() if one.id not in {staff, RECOVERY}]
        if not any(one.invited_until is None for one in others):
            raise DomainError(
                _(
                    "Nobody else has a password to this register, so it would be locked for good "
                    "but for the printed recovery key. Nothing was changed. Invite somebody first."
                )
            )
