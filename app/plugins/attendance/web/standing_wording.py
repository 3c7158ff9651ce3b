"""Where somebody stands, in sentences: what counts, until when, and what would change it. They decide nothing."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from babel.dates import format_date as written
from flask_babel import get_locale

from app.plugins.attendance.domain.rule_measures import Counted
from app.plugins.attendance.domain.rule_set import MeasureKind, RuleSet
from app.plugins.attendance.domain.rule_standing import LimitStanding, Worsening
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.web.rule_wording import bound_words, happening_words, number, state_words
from app.plugins.attendance.web.typed_words import gettext as _
from app.plugins.attendance.web.typed_words import ngettext

_ONE = Fraction(1)


def value_words(stands: LimitStanding, rules: RuleSet) -> str:
    """Return what the measure comes to: `2½`, `66.7 %`, or that it is too early."""
    if stands.value is None:
        return _("too few meetings yet")
    if rules.measure(stands.limit.measure).kind is MeasureKind.PERCENT:
        return _("%(number)s percent", number=number(stands.value))
    return number(stands.value)


def limit_words(stands: LimitStanding) -> str:
    """Return from which number on somebody talks about it."""
    return _("It may be reviewed at %(bound)s.", bound=bound_words(stands.limit.side, stands.limit.reached))


def counted_words(one: Counted) -> str:
    """Return as what a meeting counts, with its weight where that is not one whole."""
    words = happening_words()
    said = ", ".join(words[why] for why in one.why)
    return (
        said if one.weight == _ONE else _("%(what)s, counts %(weight)s", what=said, weight=number(one.weight))
    )


def until_words(one: Counted) -> str:
    """Return until when it counts; empty where no day ends it."""
    if one.leaves_on is None:
        return ""
    return _("leaves the count on %(day)s", day=_day(one.leaves_on))


def changes_in_words(stands: LimitStanding) -> list[str]:
    """Return what would make it worse or better, a sentence each, the nearest first."""
    worse = [_worsening_words(one) for one in stands.worsenings]
    better = []
    if stands.attending is not None:
        better.append(
            ngettext(
                "Coming to the next meeting on time leads to: %(state)s.",
                "Coming to the next %(num)d meetings on time leads to: %(state)s.",
                stands.attending.times,
                state=state_words(stands.attending.state),
            )
        )
    if stands.bettering is not None:
        better.append(
            _(
                "Without anything new it is %(value)s on %(day)s: %(state)s.",
                value=number(stands.bettering.value),
                day=_day(stands.bettering.on),
                state=state_words(stands.bettering.state),
            )
        )
    return [*worse, *better]


def _worsening_words(one: Worsening) -> str:
    facts = {"what": _more_words(one), "value": number(one.value), "state": state_words(one.state)}
    if one.before is None:
        return _("%(what)s would come to %(value)s: %(state)s.", **facts)
    return _("%(what)s before %(day)s would come to %(value)s: %(state)s.", day=_day(one.before), **facts)


def _more_words(one: Worsening) -> str:
    words: Mapping[Status, str] = {
        Status.ABSENT: ngettext("One more absence", "%(num)d more absences", one.times),
        Status.LATE: ngettext("One more late arrival", "%(num)d more late arrivals", one.times),
        Status.SUBSTITUTE: ngettext("One more substitute", "%(num)d more substitutes", one.times),
    }
    return words[one.letter]


def _day(day: date) -> str:
    return str(written(day, "long", locale=get_locale() or "en"))
