"""Rules as JSON and back: everything that is wrong with a text is named at once, each with its path."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.core.errors import Refused
from app.plugins.attendance.domain.rule_reading import LONGEST_KEY, MOST_NUMBER, Found, Reader
from app.plugins.attendance.domain.rule_set import (
    OF_MEETINGS,
    SCHEMA,
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

LEAST_MINUTES = -60
MOST_MINUTES = 180
LONGEST_NAME = 80
MOST_MEASURES = 30
MOST_LIMITS = 20
MOST_PARTS = 6
"""Of one total; a form shows them all. A longer one is a total of totals."""
_MONTHS = 12
_LONGEST = {WindowKind.ROLLING: 3660, WindowKind.MEETINGS: 520, WindowKind.FIXED: 120}


def rules_from_json(text: str) -> RuleSet:
    """Return the rules that the text says; refused with every problem, each with its path in `field`.

    An empty object, as groups without rules of their own have it, is a rule set that counts nothing.
    """
    reader = Reader()
    try:
        said = json.loads(text or "{}")
    except ValueError:
        said = None
    top = reader.mapping(said, "rules")
    if said == {}:
        return RuleSet(name="")
    rules = RuleSet(name="") if reader.refusals else _rule_set(reader, top)
    if reader.refusals:
        raise Refused(reader.refusals)
    return rules


def rules_to_json(rules: RuleSet) -> str:
    """Return the rules as the one text that stands for them: equal rules, equal texts."""
    said = {
        "schema": SCHEMA,
        "name": rules.name,
        "cut_off": {"kind": rules.cut_off.kind.value, "minutes": rules.cut_off.minutes},
        "weights": {one.value: _number(weight) for one, weight in rules.weights.items() if weight},
        "excused": {kind: _number(share) for kind, share in rules.excused.items()},
        "measures": [_measure_said(one) for one in rules.measures],
        "limits": [_limit_said(one) for one in rules.limits],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the names that a measure of that kind has beside key, name and kind; none for an unknown kind."""
    return _FIELDS[MeasureKind(kind)] if kind in {one.value for one in MeasureKind} else ()


def _rule_set(reader: Reader, top: Mapping[str, Any]) -> RuleSet:
    keys = ("schema", "name", "cut_off", "weights", "excused", "measures", "limits")
    reader.only(top, keys, "")
    reader.schema(top.get("schema"), SCHEMA)
    measures = _measures(reader, reader.items(top.get("measures", []), "measures", MOST_MEASURES))
    known = {one.key for one in measures}
    return RuleSet(
        name=reader.text(top, "name", "", longest=LONGEST_NAME),
        cut_off=_cut_off(reader, reader.mapping(top.get("cut_off", {}), "cut_off")),
        weights=_weights(reader, reader.mapping(top.get("weights", {}), "weights")),
        excused=_excused(reader, reader.mapping(top.get("excused", {}), "excused")),
        measures=measures,
        limits=_limits(reader, reader.items(top.get("limits", []), "limits", MOST_LIMITS), known),
    )


def _cut_off(reader: Reader, said: Found) -> CutOff:
    reader.only(said, ("kind", "minutes"), "cut_off")
    return CutOff(
        kind=reader.word(said, "kind", "cut_off", CutOffKind, CutOffKind.CLOCK),
        minutes=int(
            reader.number(said, "minutes", "cut_off", LEAST_MINUTES, MOST_MINUTES, whole=True, usual=0)
        ),
    )


def _weights(reader: Reader, said: Found) -> Mapping[Happening, Fraction]:
    reader.only(said, tuple(Happening), "weights")
    found = {
        Happening(key): reader.number(said, key, "weights", 0, MOST_NUMBER)
        for key in said
        if key in set(Happening)
    }
    return MappingProxyType({one: weight for one, weight in found.items() if weight})


def _excused(reader: Reader, said: Found) -> Mapping[str, Fraction]:
    for kind in said:
        reader.key(kind, f"excused.{kind[:LONGEST_KEY]}")
    return MappingProxyType({kind: reader.number(said, kind, "excused", 0, 1) for kind in said})


