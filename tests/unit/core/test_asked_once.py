"""What several parts of a page want to know: is it asked once while nothing can change, and each time where it can?"""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from app.core.clock import FixedClock
from app.core.ids import SeededIds
from app.core.work import HOUSE, UnitOfWork
from tests.support.engines import STARTS_AT


@pytest.mark.parametrize(("only_reads", "asked"), [(True, 2), (False, 4)])
def test_a_question_is_asked_once_for_each_name_where_nothing_can_be_written(
    only_reads: bool, asked: int
) -> None:
    questions: list[int | None] = []

    def ask(number: int | None) -> int | None:
        questions.append(number)
        return number

    work = UnitOfWork(
        session=Session(),
        clock=FixedClock(STARTS_AT),
        ids=SeededIds(1),
        actor=HOUSE,
        only_reads=only_reads,
    )
    for number in (1, None, 1, None):
        assert work.asked_once(("tests.number", number), partial(ask, number)) == number
    assert len(questions) == asked
