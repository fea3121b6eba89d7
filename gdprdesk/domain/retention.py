"""How long a record is kept, and how a rule is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gdprdesk.domain.activities import RetentionRule, Rules
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.law import PATIENT_JOURNAL, CountsFrom, Law
from gdprdesk.domain.terms import Reason, Start, Unit, say
from gdprdesk.i18n import _, current_language, ngettext


@dataclass(frozen=True, repr=False)
class Relation:
    """What a person and the business have to do with each other.

    Attributes:
        last_on: The last day they had to do with each other.
        ended_on: The day the relation ended; nothing while it goes on.
        entered_on: The last day anything was put into her journal, in the file or on paper.
    """

    last_on: date
    ended_on: date | None = None
    entered_on: date | None = None

    @property
    def over_since(self) -> date | None:
        """Return from when its end counts: what is done after the end moves the clock."""
        return None if self.ended_on is None else max(self.ended_on, self.last_on)


@dataclass(frozen=True, repr=False)
class Kept:
    """Until when something is kept.

    Attributes:
        until: The last day; nothing while that is open.
        reason: Why it stays although its own rule would let it go, or has no say.
        rule: The one of its activity's rules that decides.
    """

    until: date | None
    reason: Reason | None = None
    rule: RetentionRule | None = None

    @property
    def held(self) -> bool:
        """Whether a law decides."""
        return self.reason is Reason.LAW_OBLIGES

    def is_over(self, today: date) -> bool:
        """Return whether its last day has passed."""
        return self.until is not None and self.until < today


def held_until(
    record: PersonalRecord, rules: Rules, law: Law, today: date, entered_on: date | None = None
) -> date | None:
    """Return the last day a law holds a record; without end while its period has not begun.

    Args:
        record: What is kept.
        rules: Those of its activity.
        law: That of the controller.
        today: The day that is asked for.
        entered_on: The last day anything was put into her journal: all of it is kept from then.
    """
    found = rules_about(record, rules, law, today)
    held = [_held_until(record, rule, law, today, entered_on) for rule in found if rule.law]
    return max(held) if held and record.is_original() else None


def law_holding(record: PersonalRecord, rules: Rules, law: Law, today: date) -> str | None:
    """Return the key of the law that obliges to keep a record, if one does."""
    found = rules_about(record, rules, law, today)
    return next((rule.law for rule in found if rule.law is not None), None)


def rules_about(record: PersonalRecord, rules: Rules, law: Law, today: date) -> Rules:
    """Return the rules of an activity as they count for one of its records.

    The law on patients' records holds a journal wherever in the register it is, if it binds the
    controller; and nothing else.
    """
    plain = rules
    if any(one.law == PATIENT_JOURNAL for one in rules):
        plain = tuple(
            replace(one, law=None) if one.law == PATIENT_JOURNAL else one for one in rules
        )
    is_original = record.activity_id not in law.kept_elsewhere
    if not law.binds_journals or not is_original or record.entered_on(today) is None:
        return plain
    obliges = replace(rules[0], start=Start.LAST_JOURNAL_ENTRY, law=PATIENT_JOURNAL)
    return (obliges, *plain)


def last_entry(records: Iterable[PersonalRecord], today: date) -> date | None:
    """Return the last day anything was put into a person's journal, in the file or on paper."""
    days = (one.entered_on(today) for one in records)
    return max((day for day in days if day is not None), default=None)


def _held_until(
    record: PersonalRecord, rule: RetentionRule, law: Law, today: date, entered_on: date | None
) -> date:
    if rule.law == PATIENT_JOURNAL:
        day = _last_entry(record, today, entered_on)
    else:
        known = rule.start is Start.RECORDED or rule.start in record.clock
        day = record.started_on(rule.start) if known else record.active_on()
    return date.max if day is None else law.keep_until(str(rule.law), day, today)


def _last_entry(record: PersonalRecord, today: date, entered_on: date | None) -> date | None:
    """Return the day from which a part of a journal, or what belongs to it, is kept on."""
    own = record.entered_on(today) or record.started_on(Start.LAST_JOURNAL_ENTRY)
    return own and max(own, entered_on or own)


