"""Taking in a register that was kept elsewhere: read, reviewed, and then saved as one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ActivityRecipient, ProcessingActivity
from gdprdesk.domain.assessments import ImpactScreening, LegitimateInterestAssessment
from gdprdesk.domain.base import ActivityRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.domain.register_text import Words
from gdprdesk.domain.terms import Permission
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import check_entered
from gdprdesk.services.finding import controller_of, find_activity
from gdprdesk.services.register_entry import RecipientEntry, RegisterEntry
from gdprdesk.services.register_reading import read_entry
from gdprdesk.services.register_sheet import RegisterSheet, SheetRow
from gdprdesk.services.register_words import register_words, without_mark
from gdprdesk.services.registry import action, query
from gdprdesk.services.retention_rules import checked_rule
from gdprdesk.store.unit_of_work import UnitOfWork

_NAMING = (RegisterField.NAME, RegisterField.PURPOSE)
_MOST_SHOWN = 200
_OF_THEIR_OWN = {
    "recipients",
    "interest",
    "risk",
    "legal_basis",
    "rule",
    "says_basis",
    "says_period",
}
"""What an entry says that is no column of the row, or is not taken over as it stands."""


class EntryState(StrEnum):
    """What the review found about a row."""

    NEW = "new"
    EXISTS = "exists"
    WRONG = "wrong"


class Take(StrEnum):
    """What is to become of a row whose name the register has already."""

    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, repr=False)
class ReviewedRow:
    """A row after the review.

    Attributes:
        number: What a spreadsheet program shows beside it.
        entry: As it would be saved; nothing if it is wrong.
        remarks: What was not understood or has to be looked at, each a sentence.
        left: What stands in columns that were not taken: heading and text.
        known_ref: The row of the register that has the same name.
    """

    number: int
    state: EntryState
    name: str
    entry: RegisterEntry | None
    remarks: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    known_ref: ActivityRef | None = None


@dataclass(frozen=True, repr=False)
class RegisterReview:
    """What would come of a register; nothing has been saved.

    Attributes:
        fields: What each column was taken for.
        recipients: Who would be new among the recipients.
        remarks: What concerns the file as a whole.
    """

    fields: tuple[RegisterField, ...]
    rows: tuple[ReviewedRow, ...]
    recipients: tuple[str, ...]
    remarks: tuple[str, ...]

    def count(self, state: EntryState) -> int:
        """Return how many rows were found to be so."""
        return sum(row.state is state for row in self.rows)


@dataclass(frozen=True, repr=False)
class RegisterReceipt:
    """How many rows a register added and filled in, and how many recipients came with them."""

    added: int
    updated: int
    skipped: int
    wrong: int
    recipients: int


@dataclass(repr=False)
class _Block:
    """The rows of the file that are one processing: merged cells leave the lower ones empty."""

    number: int
    texts: dict[RegisterField, list[tuple[str, str]]] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)

    def naming(self) -> tuple[str, ...]:
        """Return by what it is known in the file."""
        return tuple(
            fold(" ".join(text for _heading, text in self.texts.get(one, ()))) for one in _NAMING
        )

    def add(self, other: _Block) -> None:
        """Take in a row that goes on with this one, or only with a cell too long for one row."""
        self.left += [one for one in other.left if one not in self.left]
        new = False
        for wanted, texts in other.texts.items():
            known = self.texts.setdefault(wanted, [])
            for heading, text in texts:
                begun = known[-1][1] if known and known[-1][0] == heading else ""
                whole = without_mark(begun)
                if whole is not None:
                    known[-1] = (heading, whole + text)
                elif (heading, text) not in known:
                    new = new or bool(text)
                    known.append((heading, text))
        if new:
            self.joined.append(other.number)


@query("import.register_review", needs=Permission.REGISTER)
def review_register(
    read: Session, *, sheet: RegisterSheet, fields: tuple[RegisterField, ...] | None = None
) -> RegisterReview:
    """Return what would come of a register kept elsewhere: new rows, known ones, what is unclear.

    Args:
        read: The open register.
        sheet: The register as it stands in the file.
        fields: What each column holds, one for each; without it, as the headings say.

    Raises:
        DomainError: No column holds names or purposes.
    """
    chosen = fields or sheet.fields
    if not set(_NAMING) & set(chosen):
        raise DomainError(
            _(
                "Say which column holds the names or the purposes of the processing. It has "
                "these: {columns}. Nothing was saved."
            ).format(columns=", ".join(sheet.column_label(n) for n in range(len(chosen))))
        )
    controller = controller_of(read)
    words = register_words(controller.country)
    known = {fold(one.name): one.ref for one in read.scalars(select(ProcessingActivity))}
    rows = tuple(
        _told_apart(
            _reviewed(block, words, controller.name, known) for block in _blocks(sheet, chosen)
        )
    )
    return RegisterReview(
        chosen, rows, tuple(_new_recipients(read, rows)), tuple(_remarks(sheet, chosen))
    )


@action("import.register", N_("Import of a register"), needs=Permission.REGISTER)
def import_register(
    work: UnitOfWork, *, review: RegisterReview, choices: Mapping[int, Take] | None = None
) -> RegisterReceipt:
    """Save what was reviewed, all of it or nothing; wrong rows stay out.

    Args:
        work: The transaction.
        review: What was shown and approved.
        choices: By row number, for rows whose name is known: without a choice they stay as they
            are; "update" fills in what the file says.
    """
    decided = choices or {}
    taken = dict.fromkeys(Take, 0)
    writer = _Writer(work)
    for row in review.rows:
        if row.entry is None:
            continue
        usual = Take.ADD if row.state is EntryState.NEW else Take.SKIP
        choice = decided.get(row.number, usual)
        if choice is Take.UPDATE and row.known_ref is None:
            choice = Take.ADD
        taken[choice] += 1
        if choice is Take.ADD:
            writer.add(row.entry)
        elif choice is Take.UPDATE and row.known_ref is not None:
            writer.update(find_activity(work.session, row.known_ref), row.entry)
    return RegisterReceipt(
        taken[Take.ADD],
        taken[Take.UPDATE],
        taken[Take.SKIP],
        review.count(EntryState.WRONG),
        writer.new_recipients,
    )


class _Writer:
    """Writes rows; recipients are known by their names, and made where there is none."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._country = controller_of(work.session).country
        self._recipients = {fold(one.name): one for one in work.session.scalars(select(Recipient))}
        last = work.session.scalar(select(func.max(ProcessingActivity.position)))
        self._position = last or 0
        self.new_recipients = 0

    def add(self, entry: RegisterEntry) -> None:
        """Add a row at the end of the register."""
        self._position += 1
        activity = ProcessingActivity(
            name=entry.name,
            purpose=entry.purpose,
            legal_basis=entry.legal_basis,
            rule=entry.rule,
            position=self._position,
        )
        self._session.add(activity)
        self.update(activity, entry)

    def update(self, activity: ProcessingActivity, entry: RegisterEntry) -> None:
        """Give a row what the file says; what it does not say stays."""
        if entry.says_basis:
            activity.legal_basis = entry.legal_basis
        if entry.says_period and activity.rule.law is None:  # a law decides for itself
            activity.rule = checked_rule(self._session, entry.rule, kinds=activity.kinds)
        for name, value in vars(entry).items():
            if name not in _OF_THEIR_OWN and value:
                setattr(activity, name, list(value) if isinstance(value, tuple) else value)
        self._session.flush()
        self._add_judgements(activity, entry)
        of_it = ActivityRecipient.activity_id == activity.id
        known = set(self._session.scalars(select(ActivityRecipient.recipient_id).where(of_it)))
        for one in entry.recipients:
            recipient = self._recipient(one)
            if recipient.id not in known:
                known.add(recipient.id)
                self._session.add(
                    ActivityRecipient(activity_id=activity.id, recipient_id=recipient.id)
                )

    def _add_judgements(self, activity: ProcessingActivity, entry: RegisterEntry) -> None:
        """Write down what was concluded about interest and risk; of the first only that is told."""
        if entry.interest:
            self._session.add(
                LegitimateInterestAssessment(
                    activity_id=activity.id,
                    purpose=entry.purpose,
                    necessity="",
                    balance="",
                    outcome=entry.interest.conclusion,
                    decided_on=entry.interest.decided_on,
                )
            )
        if entry.risk:
            self._session.add(
                ImpactScreening(
                    activity_id=activity.id,
                    criteria=[one.value for one in entry.risk.criteria],
                    conclusion=entry.risk.conclusion,
                    decided_on=entry.risk.decided_on,
                )
            )

    def _recipient(self, entry: RecipientEntry) -> Recipient:
        key = fold(entry.name)
        if key not in self._recipients:
            self.new_recipients += 1
            self._recipients[key] = Recipient(
                name=entry.name,
                role=entry.role,
                service=entry.service,
                country=entry.country or self._country,
                mechanism=entry.mechanism,
                agreement_on=entry.agreement_on,
            )
            self._session.add(self._recipients[key])
            self._session.flush()
        return self._recipients[key]


