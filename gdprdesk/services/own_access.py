"""What whoever has unlocked a register opens it with, as she changes it for herself.

Each change asks for the password again, and for what is needed beside it: an unlocked window that
somebody else finds is not enough to lock its owner out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.i18n import _
from gdprdesk.store.at_hand import NOTHING_AT_HAND, AtHand
from gdprdesk.store.keys import Factor, Secret, Slot
from gdprdesk.store.passwords import check_new_password
from gdprdesk.store.second_factor import is_beside, known_key_file, make_key_file
from gdprdesk.store.security_key import Owner
from gdprdesk.store.vault import Vault


@dataclass(frozen=True, repr=False)
class OwnFactors:
    """What is needed beside the password.

    Attributes:
        key_file: Whether a key file is.
        security_keys: By which numbers the security keys are told apart, of which one is.
    """

    key_file: bool
    security_keys: tuple[str, ...]

    @property
    def kinds(self) -> tuple[FactorKind, ...]:
        """Return which kinds are needed."""
        needed = {
            FactorKind.KEY_FILE: self.key_file,
            FactorKind.SECURITY_KEY: bool(self.security_keys),
        }
        return tuple(kind for kind, is_needed in needed.items() if is_needed)


class OwnAccess:
    """The way in of whoever has unlocked the register.

    Args:
        vault: The register.
        must_act: Refuses where the register is only looked at.
        known_names: Returns what no password may be built on.
        backup_folders: Returns where copies are made.
    """

    def __init__(
        self,
        vault: Vault,
        must_act: Callable[[], None],
        known_names: Callable[[], Iterable[str]],
        backup_folders: Callable[[], Iterable[Path]],
    ) -> None:
        self._vault, self._must_act = vault, must_act
        self._known_names, self._backup_folders = known_names, backup_folders

    def factors(self) -> OwnFactors:
        """Return what is needed beside the password today."""
        needs = self._slot().factors
        sticks = needs.get(FactorKind.SECURITY_KEY, {})
        return OwnFactors(FactorKind.KEY_FILE in needs, tuple(sorted(sticks, key=int)))

    def change_password(self, old: str, new: str, at_hand: AtHand = NOTHING_AT_HAND) -> None:
        """Choose another password; what is needed beside it stays.

        Raises:
            DomainError: The old one is wrong, or the new one too easy.
        """
        self._must_act()
        check_new_password(new, self._known_names())
        self._vault.change_password(old, new, self._given(at_hand))

    def prove(self, password: str, at_hand: AtHand = NOTHING_AT_HAND) -> None:
        """Make sure that it is still she who is here.

        Raises:
            WrongPasswordError: It is not her password.
            DomainError: What is needed beside it is not there, or another's.
        """
        self._proved(password, at_hand)

    def weakness_of_place(self, key_file: Path) -> str | None:
        """Return why a key file would protect little where it lies, or nothing."""
        return is_beside(self._vault.folder, key_file, self._backup_folders())

    def make_key_file(self, password: str, path: Path, at_hand: AtHand = NOTHING_AT_HAND) -> None:
        """Write a new key file, which is needed from now on; one before opens nothing any more.

        Raises:
            DomainError: It is not her password, or no file can be written. Nothing was changed.
        """
        given = self._proved(password, at_hand)
        factor = make_key_file(path)
        try:
            self._set(password, given, {FactorKind.KEY_FILE: factor})
        except BaseException:
            path.unlink(missing_ok=True)  # a key that opens nothing would be taken for this one
            raise

    def use_key_file(self, password: str, path: Path, at_hand: AtHand = NOTHING_AT_HAND) -> None:
        """Need a key file from now on that was made before, such as for another register.

        Raises:
            DomainError: It is not her password, or no key file. Nothing was changed.
        """
        factor = known_key_file(path)
        self._set(password, self._proved(password, at_hand), {FactorKind.KEY_FILE: factor})

    def stop_key_file(self, password: str, at_hand: AtHand = NOTHING_AT_HAND) -> None:
        """Need the key file no more; the file itself stays where it is.

        Raises:
            DomainError: It is not her password.
        """
        self._set(password, self._proved(password, at_hand), {FactorKind.KEY_FILE: None})

    def add_security_key(self, password: str, at_hand: AtHand) -> None:
        """Let a security key open the register beside the password; any of several does.

        Where there is one already, that is asked first, and then the new one.

        Raises:
            DomainError: It is not her password, or the stick cannot be used. Nothing was changed.
        """
        kind = FactorKind.SECURITY_KEY
        given = self._proved(password, at_hand)
        needs = self._slot().factors.get(kind)
        known = Factor(given[kind], needs) if needs else None
        self._set(password, given, {kind: at_hand.add_stick(self._owner(), known)})

    def remove_security_key(
        self, password: str, number: str, at_hand: AtHand = NOTHING_AT_HAND
    ) -> None:
        """Let one security key open nothing any more; none is needed once the last is removed.

        Args:
            password: Hers.
            number: Which, of `OwnFactors.security_keys`.
            at_hand: What she has with her.

        Raises:
            DomainError: It is not her password, or there is no such stick.
        """
        kind = FactorKind.SECURITY_KEY
        needs = self._slot().factors.get(kind, {})
        if number not in needs:
            raise DomainError(_("There is no security key with this number. Nothing was changed."))
        given = self._proved(password, at_hand)
        left = {key: one for key, one in needs.items() if key != number}
        self._set(password, given, {kind: Factor(given[kind], left) if left else None})

    def _proved(self, password: str, at_hand: AtHand) -> dict[FactorKind, bytes]:
        """Return what her factors gave, once they and the password have opened the key file."""
        self._must_act()
        given = self._given(at_hand)
        self._vault.key_file().unlock(self._vault.staff, Secret(password, given))
        return given

    def _given(self, at_hand: AtHand) -> dict[FactorKind, bytes]:
        needed = self._slot().factors
        owner = self._owner()
        return {kind: at_hand.secret(owner, kind, needs) for kind, needs in needed.items()}

    def _set(
        self,
        password: str,
        given: Mapping[FactorKind, bytes],
        changed: Mapping[FactorKind, Factor | None],
    ) -> None:
        needed = self._slot().factors
        kept = {kind: Factor(given[kind], needs) for kind, needs in needed.items()}
        wanted = {kind: one for kind, one in {**kept, **changed}.items() if one is not None}
        self._vault.set_factors(password, wanted, given)

    def _slot(self) -> Slot:
        return next(one for one in self._vault.key_file().staff if one.id == self._vault.staff)

    def _owner(self) -> Owner:
        return Owner(self._vault.register_id, self._vault.staff)
