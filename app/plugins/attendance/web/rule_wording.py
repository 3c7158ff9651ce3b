"""The rules of a group in plain sentences: cut-off, weights, windows, measures and limits."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from flask_babel import format_decimal

from app.plugins.attendance.domain.rule_set import (
    OF_MEETINGS,
    CutOffKind,
    Happening,
    Limit,
    Measure,
    MeasureKind,
    RuleSet,
    Side,
    Unit,
    Window,
    WindowKind,
)
from app.plugins.attendance.domain.rule_standing import State
from app.plugins.attendance.web.typed_words import gettext as _
from app.plugins.attendance.web.typed_words import ngettext
from app.plugins.attendance.web.wording import month_names

_PARTS = {
    Fraction(1, 4): "¼",
    Fraction(1, 2): "½",
    Fraction(3, 4): "¾",
    Fraction(1, 3): "⅓",
    Fraction(2, 3): "⅔",
}
_QUARTER, _HALF, _YEAR = 3, 6, 12


def number(value: Fraction) -> str:
    """Return a number as people write it: `2`, `2½`, `66.7`."""
    whole, rest = divmod(value, 1)
    if rest in _PARTS:
        return f"{format_decimal(whole) if whole else ''}{_PARTS[rest]}"
    return str(format_decimal(whole if not rest else round(float(value), 1)))


def happening_words() -> Mapping[Happening, str]:
    """Return what a meeting can be, in words."""
    return {
        Happening.PRESENT: _("present on time"),
        Happening.ABSENT: _("absent"),
        Happening.LATE: _("late"),
        Happening.LEFT_EARLY: _("left early"),
        Happening.SUBSTITUTE: _("a substitute came"),
        Happening.LATE_SUBSTITUTE: _("the substitute came late"),
        Happening.MEDICAL: _("medical or approved leave"),
    }


def excuse_words() -> Mapping[str, str]:
    """Return the kinds of excuse, in words; a kind that is not here is shown as it is."""
    return {
        "bereavement": _("bereavement"),
        "weather": _("weather"),
        "care": _("care of somebody"),
        "illness": _("illness"),
        "work": _("work"),
        "other": _("another reason"),
    }


def measure_kind_words() -> Mapping[MeasureKind, str]:
    """Return the kinds of measure, in words, as they are offered."""
    return {
        MeasureKind.SUM: _("What is missed, added up by its weight"),
        MeasureKind.COUNT: _("How many meetings"),
        MeasureKind.PERCENT: _("A percentage of meetings"),
        MeasureKind.RUN: _("Meetings in a row, up to the latest"),
        MeasureKind.LONGEST_RUN: _("The longest row of meetings"),
        MeasureKind.WEEKS: _("Weeks in a row"),
        MeasureKind.MINUTES: _("Minutes late, added up"),
        MeasureKind.EVERY: _("One for every so many of another number"),
        MeasureKind.TOTAL: _("Other numbers added up"),
        MeasureKind.DEPENDS: _("One number or another, as a third stands"),
        MeasureKind.BEYOND: _("What is beyond the allowed"),
    }


def state_words(state: State) -> str:
    """Return how somebody stands, in words that decide nothing."""
    words = {
        State.CLEAR: _("nothing to talk about"),
        State.TOO_EARLY: _("too early to say"),
        State.NEAR: _("close to it"),
        State.REACHED: _("may be reviewed"),
    }
    return words[state]


def window_words(window: Window) -> str:
    """Return which meetings count, in words."""
    if window.kind is WindowKind.MEETINGS:
        return ngettext("at the last meeting", "at the last %(num)d meetings", window.length)
    if window.kind is WindowKind.ROLLING:
        return _rolling_words(window)
    if window.kind is WindowKind.FIXED:
        return _fixed_words(window)
    if window.kind is WindowKind.MEMBERSHIP_YEAR:
        return _("in a year of membership")
    return _("since joining")


def _rolling_words(window: Window) -> str:
    if window.unit is Unit.MONTHS:
        return ngettext("in the last month", "in the last %(num)d months", window.length)
    if window.unit is Unit.WEEKS:
        return ngettext("in the last week", "in the last %(num)d weeks", window.length)
    return ngettext("in the last day", "in the last %(num)d days", window.length)


def _fixed_words(window: Window) -> str:
    named = {_QUARTER: _("in a quarter"), _HALF: _("in a half-year"), _YEAR: _("in a year")}
    span = named.get(window.length) or ngettext("in a month", "in a span of %(num)d months", window.length)
    if window.begins == 1:
        return _("%(span)s of the calendar", span=span)
    return _("%(span)s counted from %(month)s", span=span, month=month_names()[window.begins])


def rule_sentences(rules: RuleSet) -> list[str]:
    """Return what the rules say, a sentence each; the cut-off first, then what counts, then when somebody talks."""
    weights = [_weights_sentence(rules)] if any(one.kind is MeasureKind.SUM for one in rules.measures) else []
    return [
        cut_off_sentence(rules),
        *weights,
        *_excuse_sentences(rules),
        *(measure_sentence(one, rules) for one in rules.measures),
        *(limit_sentence(one, rules) for one in rules.limits),
        *(
            []
            if rules.limits
            else [_("Nothing is counted: there are the letters, and people who talk with each other.")]
        ),
    ]


def cut_off_sentence(rules: RuleSet) -> str:
    """Return until when one is on time."""
    minutes = rules.cut_off.minutes
    if rules.cut_off.kind is CutOffKind.AGENDA:
        return _(
            "On time is until the presentations begin; where nobody says when, until %(minutes)s minutes after the start.",
            minutes=minutes,
        )
    if minutes == 0:
        return _("On time is until the start.")
    if minutes < 0:
        return _("On time is until %(minutes)s minutes before the start.", minutes=-minutes)
    return _("On time is until %(minutes)s minutes after the start.", minutes=minutes)


def _weights_sentence(rules: RuleSet) -> str:
    words = happening_words()
    said = [f"{words[one]} {number(rules.weight(one))}" for one in Happening if rules.weight(one)]
    return _("What a meeting weighs: %(weights)s.", weights=", ".join(said) or _("nothing"))


def _excuse_sentences(rules: RuleSet) -> list[str]:
    words = excuse_words()
    nothing = [words.get(kind, kind) for kind, share in rules.excused.items() if not share]
    parts = [
        _(
            "An approved excuse for %(kind)s leaves %(share)s of the weight.",
            kind=words.get(kind, kind),
            share=number(share),
        )
        for kind, share in rules.excused.items()
        if 0 < share < 1
    ]
    if nothing:
        parts.insert(
            0, _("With an approved excuse these count nothing: %(kinds)s.", kinds=", ".join(nothing))
        )
    return parts


def measure_sentence(measure: Measure, rules: RuleSet) -> str:
    """Return what the measure is, in a sentence."""
    return _("%(name)s: %(what)s.", name=_(measure.name), what=_measure_words(measure, rules))


def _measure_words(measure: Measure, rules: RuleSet) -> str:
    if measure.kind in OF_MEETINGS:
        return f"{_of_meetings_words(measure)} {window_words(measure.window)}{_details(measure)}"
    parts = [(_(rules.measure(part.measure).name), part.times) for part in measure.parts]
    first = parts[0][0]
    if measure.kind is MeasureKind.EVERY:
        return _("one for every %(number)s of “%(of)s”", number=number(measure.number), of=first)
    if measure.kind is MeasureKind.TOTAL:
        return " + ".join(
            f"“{name}”" if times == 1 else f"{number(times)} × “{name}”" for name, times in parts
        )
    if measure.kind is MeasureKind.DEPENDS:
        return _(
            "%(then)s if “%(of)s” is %(number)s or more, else %(otherwise)s",
            then=number(measure.then),
            of=first,
            number=number(measure.number),
            otherwise=number(measure.otherwise),
        )
    allowed = measure.allowed
    most = f"“{_(rules.measure(allowed).name)}”" if isinstance(allowed, str) else number(allowed)
    return _("what “%(of)s” is beyond %(allowed)s", of=first, allowed=most)


def _of_meetings_words(measure: Measure) -> str:
    what = _listed(measure.what)
    words = {
        MeasureKind.SUM: _("what is missed, added up by its weight,"),
        MeasureKind.COUNT: _("meetings (%(what)s)", what=what),
        MeasureKind.MINUTES: _("minutes after the cut-off"),
        MeasureKind.PERCENT: _(
            "share of meetings (%(what)s) out of (%(all)s)", what=what, all=_listed(measure.out_of)
        ),
        MeasureKind.RUN: _("meetings in a row up to the latest (%(what)s)", what=what),
        MeasureKind.LONGEST_RUN: _("the most meetings in a row (%(what)s)", what=what),
        MeasureKind.WEEKS: _("weeks in a row up to the latest meeting (%(what)s)", what=what),
    }
    return words[measure.kind]


def _details(measure: Measure) -> str:
    said = []
    if measure.skips:
        said.append(_("a row goes on across: %(what)s", what=_listed(measure.skips)))
    if measure.minutes_over:
        said.append(_("lates of more than %(minutes)s minutes only", minutes=measure.minutes_over))
    if measure.least_meetings:
        said.append(_("from %(number)s meetings on", number=measure.least_meetings))
    if measure.excused_too:
        said.append(_("excused ones too"))
    return "".join(f"; {one}" for one in said)


def _listed(happenings: Iterable[Happening]) -> str:
    words = happening_words()
    return ", ".join(words[one] for one in happenings)


def limit_sentence(limit: Limit, rules: RuleSet) -> str:
    """Return from when on somebody talks with a member, in a sentence that decides nothing."""
    facts = {
        "name": _(limit.name),
        "of": _(rules.measure(limit.measure).name),
        "reached": bound_words(limit.side, limit.reached),
    }
    if limit.near is None:
        return _("%(name)s: with “%(of)s” at %(reached)s it may be reviewed.", **facts)
    near = bound_words(limit.side, limit.near)
    return _(
        "%(name)s: with “%(of)s” at %(reached)s it may be reviewed, at %(near)s one is close to it.",
        near=near,
        **facts,
    )


def bound_words(side: Side, value: Fraction) -> str:
    """Return where a limit is, in words: `3 or more`, `more than 2`, `less than 70`."""
    words = {
        Side.AT_LEAST: _("%(number)s or more", number=number(value)),
        Side.MORE_THAN: _("more than %(number)s", number=number(value)),
        Side.LESS_THAN: _("less than %(number)s", number=number(value)),
    }
    return words[side]
