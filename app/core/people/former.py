"""How somebody who was erased is called: the row of a person stays for the counts of others, without a name."""

from collections.abc import Callable
from contextvars import ContextVar

from sqlalchemy import ColumnElement, Dialect, func, type_coerce

from app.core.database import PersonalText
from app.core.sentences import N_

FORMER_MEMBER = N_("Former member")

_called: ContextVar[Callable[[str], str]] = ContextVar("givefirst_former_member", default=str)


class FullName(PersonalText):
    """The whole name of a person; an erased one is read as “Former member”, in the language of the request."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__("profile", of="id")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return _called.get()(FORMER_MEMBER) if value == "" else value


class NameOrNobody(FullName):
    """A name beside which there may be nobody: NULL is read as the empty text, an erased name as “Former member”."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        return "" if value is None else super().process_result_value(value, dialect) or ""


def name_or_nobody(*names: ColumnElement[str]) -> ColumnElement[str]:
    """Return the first of the names that is there, or the empty text, where an outer join found nobody.

    A plain coalesce to the empty text would read as a former member who never was there.
    """
    return type_coerce(func.coalesce(*names) if len(names) > 1 else names[0], NameOrNobody())


def call_former_members(translate: Callable[[str], str]) -> None:
    """Translate “Former member” with `translate` for the rest of this context (one web request)."""
    _called.set(translate)