def _measures(reader: Reader, said: Sequence[Any]) -> tuple[Measure, ...]:
    measures: list[Measure] = []
    for number, one in enumerate(said):
        path = f"measures[{number}]"
        before = frozenset(measure.key for measure in measures)
        measure = _measure(reader, reader.mapping(one, path), path, before)
        if measure.key in before:
            reader.twice(measure.key, f"{path}.key")
        else:
            measures.append(measure)
    return tuple(measures)


def _measure(reader: Reader, said: Found, path: str, before: frozenset[str]) -> Measure:
    kind = reader.word(said, "kind", path, MeasureKind, None)
    if said.get("kind") == kind:
        reader.only(said, ("key", "name", "kind", *_FIELDS[kind]), path)
    wanted = _FIELDS[kind]
    return Measure(
        key=reader.key_of(said, path),
        name=reader.text(said, "name", path, longest=LONGEST_NAME),
        kind=kind,
        window=_window(reader, said, path) if kind in OF_MEETINGS else Window(),
        what=_happenings(reader, said, "what", path, needed="what" in wanted),
        out_of=_happenings(reader, said, "out_of", path, needed="out_of" in wanted),
        skips=_happenings(reader, said, "skips", path, needed=False),
        excused_too=reader.yes_or_no(said, "excused_too", path),
        minutes_over=int(reader.number(said, "minutes_over", path, 0, MOST_NUMBER, whole=True, usual=0)),
        least_meetings=int(reader.number(said, "least_meetings", path, 0, MOST_NUMBER, whole=True, usual=0)),
        parts=_parts(reader, said, path, before) if "parts" in wanted else (),
        number=_number_of(reader, said, path, kind),
        then=reader.number(said, "then", path, 0, MOST_NUMBER, usual=None if "then" in wanted else 0),
        otherwise=reader.number(
            said, "otherwise", path, 0, MOST_NUMBER, usual=None if "then" in wanted else 0
        ),
        allowed=_allowed(reader, said, path, before) if "allowed" in wanted else Fraction(0),
    )


def _number_of(reader: Reader, said: Found, path: str, kind: MeasureKind) -> Fraction:
    if kind is MeasureKind.EVERY:
        return reader.number(said, "number", path, 2, MOST_NUMBER, whole=True)
    return reader.number(
        said, "number", path, 0, MOST_NUMBER, usual=None if kind is MeasureKind.DEPENDS else 0
    )


_ROW = ("window", "what", "skips", "excused_too", "minutes_over")
_FIELDS: Mapping[MeasureKind, tuple[str, ...]] = MappingProxyType(
    {
        MeasureKind.SUM: ("window",),
        MeasureKind.COUNT: ("window", "what", "excused_too", "minutes_over"),
        MeasureKind.MINUTES: ("window", "excused_too", "minutes_over"),
        MeasureKind.PERCENT: ("window", "what", "out_of", "excused_too", "least_meetings"),
        MeasureKind.RUN: _ROW,
        MeasureKind.LONGEST_RUN: _ROW,
        MeasureKind.WEEKS: _ROW,
        MeasureKind.EVERY: ("parts", "number"),
        MeasureKind.TOTAL: ("parts",),
        MeasureKind.DEPENDS: ("parts", "number", "then", "otherwise"),
        MeasureKind.BEYOND: ("parts", "allowed"),
    }
)


def _window(reader: Reader, measure: Found, path: str) -> Window:
    at = f"{path}.window"
    said = reader.mapping(measure.get("window", {"kind": "all"}), at)
    reader.only(said, ("kind", "length", "unit", "begins"), at)
    kind = reader.word(said, "kind", at, WindowKind, WindowKind.ALL)
    longest = _LONGEST.get(kind, 0)
    length = reader.number(said, "length", at, 1, longest, whole=True) if longest else Fraction(0)
    return Window(
        kind=kind,
        length=int(length),
        unit=reader.word(said, "unit", at, Unit, Unit.MONTHS),
        begins=int(reader.number(said, "begins", at, 1, _MONTHS, whole=True, usual=1)),
    )


