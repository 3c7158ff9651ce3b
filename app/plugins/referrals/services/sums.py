"""What the amounts mean that somebody typed as business: each in a currency of its own, or the reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.errors import Refusal
from app.core.groups.domain.standing import Group
from app.core.money import Amount, currencies_in_use, read_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSum:
    """An amount as it was typed, and the currency chosen for it, empty for the group's; `field` is where it stood."""

    amount: str
    currency: str = ""
    field: str = "amount"


def amount_meant(group: Group, typed: str, currency: str) -> Amount | Refusal:
    """Return what was typed as an amount of `currency`, or of the group's where none was chosen."""
    chosen = currency or group.currency
    if chosen != group.currency and chosen not in currencies_in_use():
        return Refusal(code="referrals.currency_unknown", field="currency")
    if not typed:
        return Refusal(code="referrals.amount_missing", field="amount")
    return read_amount(typed, locale=group.locale, currency=chosen)


def amounts_meant(group: Group, typed: Sequence[TypedSum]) -> list[Amount | Refusal]:
    """Return what each was meant to be; a refusal names the field of its own amount or currency."""
    return [_in_its_field(amount_meant(group, one.amount, one.currency), one) for one in typed]


def _in_its_field(meant: Amount | Refusal, typed: TypedSum) -> Amount | Refusal:
    if isinstance(meant, Amount):
        return meant
    beside = typed.field.replace("amount", "currency") if meant.field == "currency" else typed.field
    return replace(meant, field=beside)