def kept_until(
    record: PersonalRecord, rules: Rules, law: Law, relation: Relation, today: date
) -> Kept:
    """Return the last day that rules let a record live: as long as one of its purposes needs it.

    Args:
        record: What is kept.
        rules: Those of its activity.
        law: That of the controller.
        relation: What the person and the business have to do with each other.
        today: The day that is asked for.
    """
    chosen = record.ends_on()
    if chosen is not None:
        return Kept(chosen, rule=rules[0])
    counting = _cut_short(record, rules_about(record, rules, law, today))
    found = [_kept_by(record, rule, law, relation, today) for rule in counting]
    return max(found, key=lambda kept: kept.until or date.max)


def _cut_short(record: PersonalRecord, rules: Rules) -> Rules:
    """Return the rules that are left for a record whose time was cut short, such as a picture."""
    start = record.cut_short
    if start is None or record.started_on(start) is None:
        return rules
    own = tuple(one for one in rules if one.start is start)
    return own or (replace(rules[0], start=start, count=0, most=None, law=None),)


def _kept_by(
    record: PersonalRecord, rule: RetentionRule, law: Law, relation: Relation, today: date
) -> Kept:
    if rule.law is not None and record.is_original():
        held = _held_until(record, rule, law, today, relation.entered_on)
        return Kept(None if held == date.max else held, Reason.LAW_OBLIGES, rule)
    start = _start(record, rule.start, relation, today)
    if start is not None and rule.start is Start.FINANCIAL_YEAR_END:
        start = law.year_end(start)
    return Kept(None if start is None else rule.after(start), rule=rule)


def _start(record: PersonalRecord, start: Start, relation: Relation, today: date) -> date | None:
    if start is Start.LAST_JOURNAL_ENTRY:
        return _last_entry(record, today, relation.entered_on)
    if start is Start.LAST_ACTIVITY:
        return relation.last_on
    if start is Start.RELATION_ENDED:
        return relation.over_since
    return record.started_on(start)


def kept_of_person(
    records: Iterable[PersonalRecord],
    rules: Mapping[int, Rules],
    law: Law,
    relation: Relation,
    today: date,
) -> dict[PersonalRecord, Kept]:
    """Return until when each record of a person is kept.

    A decision by hand goes before every rule. When the day has come, what is still open outlives
    it: an order, a claim, and how to reach her as long as one of these or a consent that counts
    needs it. What only accompanies the others leaves with the last of them.
    """
    known = list(records)
    own = [one for one in known if not one.accompanies]
    wanting = next((one for one in own if one.wants_contact()), None)
    found: dict[PersonalRecord, Kept] = {}
    for one in own:
        kept = kept_until(one, rules[one.activity_id], law, relation, today)
        held = next((why for other in known if (why := other.holds(one))), None)
        open_for = one.needed_for() or one.open_outside()
        if open_for is None and wanting is not None and one.reaches_her():
            open_for = wanting.needed_for() or Reason.STILL_NEEDED
        if held is not None:
            kept = Kept(None, held, kept.rule)
        elif open_for is not None and kept.is_over(today):
            kept = Kept(None, open_for, kept.rule)
        found[one] = kept
    _follow_consents(found)
    _keep_proofs(found)
    last = _latest(found.values(), relation.last_on)
    return found | {one: Kept(last) for one in known if one.accompanies}


def _follow_consents(found: dict[PersonalRecord, Kept]) -> None:
    """Keep what rests on a yes until that is taken back, and as long as the proof of it."""
    for one, kept in found.items():
        if kept.rule is None or kept.rule.start is not Start.CONSENT_WITHDRAWN:
            continue
        proofs = [
            by.until
            for proof, by in found.items()
            if proof.proves_others() and proof.activity_id == one.activity_id
        ]
        if proofs and kept.until is not None and not one.proves_others():
            found[one] = replace(kept, until=None if None in proofs else max(filter(None, proofs)))


