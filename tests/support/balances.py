"""Opening balances as an importer leaves them, for tests of what is made of them."""

from datetime import date
from typing import Any

from sqlalchemy import insert

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.intake.models import ImportBatchRow
from app.plugins.attendance.models import OpeningBalanceRow
from tests.support.world import World

FIRST_HALF = (date(2026, 1, 1), date(2026, 6, 30))


def keep_balance(
    world: World,
    group: Group,
    lines: list[tuple[MemberLine | None, dict[str, Any]]],
    *,
    days: tuple[date, date] = FIRST_HALF,
    file_name: str = "summary.xls",
) -> None:
    """Keep one balance; each line is a member, or None for somebody listed no more, and the columns that are not 0."""
    work = world.work()
    batch = work.ids.key()
    work.session.execute(
        insert(ImportBatchRow).values(
            group_id=group.id,
            id=batch,
            public_id=work.ids.public_id(),
            kind="attendance.summary",
            file_name=file_name,
            file_hash="0" * 64,
            state="applied",
            created_at_utc=work.now,
        )
    )
    for member, numbers in lines:
        work.session.execute(
            insert(OpeningBalanceRow).values(
                group_id=group.id,
                id=work.ids.key(),
                member_id=member.id if member else None,
                first_day=days[0],
                last_day=days[1],
                batch_id=batch,
                **{
                    "currency": group.currency,
                    "listed_name": member.name if member else "Somebody Else",
                    **numbers,
                },
            )
        )
    work.commit()
