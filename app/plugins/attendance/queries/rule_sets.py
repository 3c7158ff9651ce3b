"""Which rules has the group had, and from which day does each version count? One statement."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.attendance.domain.rule_set import CutOff, CutOffKind, RuleBook, RulesFrom
from app.plugins.attendance.domain.rule_set_json import rules_from_json
from app.plugins.attendance.queries.meetings import RULE_SET

BEGINNING = date(1900, 1, 1)
"""The day of effect of a group's first rules: they cover every meeting there ever was."""

_VERSIONS: Select[Any] = (
    select(RULE_SET).where(RULE_SET.c.group_id == bindparam("of_group")).order_by(RULE_SET.c.version)
)


def rule_book_of(session: Session, group_id: GroupId) -> RuleBook:
    """Return all versions of the group's rules, the earliest version first."""
    rows = session.execute(_VERSIONS, {"of_group": group_id})
    return RuleBook(versions=tuple(_version(row) for row in rows))


def _version(row: Any) -> RulesFrom:
    """Return a version; name and cut-off stand in columns of their own, since every meeting asks for them."""
    cut_off = CutOff(kind=CutOffKind(row.cut_off_kind), minutes=row.cut_off_minutes)
    return RulesFrom(
        version=row.version,
        effective_on=row.effective_on,
        rules=replace(rules_from_json(row.rules), name=row.name, cut_off=cut_off),
        fresh_start=row.fresh_start,
    )
