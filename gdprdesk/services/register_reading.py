"""One row of a register kept elsewhere, as ours would hold it, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeVar

from gdprdesk.domain.activities import (
    EEA,
    Category,
    FurtherPurpose,
    RetentionRule,
)
from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.domain.register_text import (
    Words,
    read_bases,
    read_conditions,
    read_countries,
    read_period,
    read_role,
    split_details,
    split_items,
)
from gdprdesk.domain.terms import (
    AtEnd,
    Audience,
    LegalBasis,
    Origin,
    RecipientRole,
    SpecialCondition,
)
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_country
from gdprdesk.services.entering import checked_name
from gdprdesk.services.register_entry import RecipientEntry, RegisterEntry
from gdprdesk.services.register_own import (
    further_purpose,
    note_after_basis,
    read_camera,
    read_cookie,
    read_further,
    read_judgement,
    read_outside,
    read_screening,
    split_joint,
)
from gdprdesk.services.register_words import (
    is_own_heading,
    match_own,
    own_texts,
    read_day,
    said_terms,
)

_LONGEST_NAME = 80
T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Texts = Mapping[RegisterField, Sequence[tuple[str, str]]]
"""What a row says about each field: the heading of the column, and the text."""


def read_entry(
    texts: Texts, words: Words, controller: str
) -> tuple[RegisterEntry, tuple[str, ...]]:
    """Return a row as it would be saved, and a sentence for all that is to be looked at.

    Args:
        texts: What the row says.
        words: In which words.
        controller: Whose register it becomes.

    Raises:
        DomainError: Its name is none.
    """
    reader = _Reader(texts, words, controller)
    return reader.read(), tuple(reader.remarks)


@dataclass(repr=False)
class _Reader:
    """Reads one row, and collects a sentence for everything that it could not take as it stands."""

    texts: Texts
    words: Words
    controller: str
    remarks: list[str] = field(default_factory=list)

    def read(self) -> RegisterEntry:
        """Return the row as it would be saved."""
        purpose = self._text(RegisterField.PURPOSE)
        basis, note = self._basis()
        rule, further = self._rules(purpose, basis)
        categories, condition = self._categories()
        return RegisterEntry(
            name=checked_name(self._text(RegisterField.NAME) or self._named_by(purpose)),
            purpose=purpose,
            legal_basis=basis,
            basis_note=note,
            rule=rule,
            says_basis=bool(read_bases(self._text(RegisterField.LEGAL_BASIS), self.words)),
            says_period=bool(self._lines(RegisterField.PERIOD)),
            further_purposes=further,
            special_condition=condition,
            subjects=tuple(self._items(RegisterField.SUBJECTS)),
            categories=categories,
            recipients=tuple(self._recipients().values()),
            measures=tuple(self._items(RegisterField.MEASURES)),
            statements=tuple(self._lines(RegisterField.STATEMENTS)),
            sources=self._text(RegisterField.SOURCES),
            responsible=self._text(RegisterField.RESPONSIBLE),
            joint_controller=self._joint_controller(),
            joint_arrangement=self._text(RegisterField.JOINT_ARRANGEMENT),
            system_of_record=self._kept_in(),
            automated_decision=self._told(RegisterField.AUTOMATED_DECISION),
            profiling=self._told(RegisterField.PROFILING),
            objection=self._text(RegisterField.OBJECTION),
            duty=self._text(RegisterField.DUTY),
            deidentification=self._text(RegisterField.DEIDENTIFICATION),
            collected_from=next(iter(self._terms(RegisterField.COLLECTED_FROM, Origin)), None),
            audiences=tuple(self._terms(RegisterField.AUDIENCES, Audience)),
            camera=self._own(RegisterField.CAMERA, read_camera),
            cookies=tuple(map(read_cookie, self._split_lines(RegisterField.COOKIES))),
            interest=self._own(RegisterField.INTEREST, read_judgement),
            risk=self._own(RegisterField.RISK, read_screening),
            reviewed_on=self._own(RegisterField.REVIEWED_ON, read_day),
        )

    def _lines(self, wanted: RegisterField) -> list[str]:
        """Return what the columns of a field say, each once, without those that say "none"."""
        said = (text for _heading, text in self.texts.get(wanted, ()))
        return list(dict.fromkeys(one for one in said if not self.words.says_nothing(one)))

    def _text(self, wanted: RegisterField) -> str:
        return " ".join(" ".join(self._lines(wanted)).split())

    def _items(self, wanted: RegisterField) -> list[str]:
        """Return the items of a list; a column that only says yes is an item by its heading."""
        found: list[str] = []
        ours = is_own_heading(heading for said in self.texts.values() for heading, _text in said)
        for heading, text in self.texts.get(wanted, ()):
            if self.words.says_yes(text):
                found.append(heading)
            elif not self.words.says_nothing(text):
                found += split_items(text, begin_large=ours)
        return list(dict.fromkeys(found))

    def _named_by(self, purpose: str) -> str:
        """Return the beginning of a purpose, for a row that has no name of its own."""
        first = re.split(r"[.;\n]", purpose)[0].strip()
        if len(first) <= _LONGEST_NAME:
            return first
        return first[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"

    def _basis(self) -> tuple[LegalBasis, str]:
        text = self._text(RegisterField.LEGAL_BASIS)
        more = " ".join(self._lines(RegisterField.BASIS_NOTE))
        found = read_bases(text, self.words)
        if not found:
            self.remarks.append(
                _("“{text}” names no legal basis.").format(text=text)
                if text
                else _("It does not say on what legal basis.")
            )
            self.remarks[-1] += " " + _(
                "Legitimate interest was put there, which has to be weighed: choose the right one."
            )
            return LegalBasis.LEGITIMATE_INTEREST, _together(text, more)
        if len(found) > 1:
            said = _("“{text}” names several legal bases. The first was taken; look at it again.")
            self.remarks.append(said.format(text=text))
        return found[0], _together(self._note_of(text, found), more)

    def _note_of(self, text: str, found: Sequence[LegalBasis]) -> str:
        """Return what a text says about a legal basis beside its name."""
        own = note_after_basis(text)
        if own is not None:
            return own
        return "" if len(found) == 1 and len(text.split()) <= _FEW else text

    def _rules(
        self, purpose: str, basis: LegalBasis
    ) -> tuple[RetentionRule, tuple[FurtherPurpose, ...]]:
        """Return how long the data are kept, and for what else than the main purpose."""
        text = "; ".join(self._lines(RegisterField.PERIOD))
        parts = [(one, *read_period(one, self.words)) for one in split_items(text)]
        further = [
            read_further(line, self.words) or self._plain_further(line, basis, text)
            for line in self._split_lines(RegisterField.FURTHER_PURPOSE)
        ]
        if parts[1:] and not any(remark for _text, _rule, remark in parts):
            rule, remark = parts[0][1], ""
            if not further:
                further = [self._kept_besides(purpose, basis, one[0]) for one in parts[1:]]
        else:
            rule, remark = read_period(text, self.words)
        if remark:
            self.remarks.append(remark)
        at_end = next(iter(self._terms(RegisterField.AT_END, AtEnd)), rule.at_end)
        reason = self._text(RegisterField.REASON) or rule.reason
        return replace(rule, at_end=at_end, reason=reason), tuple(further)

    def _plain_further(self, line: str, basis: LegalBasis, period: str) -> FurtherPurpose:
        said = _("“{text}” got the legal basis and the time of the main purpose: look at it again.")
        self.remarks.append(said.format(text=line))
        return further_purpose(line, basis, "", period, self.words)

    def _kept_besides(self, purpose: str, basis: LegalBasis, period: str) -> FurtherPurpose:
        said = _("“{text}” became a further purpose, since it is another time: look at it again.")
        self.remarks.append(said.format(text=period))
        found = further_purpose(purpose, basis, "", period, self.words)
        if found["law"]:
            found["legal_basis"] = LegalBasis.LEGAL_OBLIGATION
        return found

    def _categories(self) -> tuple[tuple[Category, ...], SpecialCondition | None]:
        plain = self._items(RegisterField.CATEGORIES)
        said = self._lines(RegisterField.SPECIAL)
        about = "\n".join((*said, *self._lines(RegisterField.SPECIAL_CONDITION)))
        conditions = read_conditions(about, self.words)
        special = self._named_special(plain, said)
        if RegisterField.SPECIAL not in self.texts:
            special = {one for one in plain if self._sounds_special(one)}
        elif said and not special:
            special = {one for one in plain if self._sounds_special(one)}
            more = _before_condition(said)
            added = [one for one in more if not self.words.says_yes(one)]
            if not special and not added:
                self.remarks.append(
                    _("It says that there are sensitive data, but not which. Mark them.")
                )
            plain, special = [*plain, *added], special | set(added)
        return tuple(Category(text=one, special=one in special) for one in plain), (
            conditions[0] if conditions and special else None
        )

    def _named_special(self, plain: Sequence[str], said: Sequence[str]) -> set[str]:
        """Return the categories that are named among the sensitive ones, alone or in a sentence."""
        items = set(map(fold, _before_condition(said)))
        whole = {one for one in plain if fold(one) in items}
        return whole or {one for one in plain if any(fold(one) in fold(text) for text in said)}

    def _sounds_special(self, category: str) -> bool:
        words = re.findall(r"\w+(?: \w+)?", fold(category))
        return any(word.startswith(self.words.special) for word in (*words, fold(category)))

    def _recipients(self) -> dict[str, RecipientEntry]:
        found: dict[str, RecipientEntry] = {}
        for heading, text in self.texts.get(RegisterField.RECIPIENTS, ()):
            if self.words.says_nothing(text):
                continue
            for item in split_items(text):
                one = self._recipient(item, heading)
                found.setdefault(fold(one.name), one)
        self._add_transfers(found)
        return found

    def _recipient(self, item: str, heading: str) -> RecipientEntry:
        name, details = split_details(item)
        role, signed, service = None, None, []
        for part in details.split(", "):
            own = match_own("agreement {day}", part)
            if own:
                signed = read_day(own["day"])
            elif fold(part) not in own_texts("own_no_agreement"):
                named = read_role(part, self.words)
                role = role or named
                if part and (named is None or len(part.split()) > _FEW):
                    service.append(part)
        role = role or read_role(f"{name} {heading}", self.words)
        return RecipientEntry(
            name=checked_name(name),
            role=role or RecipientRole.CONTROLLER,
            service=", ".join(service),
            agreement_on=signed,
        )

    def _add_transfers(self, found: dict[str, RecipientEntry]) -> None:
        """Say of recipients where they are; a country without one becomes one of its own."""
        mechanism = " ".join(self._lines(RegisterField.MECHANISM))
        for text in self._lines(RegisterField.TRANSFERS):
            if self.words.says_yes(text):
                self.remarks.append(_("Data leave the EEA, but it does not say to which country."))
                continue
            for item in re.split(r"[\n;]+\s*", text):
                self._add_transfer(found, item, mechanism)

    def _add_transfer(self, found: dict[str, RecipientEntry], item: str, mechanism: str) -> None:
        own = read_outside(item)
        if own and fold(own["name"]) in found:
            key = fold(own["name"])
            found[key] = replace(found[key], country=own["country"], mechanism=own["mechanism"])
            return
        countries = [one for one in read_countries(item, self.words) if one not in EEA]
        if not countries:
            said = _("“{text}” names no country outside the EEA that is known.")
            self.remarks.append(said.format(text=item))
        for country in countries:
            named = [key for key in found if key in fold(item)]
            name = _("Recipient in {country}").format(country=format_country(country))
            key = named[0] if named else fold(name)
            one = found.get(key, RecipientEntry(name))
            found[key] = replace(one, country=country, mechanism=mechanism or item)

    def _joint_controller(self) -> str:
        said, joint = split_joint(self._text(RegisterField.CONTROLLER))
        if said and fold(said) != fold(self.controller):
            remark = _("“{name}” stands as controller; in this register it is {controller}.")
            self.remarks.append(remark.format(name=said, controller=self.controller))
        return self._text(RegisterField.JOINT_CONTROLLER) or joint

    def _kept_in(self) -> str:
        said = self._text(RegisterField.SYSTEM_OF_RECORD)
        return "" if fold(said) in own_texts("own_here") else said

    def _told(self, wanted: RegisterField) -> str:
        """Return what a field tells that should say more than yes."""
        said = self._text(wanted)
        if self.words.says_yes(said):
            remark = _("{field}: it only says “{text}”. Write what is done.")
            self.remarks.append(remark.format(field=wanted.label, text=said))
        return said

    def _own(self, wanted: RegisterField, read: Callable[[str], T | None]) -> T | None:
        """Return what a field says that can only be said in one way."""
        said = self._text(wanted)
        found = read(said) if said else None
        if said and found is None:
            remark = _("{field}: “{text}” was not understood.")
            self.remarks.append(remark.format(field=wanted.label, text=said))
        return found

    def _terms(self, wanted: RegisterField, kind: type[E]) -> Iterator[E]:
        """Walk the terms that a field names in our own words."""
        terms = dict(said_terms(kind))
        for item in self._items(wanted):
            known = terms.get(fold(item)) or terms.get(fold(self._text(wanted)))
            if known is None:
                remark = _("{field}: “{text}” was not understood.")
                self.remarks.append(remark.format(field=wanted.label, text=item))
            else:
                yield known

    def _split_lines(self, wanted: RegisterField) -> list[str]:
        return [one for text in self._lines(wanted) for one in text.split("\n") if one.strip()]


_FEW = 3
"""So many words only name a legal basis or a role; more say something about it."""


def _before_condition(said: Sequence[str]) -> list[str]:
    """Return the items of cells such as "Allergies, diagnoses: explicit consent"."""
    named = (text.rpartition(":")[0] or text for text in said)
    return [one for text in named for one in split_items(text)]


def _together(*parts: str) -> str:
    return " ".join(part for part in parts if part)