def _happenings(reader: Reader, said: Found, name: str, path: str, *, needed: bool) -> tuple[Happening, ...]:
    at = f"{path}.{name}"
    items = reader.items(said.get(name, []), at, len(Happening))
    if needed and not said.get(name):
        reader.missing(at)
    found = [reader.one_of(item, f"{at}[{number}]", Happening) for number, item in enumerate(items)]
    return tuple(one for one in Happening if one in found)


def _parts(reader: Reader, said: Found, path: str, before: frozenset[str]) -> tuple[Part, ...]:
    at = f"{path}.parts"
    most = MOST_PARTS if said.get("kind") == MeasureKind.TOTAL else 1
    items = reader.items(said.get("parts", []), at, most)
    if not said.get("parts"):
        reader.missing(at)
    return tuple(_part(reader, item, f"{at}[{number}]", before) for number, item in enumerate(items))


def _part(reader: Reader, item: Any, path: str, before: frozenset[str]) -> Part:
    said = reader.mapping(item, path)
    reader.only(said, ("measure", "times"), path)
    return Part(
        measure=reader.reference(said.get("measure"), f"{path}.measure", before),
        times=reader.number(said, "times", path, 0, MOST_NUMBER, usual=1),
    )


def _allowed(reader: Reader, said: Found, path: str, before: frozenset[str]) -> Fraction | str:
    if isinstance(said.get("allowed"), str) and not said["allowed"][:1].isdigit():
        return reader.reference(said["allowed"], f"{path}.allowed", before)
    return reader.number(said, "allowed", path, 0, MOST_NUMBER)


def _limits(reader: Reader, said: Sequence[Any], known: set[str]) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    for number, one in enumerate(said):
        path = f"limits[{number}]"
        limit = _limit(reader, reader.mapping(one, path), path, known)
        if any(limit.key == other.key for other in limits):
            reader.twice(limit.key, f"{path}.key")
        limits.append(limit)
    return tuple(limits)


def _limit(reader: Reader, said: Found, path: str, known: set[str]) -> Limit:
    reader.only(said, ("key", "name", "measure", "side", "reached", "near"), path)
    side = reader.word(said, "side", path, Side, Side.AT_LEAST)
    reached = reader.number(said, "reached", path, 0, MOST_NUMBER)
    near = reader.number(said, "near", path, 0, MOST_NUMBER) if said.get("near") is not None else None
    if (
        near is not None
        and "reached" in said
        and (near <= reached if side is Side.LESS_THAN else near >= reached)
    ):
        reader.near_after_reached(f"{path}.near")
    return Limit(
        key=reader.key_of(said, path),
        name=reader.text(said, "name", path, longest=LONGEST_NAME),
        measure=reader.reference(said.get("measure"), f"{path}.measure", frozenset(known)),
        side=side,
        reached=reached,
        near=near,
    )


def _measure_said(one: Measure) -> dict[str, Any]:
    all_said: dict[str, Any] = {
        "window": _window_said(one.window),
        "what": [happening.value for happening in one.what],
        "out_of": [happening.value for happening in one.out_of],
        "skips": [happening.value for happening in one.skips],
        "excused_too": one.excused_too,
        "minutes_over": one.minutes_over,
        "least_meetings": one.least_meetings,
        "parts": [{"measure": part.measure, "times": _number(part.times)} for part in one.parts],
        "number": _number(one.number),
        "then": _number(one.then),
        "otherwise": _number(one.otherwise),
        "allowed": one.allowed if isinstance(one.allowed, str) else _number(one.allowed),
    }
    return {"key": one.key, "name": one.name, "kind": one.kind.value} | {
        name: all_said[name] for name in _FIELDS[one.kind]
    }


def _window_said(window: Window) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": window.kind.value}
    if window.kind in _LONGEST:
        said["length"] = window.length
    if window.kind is WindowKind.ROLLING:
        said["unit"] = window.unit.value
    if window.kind is WindowKind.FIXED:
        said["begins"] = window.begins
    return said


def _limit_said(one: Limit) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "measure": one.measure,
        "side": one.side.value,
        "reached": _number(one.reached),
        "near": None if one.near is None else _number(one.near),
    }


def _number(value: Fraction) -> int | str:
    """Return a whole number as itself and any other as `1/2`: exact, and read by everybody."""
    return int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
