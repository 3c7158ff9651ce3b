"""Rule sets in use among groups, under neutral names: a start, to be taken as they are or changed in the form."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from app.core.sentences import N_
from app.plugins.attendance.domain.rule_set import (
    CutOff,
    CutOffKind,
    Happening,
    Limit,
    Measure,
    MeasureKind,
    Part,
    RuleSet,
    Side,
    Unit,
    Window,
    WindowKind,
)

H = Happening
K = MeasureKind

HALF = Fraction(1, 2)
SIX_MONTHS = Window(kind=WindowKind.ROLLING, length=6, unit=Unit.MONTHS)
HALVES = Window(kind=WindowKind.FIXED, length=6, begins=1)
QUARTER = Window(kind=WindowKind.FIXED, length=3, begins=1)
YEAR = Window(kind=WindowKind.FIXED, length=12, begins=1)
EVER = Window(kind=WindowKind.ALL)

HALF_FOR_LATE = MappingProxyType(
    {H.ABSENT: Fraction(1), H.LATE: HALF, H.LEFT_EARLY: HALF, H.LATE_SUBSTITUTE: HALF}
)
ABSENT_ONLY = MappingProxyType({H.ABSENT: Fraction(1)})
KINDLY = MappingProxyType({"bereavement": Fraction(0), "weather": Fraction(0), "care": Fraction(0)})
CAME = (H.PRESENT, H.LATE, H.SUBSTITUTE)
HELD = (H.PRESENT, H.ABSENT, H.LATE, H.SUBSTITUTE)


def at_least(measure: str, reached: int, name: str, *, near: Fraction | int | None = None) -> Limit:
    """Return a limit that is reached from a number on, and is named after its measure."""
    return Limit(
        key=measure,
        name=name,
        measure=measure,
        side=Side.AT_LEAST,
        reached=Fraction(reached),
        near=None if near is None else Fraction(near),
    )


def more_than(measure: str, reached: int, name: str, *, near: Fraction | int | None = None) -> Limit:
    """Return a limit that is reached once a number is passed."""
    return Limit(
        key=measure,
        name=name,
        measure=measure,
        side=Side.MORE_THAN,
        reached=Fraction(reached),
        near=None if near is None else Fraction(near),
    )


def less_than(measure: str, reached: int, name: str, *, near: int) -> Limit:
    """Return a limit that is reached once a percentage is missed."""
    return Limit(
        key=measure,
        name=name,
        measure=measure,
        side=Side.LESS_THAN,
        reached=Fraction(reached),
        near=Fraction(near),
    )


def _summed(name: str, window: Window, *, key: str = "absences") -> Measure:
    return Measure(key=key, name=name, kind=K.SUM, window=window)


def _counted(key: str, name: str, window: Window, *what: Happening) -> Measure:
    return Measure(key=key, name=name, kind=K.COUNT, window=window, what=what)


_ABSENCES = N_("Absences")
_WEIGHED = N_("Absences, with lates and early leavings in parts")
_SUBSTITUTES = N_("Substitutes")
_SUBSTITUTES_IN_A_ROW = N_("Substitutes in a row")
_THREE = N_("Three absences")

NONE = RuleSet(name=N_("No rules: the letters are kept, nothing is counted"))

ROLLING_SIX_MONTHS = RuleSet(
    name=N_("Three absences in six months, lates count half"),
    weights=HALF_FOR_LATE,
    measures=(_summed(_WEIGHED, SIX_MONTHS),),
    limits=(at_least("absences", 3, _THREE, near=2),),
)

FIXED_HALVES = RuleSet(
    name=N_("Three absences in a half-year, two lates are one absence"),
    weights=ABSENT_ONLY,
    measures=(
        _counted("absent", N_("Meetings absent"), HALVES, H.ABSENT),
        _counted("late", N_("Lates and early leavings"), HALVES, H.LATE, H.LEFT_EARLY),
        Measure(
            key="from-late",
            name=N_("Absences from two lates each"),
            kind=K.EVERY,
            parts=(Part(measure="late"),),
            number=Fraction(2),
        ),
        Measure(
            key="absences",
            name=_ABSENCES,
            kind=K.TOTAL,
            parts=(Part(measure="absent"), Part(measure="from-late")),
        ),
    ),
    limits=(at_least("absences", 3, _THREE, near=2),),
)

QUARTERLY = RuleSet(
    name=N_("Two absences and one substitute a quarter"),
    weights=HALF_FOR_LATE,
    measures=(
        _summed(_WEIGHED, QUARTER),
        _counted("substitutes", _SUBSTITUTES, QUARTER, H.SUBSTITUTE),
    ),
    limits=(
        at_least("absences", 2, N_("Two absences in a quarter"), near=1),
        more_than("substitutes", 1, N_("More than one substitute in a quarter")),
    ),
)

CALENDAR_YEAR = RuleSet(
    name=N_("Six absences in a calendar year, excused ones left out"),
    weights=HALF_FOR_LATE,
    excused=KINDLY,
    measures=(_summed(_WEIGHED, YEAR),),
    limits=(at_least("absences", 6, N_("Six absences in a year"), near=5),),
)

SEVENTY_PERCENT = RuleSet(
    name=N_("At least 70 % of the meetings of a year"),
    excused=KINDLY,
    measures=(
        Measure(
            key="attended",
            name=N_("Meetings attended, in percent"),
            kind=K.PERCENT,
            window=YEAR,
            what=CAME,
            out_of=HELD,
            least_meetings=8,
        ),
    ),
    limits=(less_than("attended", 70, N_("Less than 70 % of a year"), near=75),),
)

ALL_TIME_PERCENT = RuleSet(
    name=N_("At least 75 % of all meetings since joining"),
    measures=(
        Measure(
            key="attended",
            name=N_("Meetings attended in person, in percent"),
            kind=K.PERCENT,
            window=EVER,
            what=(H.PRESENT, H.LATE),
            out_of=HELD,
            least_meetings=10,
        ),
    ),
    limits=(less_than("attended", 75, N_("Less than 75 % since joining"), near=80),),
)

PRESENTATIONS_BEGUN = RuleSet(
    name=N_("On time until the presentations begin, three absences in six months"),
    cut_off=CutOff(kind=CutOffKind.AGENDA, minutes=30),
    weights=HALF_FOR_LATE,
    measures=(_summed(_WEIGHED, SIX_MONTHS),),
    limits=(at_least("absences", 3, _THREE, near=2),),
)

SPEAKER_BEGINS = RuleSet(
    name=N_("After the speaker begins is absent, three in six months"),
    cut_off=CutOff(kind=CutOffKind.AGENDA, minutes=45),
    weights=MappingProxyType({H.ABSENT: Fraction(1), H.LATE: Fraction(1), H.LEFT_EARLY: HALF}),
    measures=(_summed(N_("Absences, and arrivals after the speaker began"), SIX_MONTHS),),
    limits=(at_least("absences", 3, _THREE, near=2),),
)

SUBSTITUTES_BY_ABSENCES = RuleSet(
    name=N_("Six substitutes in six months, three for who was absent, never three in a row"),
    weights=ABSENT_ONLY,
    measures=(
        _counted("absences", _ABSENCES, SIX_MONTHS, H.ABSENT),
        _counted("substitutes", _SUBSTITUTES, SIX_MONTHS, H.SUBSTITUTE),
        Measure(
            key="allowed",
            name=N_("Substitutes allowed"),
            kind=K.DEPENDS,
            parts=(Part(measure="absences"),),
            number=Fraction(1),
            then=Fraction(3),
            otherwise=Fraction(6),
        ),
        Measure(
            key="too-many",
            name=N_("Substitutes beyond those allowed"),
            kind=K.BEYOND,
            parts=(Part(measure="substitutes"),),
            allowed="allowed",
        ),
        Measure(key="row", name=_SUBSTITUTES_IN_A_ROW, kind=K.RUN, window=SIX_MONTHS, what=(H.SUBSTITUTE,)),
    ),
    limits=(
        at_least("absences", 3, _THREE, near=2),
        at_least("too-many", 1, N_("More substitutes than allowed")),
        more_than("row", 2, N_("More than two substitutes in a row"), near=1),
    ),
)

TWO_ALLOWANCES = RuleSet(
    name=N_("In a year six absences with a substitute and three without"),
    measures=(
        _counted("without", N_("Absences without a substitute"), YEAR, H.ABSENT),
        _counted("with", N_("Absences with a substitute"), YEAR, H.SUBSTITUTE),
    ),
    limits=(
        more_than("without", 3, N_("More than three absences without a substitute"), near=2),
        more_than("with", 6, N_("More than six absences with a substitute"), near=5),
    ),
)

FOUR_IN_A_ROW = RuleSet(
    name=N_("More than three absences in a row"),
    measures=(
        Measure(
            key="row",
            name=N_("Absences in a row"),
            kind=K.RUN,
            what=(H.ABSENT,),
            skips=(H.MEDICAL,),
        ),
    ),
    limits=(more_than("row", 3, N_("More than three absences in a row"), near=2),),
)

EXCUSED_KINDS = RuleSet(
    name=N_("Three absences in six months, bereavement, weather and care left out"),
    weights=HALF_FOR_LATE,
    excused=KINDLY,
    measures=(_summed(_WEIGHED, SIX_MONTHS),),
    limits=(at_least("absences", 3, _THREE, near=2),),
)

MEDICAL_EIGHT_WEEKS = RuleSet(
    name=N_("Three absences in six months, approved leave of up to eight weeks"),
    weights=HALF_FOR_LATE,
    measures=(
        _summed(_WEIGHED, SIX_MONTHS),
        Measure(key="leave", name=N_("Weeks of leave in a row"), kind=K.WEEKS, what=(H.MEDICAL,)),
    ),
    limits=(
        at_least("absences", 3, _THREE, near=2),
        more_than("leave", 8, N_("More than eight weeks of leave"), near=6),
    ),
)

LATE_SUBSTITUTE = RuleSet(
    name=N_("Three absences in six months, a late substitute counts half"),
    weights=MappingProxyType({H.ABSENT: Fraction(1), H.LATE_SUBSTITUTE: HALF}),
    measures=(_summed(N_("Absences, with late substitutes in part"), SIX_MONTHS),),
    limits=(at_least("absences", 3, _THREE, near=2),),
)

PRESETS: Mapping[str, RuleSet] = MappingProxyType(
    {
        "none": NONE,
        "six-months": ROLLING_SIX_MONTHS,
        "half-years": FIXED_HALVES,
        "quarters": QUARTERLY,
        "calendar-year": CALENDAR_YEAR,
        "seventy-percent": SEVENTY_PERCENT,
        "all-time-percent": ALL_TIME_PERCENT,
        "presentations": PRESENTATIONS_BEGUN,
        "speaker": SPEAKER_BEGINS,
        "substitutes": SUBSTITUTES_BY_ABSENCES,
        "two-allowances": TWO_ALLOWANCES,
        "in-a-row": FOUR_IN_A_ROW,
        "excused": EXCUSED_KINDS,
        "medical-leave": MEDICAL_EIGHT_WEEKS,
        "late-substitute": LATE_SUBSTITUTE,
    }
)
"""By the word that names each in addresses, in the order in which they are offered."""
