"""Setting a first step aside, and bringing it back."""

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from app.core.groups.models import StepSetAsideRow
from app.core.ids import GroupId
from app.core.work import UnitOfWork


def set_step_aside(work: UnitOfWork, group_id: GroupId, step: str) -> None:
    """Leave the step out of the list from now on; twice is once. The caller commits."""
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    values = {"group_id": group_id, "step": step, "at_utc": work.now}
    work.session.execute(dialect.insert(StepSetAsideRow).values(values).on_conflict_do_nothing())


def bring_step_back(work: UnitOfWork, group_id: GroupId, step: str) -> None:
    """Show the step again; the caller commits."""
    work.session.execute(
        delete(StepSetAsideRow).where(StepSetAsideRow.group_id == group_id, StepSetAsideRow.step == step)
    )
