"""Does a statement that fails tell what went wrong without the values it was given, which come from people and go into logs?"""

import traceback
from collections.abc import Mapping

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.world import World

SECRET = "kept-to-oneself"  # what stands for somebody's words
FAILURES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("INSERT INTO person (id, public_id) VALUES (:id, :public_id)", {"id": 1, "public_id": SECRET}),
    ("INSERT INTO nowhere (word) VALUES (:word)", {"word": SECRET}),
)


@pytest.mark.parametrize(("statement", "values"), FAILURES, ids=["a row refused", "no such table"])
def test_failing_statement_tells_no_value(world: World, statement: str, values: Mapping[str, object]) -> None:
    work = world.work()
    with pytest.raises(DBAPIError) as failed:
        work.session.connection().execute(text(statement), values)
    work.rollback()
    told = "".join(traceback.format_exception(failed.value))
    assert SECRET not in told
    assert statement.partition(":")[0] in told