def _keep_proofs(found: dict[PersonalRecord, Kept]) -> None:
    """Keep a yes as long as the last of what was written down because of it."""
    for proof, kept in found.items():
        others = (
            by.until
            for one, by in found.items()
            if one.activity_id == proof.activity_id and not one.proves_others()
        )
        if proof.proves_others() and kept.until is not None:
            last = max((day or date.max for day in others), default=kept.until)
            until = max(last, kept.until)
            found[proof] = replace(kept, until=None if until == date.max else until)


def _latest(found: Iterable[Kept], otherwise: date) -> date | None:
    days = [kept.until for kept in found]
    return None if None in days else max((day for day in days if day), default=otherwise)


def last_activity(records: Iterable[PersonalRecord], since: date) -> date:
    """Return the last day that the records of a person speak of.

    What the business decides or writes about them is nothing she has to do with.
    """
    told = (record.active_on() for record in records if not record.accompanies)
    return max(told, default=since)


def person_kept_until(
    records: Iterable[PersonalRecord],
    rules: Mapping[int, Rules],
    law: Law,
    relation: Relation,
    today: date,
) -> date | None:
    """Return when the last record of a person leaves, and her name with it; nothing if open."""
    found = kept_of_person(records, rules, law, relation, today)
    return _latest(found.values(), date.max) if found else None


def name_kept_until(rules: Rules, relation: Relation) -> date:
    """Return the last day of the name of a person of whom nothing else is left."""
    return max(rule.after(relation.over_since or relation.last_on) for rule in rules)


def describe_rule(rule: RetentionRule, law: Law, today: date) -> str:
    """Return a rule as a sentence in the language spoken."""
    if rule.law is not None:
        row = law.row(rule.law, today)
        name = row.name[current_language()]
        if row.counts_from is CountsFrom.CALENDAR_YEAR:
            return _(
                "{count} years after the end of the calendar year in which the financial year "
                "ended ({law})"
            ).format(count=row.months // 12, law=name)
        if row.counts_from is CountsFrom.DAY:
            return _("{period} after {event} ({law})").format(
                period=_period(row.months, Unit.MONTHS), event=say(rule.start), law=name
            )
        return _("{period} after the end of the financial year ({law})").format(
            period=_period(row.months, Unit.MONTHS), law=name
        )
    if rule.count == 0 and rule.most is None:
        return _("Until {event}").format(event=say(rule.start))
    return _("{period} after {event}").format(
        period=_period(rule.count, rule.unit, rule.most), event=say(rule.start)
    )


def describe_rules(rules: Rules, law: Law, today: date) -> str:
    """Return how long all purposes of an activity keep its records, each said once."""
    said = dict.fromkeys(describe_rule(rule, law, today) for rule in rules)
    return "; ".join(said)


def describe_length(rules: Rules, law: Law, today: date) -> str:
    """Return how long the purpose that keeps the records longest does so: "24 months"."""

    def counted(rule: RetentionRule) -> RetentionRule:
        if rule.law is None:
            return rule
        return replace(rule, count=law.row(rule.law, today).months, unit=Unit.MONTHS, most=None)

    longest = max(map(counted, rules), key=lambda rule: rule.after(today))
    if longest.count == 0 and longest.most is None:
        return describe_rule(longest, law, today)
    period = _period(longest.count, longest.unit, longest.most)
    return _("{period}, by law").format(period=period) if longest.law else period


def _period(count: int, unit: Unit, most: int | None = None) -> str:
    if unit is Unit.MONTHS and most is None and count % 12 == 0 and count > 24:  # noqa: PLR2004
        count, unit = count // 12, Unit.YEARS
    of_many = most or count
    said = {
        Unit.DAYS: ngettext("{count} day", "{count} days", of_many),
        Unit.MONTHS: ngettext("{count} month", "{count} months", of_many),
        Unit.YEARS: ngettext("{count} year", "{count} years", of_many),
    }
    span = f"{count}\N{EN DASH}{most}" if most and most > count else count
    return said[unit].format(count=span)
