"""A customer's confirmation under any history: it never lowers an estimate, never withdraws one, and adds nothing bad."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.plugins.credibility.domain.confirming import can_be_confirmed, lifted
from app.plugins.credibility.domain.estimate import History, estimate_on, surfaced_on
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import constants_of
from app.plugins.credibility.domain.standing import Row, rebuilt
from tests.unit.credibility.histories import OPEN

GATED = constants_of({**OPEN, "min_evidence": 1.0, "min_independent": 2})
LAST_BITS = 1e-12

ROWS = st.lists(
    st.builds(
        Row,
        giver=st.sampled_from("abc"),
        t=st.sampled_from((0.0, 3.0, 40.0, 41.0, 400.0)),  # in any order: some come late
        weight=st.sampled_from((0.5, 0.5 / 3, 0.8)),
        y=st.sampled_from((1.0, 0.5, 0.0)),
        is_independent=st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150)
@given(ROWS, st.data())
def test_confirmation_never_lowers_nor_withdraws(rows: list[Row], data: st.DataObject) -> None:
    """Whichever reports customers were asked about: those that a yes agrees with are lifted where they stand."""
    asked = data.draw(st.sets(st.sampled_from(range(len(rows)))))
    after = [
        row._replace(weight=lifted(row.weight, GATED, is_independent=row.is_independent))
        if number in asked and can_be_confirmed(Facet.HANDLING, row.y)
        else row
        for number, row in enumerate(rows)
    ]
    day = max(row.t for row in rows) + data.draw(st.sampled_from((0.0, 7.0, 365.0)))
    before, now = rebuilt(rows, GATED).standing, rebuilt(after, GATED).standing
    assert (now.bad, now.outcomes, now.independent) == (before.bad, before.outcomes, before.independent)
    assert now.good >= before.good - LAST_BITS
    assert estimate_on(now, day, GATED).p >= estimate_on(before, day, GATED).p - LAST_BITS
    if surfaced_on(before, History(), day, GATED) is not None:
        assert surfaced_on(now, History(), day, GATED) is not None