def _blocks(sheet: RegisterSheet, fields: tuple[RegisterField, ...]) -> list[_Block]:
    """Return the rows of the file, those that go on with an earlier one put together with it."""
    blocks: list[_Block] = []
    known: dict[tuple[str, ...], _Block] = {}
    for row in sheet.rows:
        block = _block(sheet, fields, row)
        naming = block.naming()
        if not any(naming) and blocks:
            blocks[-1].add(block)
        elif any(naming) and naming in known:
            known[naming].add(block)
        else:
            blocks.append(known.setdefault(naming, block))
    return blocks


def _block(sheet: RegisterSheet, fields: tuple[RegisterField, ...], row: SheetRow) -> _Block:
    block = _Block(row.number)
    for place, wanted in enumerate(fields):
        text = row.cells[place].strip() if place < len(row.cells) else ""
        if text and wanted is RegisterField.IGNORE:
            block.left.append((sheet.column_label(place), text))
        elif text or wanted is RegisterField.SPECIAL:
            block.texts.setdefault(wanted, []).append((sheet.column_label(place), text))
    return block


def _reviewed(
    block: _Block, words: Words, controller: str, known: Mapping[str, ActivityRef]
) -> ReviewedRow:
    said = next((text for one in _NAMING for _heading, text in block.texts.get(one, ())), "")
    shown = "".join(sign for sign in said if sign.isprintable())[:_MOST_SHOWN]
    try:
        _check_filled(block)
        entry, unclear = read_entry(block.texts, words, controller)
        check_entered(entry)
    except DomainError as error:
        left = tuple(one for texts in block.texts.values() for one in texts if one[1])
        return ReviewedRow(
            block.number, EntryState.WRONG, shown, None, (str(error),), (*left, *block.left)
        )
    remarks = [*_joined(block), *unclear]
    if not entry.purpose:
        remarks.append(_("It does not say what it is for."))
    known_ref = known.get(fold(entry.name))
    state = EntryState.NEW if known_ref is None else EntryState.EXISTS
    return ReviewedRow(
        block.number, state, entry.name, entry, tuple(remarks), tuple(block.left), known_ref
    )


