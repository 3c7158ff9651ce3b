"""An office notes what somebody owes, puts it right, notes the payment, and takes that back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_public_id
from app.core.money import Amount, read_amount
from app.core.work import UnitOfWork
from app.plugins.dues.domain.entry import DueState, Said, refusals_for
from app.plugins.dues.interface import DueCorrected, DueNoted, DuePaid, PaymentTakenBack
from app.plugins.dues.queries.entries import EntryLine, entry_by_public_id
from app.plugins.dues.store import add_entries, change_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line as it was typed: the amount in the group's way of writing."""

    kind: str
    amount: str
    due_on: date | None
    state: str
    paid_on: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnEntry:
    """Which line an office acts on, and on what day; `seen_version` is what they had before them."""

    group: Group
    today: date
    entry: str
    seen_version: int


def note_due(
    work: UnitOfWork, group: Group, today: date, *, member: str, written: Written, public_id: str
) -> None:
    """Note what a member owes, by the member's public id; refused with every reason at once. Commits."""
    said, refusals = _said(group, written, group.currency, today)
    found = member_by_public_id(work.session, group.id, member) if member else None
    if found is None:
        refusals.insert(0, Refusal(code="dues.nobody_owes", field="member"))
    if refusals or found is None or said.due_on is None or said.amount_minor is None:
        raise Refused(refusals)
    entry_id = work.ids.key()
    row = _values(said) | {
        "group_id": group.id,
        "id": entry_id,
        "public_id": public_id,
        "member_id": found.id,
        "listed_name": "",
        "currency": group.currency,
        "batch_id": None,
        "noted_at_utc": work.now,
        "version": 1,
    }
    add_entries(work.session, [row])
    work.record(DueNoted(group_id=group.id, entry_id=entry_id, member_id=found.id))
    work.commit()


def correct_due(work: UnitOfWork, on: OnEntry, written: Written) -> None:
    """Put a line right; refused with every reason, or where somebody else wrote first. Commits."""
    found = _found(work, on)
    said, refusals = _said(on.group, written, found.currency, on.today)
    if refusals:
        raise Refused(refusals)
    if not change_entry(work.session, on.group.id, found.id, on.seen_version, _values(said)):
        raise Refused([Refusal(code="dues.changed_meanwhile")])
    work.record(DueCorrected(group_id=on.group.id, entry_id=found.id))
    work.commit()


def note_paid(work: UnitOfWork, on: OnEntry) -> EntryLine:
    """Note that the amount was paid today; a second tap changes nothing. Refused where it changed meanwhile. Commits."""
    found = _found(work, on)
    if found.state is DueState.PAID:
        return found
    paid = {"state": DueState.PAID.value, "paid_on": on.today}
    if found.state is DueState.DROPPED:
        raise Refused([Refusal(code="dues.not_owed")])
    if not change_entry(work.session, on.group.id, found.id, on.seen_version, paid):
        raise Refused([Refusal(code="dues.look_again")])
    work.record(DuePaid(group_id=on.group.id, entry_id=found.id))
    work.commit()
    return found


def take_payment_back(work: UnitOfWork, on: OnEntry) -> EntryLine:
    """Take a payment back that was noted by mistake: it is owed again; a second tap changes nothing. Commits."""
    found = _found(work, on)
    if found.state is not DueState.PAID:
        return found
    owed = {"state": DueState.OWED.value, "paid_on": None}
    if not change_entry(work.session, on.group.id, found.id, on.seen_version, owed):
        raise Refused([Refusal(code="dues.look_again")])
    work.record(PaymentTakenBack(group_id=on.group.id, entry_id=found.id))
    work.commit()
    return found


def _found(work: UnitOfWork, on: OnEntry) -> EntryLine:
    found = entry_by_public_id(work.session, on.group.id, on.entry)
    if found is None:
        raise NotFound
    return found


def _said(group: Group, written: Written, currency: str, today: date) -> tuple[Said, list[Refusal]]:
    amount = _amount(group, written, currency)
    said = Said(
        kind=written.kind,
        amount_minor=amount.minor if isinstance(amount, Amount) else None,
        due_on=written.due_on,
        state=written.state,
        paid_on=written.paid_on,
        note=written.note,
    )
    refused = [amount] if isinstance(amount, Refusal) else []
    return said, [*refused, *refusals_for(said, today)]


def _amount(group: Group, written: Written, currency: str) -> Amount | Refusal:
    if not written.amount:
        return Refusal(code="dues.amount_missing", field="amount")
    return read_amount(written.amount, locale=group.locale, currency=currency)


def _values(said: Said) -> dict[str, Any]:
    return {
        "kind": said.kind,
        "amount_minor": said.amount_minor,
        "due_on": said.due_on,
        "state": said.state,
        "paid_on": said.paid_on,
        "note": said.note,
    }