def _told_apart(rows: Iterable[ReviewedRow]) -> Iterator[ReviewedRow]:
    """Walk the rows and say which have the same name as an earlier one but another purpose."""
    first: dict[str, int] = {}
    for row in rows:
        number = first.setdefault(fold(row.name), row.number)
        if row.entry is None or number == row.number:
            yield row
        else:
            same = _("Row {number} has the same name.").format(number=number)
            yield replace(row, remarks=(same, *row.remarks))


def _check_filled(block: _Block) -> None:
    filled = [one for one, texts in block.texts.items() if any(text for _head, text in texts)]
    if not set(_NAMING) & set(filled):
        raise DomainError(_("The row has neither a name nor a purpose, and no row is above it."))
    if len(filled) == 1 and filled[0] is RegisterField.NAME:
        raise DomainError(_("The row has nothing but a name."))


def _joined(block: _Block) -> Iterator[str]:
    if block.joined:
        yield _("Put together with row {rows}, which goes on with it.").format(
            rows=", ".join(map(str, block.joined))
        )


def _new_recipients(read: Session, rows: tuple[ReviewedRow, ...]) -> list[str]:
    known = {fold(name) for name in read.scalars(select(Recipient.name))}
    named = {fold(one.name): one.name for row in rows if row.entry for one in row.entry.recipients}
    return [name for key, name in named.items() if key not in known]


def _remarks(sheet: RegisterSheet, fields: tuple[RegisterField, ...]) -> Iterator[str]:
    left = [sheet.column_label(n) for n, one in enumerate(fields) if one is RegisterField.IGNORE]
    if left:
        yield _("These columns are left out: {columns}").format(columns=", ".join(left))
    if sheet.around:
        said = _("What stands around the table is left out: {text}")
        yield said.format(text=" / ".join(sheet.around))
    if sheet.lost_cells:
        yield _("These cells could not be read and count as empty: {cells}").format(
            cells=", ".join(sheet.lost_cells[:10])
        )
    if sheet.other_sheets:
        yield _("The workbook has more sheets that were not read: {sheets}").format(
            sheets=", ".join(sheet.other_sheets)
        )
