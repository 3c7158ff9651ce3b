"""Between the form of the rules and their JSON: what was typed is read by the one reader of rules, and comes back."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from werkzeug.datastructures import MultiDict

from app.core.errors import Refusal, Refused
from app.http.sentences import sentence
from app.plugins.attendance.domain.rule_set import (
    SCHEMA,
    Happening,
    Limit,
    Measure,
    MeasureKind,
    RuleSet,
    Unit,
    WindowKind,
)
from app.plugins.attendance.domain.rule_set_json import MOST_PARTS, fields_of, rules_from_json
from app.plugins.attendance.web.rule_forms import EXCUSES, RulesForm, choices
from app.plugins.attendance.web.rule_wording import measure_kind_words
from app.plugins.attendance.web.typed_words import gettext as _
from app.plugins.attendance.web.wording import month_names

_WEIGHED = tuple(one for one in Happening if one is not Happening.PRESENT)
_UNITS = {one.value for one in Unit}
_PLACE = re.compile(r"(measures|limits)\[(\d+)\](?:\.(\w+))?(?:\.(\w+))?")
_FIELDS = {"parts": "part0", "kind": "name", "key": "name", "unit": "window"}
"""Where a form shows what is wrong with a name that it has no field for."""


def form_of(rules: RuleSet) -> RulesForm:
    """Return the form filled in with the rules."""
    form = RulesForm(formdata=None, data=_typed(rules))
    _offer(form)
    return form


def form_typed(fields: MultiDict[str, str]) -> RulesForm:
    """Return the form as it was typed."""
    form = RulesForm(formdata=fields)
    _offer(form)
    return form


def rules_typed(form: RulesForm) -> RuleSet:
    """Return the rules that the form says; refused with every problem, each in the words of the form."""
    try:
        return rules_from_json(json.dumps(_said(form)))
    except Refused as refused:
        raise Refused([_in_words(form, one) for one in refused.refusals]) from refused


def show_problems(form: RulesForm, refused: Refused) -> None:
    """Show every reason above the form, and beside the field that it is about."""
    for refusal in refused.refusals:
        text = sentence(refusal)
        form.problems.append(text)
        field = _field_of(form, refusal.field)
        if field is not None:
            field.errors = [*field.errors, text]


def open_entries(form: RulesForm) -> set[str]:
    """Return the names of the numbers and limits that stand open: without a name yet, or with something wrong."""
    entries = [*form.measures.entries, *form.limits.entries]
    return {
        entry.name
        for entry in entries
        if not entry.form["name"].data or any(field.errors for field in entry.form)
    }


def with_new_measure(form: RulesForm) -> RulesForm:
    """Return the form with one more number, of the kind that was chosen."""
    kinds = {one.value for one in MeasureKind}
    kind = form.new_kind.data if form.new_kind.data in kinds else MeasureKind.COUNT.value
    entry = {"key": _new_key("number", form.measures.data), "kind": kind, "window": "months", "length": "6"}
    return _changed(form, measures=[*form.measures.data, entry])


def with_new_limit(form: RulesForm) -> RulesForm:
    """Return the form with one more limit."""
    return _changed(form, limits=[*form.limits.data, {"key": _new_key("limit", form.limits.data)}])


def without(form: RulesForm, what: str, number: int) -> RulesForm:
    """Return the form without one of its numbers or limits."""
    kept = [one for at, one in enumerate(form[what].data) if at != number]
    return _changed(form, **{what: kept})


def _changed(form: RulesForm, **lists: Sequence[Mapping[str, Any]]) -> RulesForm:
    kept = {name: value for name, value in form.data.items() if name not in {"csrf_token", "form_token"}}
    changed = RulesForm(formdata=None, data={**kept, **lists})
    _offer(changed)
    return changed


def _new_key(word: str, entries: Sequence[Mapping[str, Any]]) -> str:
    taken = {one.get("key") for one in entries}
    return next(key for number in range(1, len(entries) + 2) if (key := f"{word}-{number}") not in taken)


def _offer(form: RulesForm) -> None:
    """Fill what may be chosen: kinds, months, and for each number those that stand before it."""
    form.new_kind.choices = choices((kind.value, word) for kind, word in measure_kind_words().items())
    months = choices((str(number), name) for number, name in month_names().items())
    before: list[tuple[str, str]] = [("", "–")]
    for entry in form.measures:
        entry.begins.choices = months
        for name in ("allowed_measure", *(f"part{number}" for number in range(MOST_PARTS))):
            entry[name].choices = choices(before)
        before.append((entry.key.data or "", _(entry["name"].data or "") or _("Number without a name")))
    for entry in form.limits:
        entry.measure.choices = choices(before)


def _typed(rules: RuleSet) -> dict[str, Any]:
    return {
        "name": _(rules.name) if rules.name else "",
        "cut_off_kind": rules.cut_off.kind.value,
        "minutes": str(rules.cut_off.minutes),
        **{f"weigh_{one.value}": _text(rules.weight(one)) for one in _WEIGHED},
        **{f"excuse_{kind}": _text(rules.share(kind)) for kind in EXCUSES},
        "measures": [_measure_typed(one) for one in rules.measures],
        "limits": [_limit_typed(one) for one in rules.limits],
    }


def _measure_typed(one: Measure) -> dict[str, Any]:
    is_measure = isinstance(one.allowed, str)
    return {
        "key": one.key,
        "kind": one.kind.value,
        "name": _(one.name),
        "window": one.window.unit.value if one.window.kind is WindowKind.ROLLING else one.window.kind.value,
        "length": str(one.window.length) if one.window.length else "",
        "begins": str(one.window.begins),
        "what": [happening.value for happening in one.what],
        "out_of": [happening.value for happening in one.out_of],
        "skips": [happening.value for happening in one.skips],
        "excused_too": one.excused_too,
        "minutes_over": str(one.minutes_over or ""),
        "least_meetings": str(one.least_meetings or ""),
        **{f"part{number}": part.measure for number, part in enumerate(one.parts)},
        **{f"times{number}": _text(part.times) for number, part in enumerate(one.parts)},
        "number": _text(one.number),
        "then": _text(one.then),
        "otherwise": _text(one.otherwise),
        "allowed": "" if is_measure else _text(Fraction(one.allowed)),
        "allowed_measure": one.allowed if is_measure else "",
    }


def _limit_typed(one: Limit) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": _(one.name),
        "measure": one.measure,
        "side": one.side.value,
        "reached": _text(one.reached),
        "near": "" if one.near is None else _text(one.near),
    }


def _text(value: Fraction) -> str:
    return str(value)


def _said(form: RulesForm) -> dict[str, Any]:
    """Return what the form says, as the JSON of rules."""
    weights = {one.value: form[f"weigh_{one.value}"].data or "0" for one in _WEIGHED}
    shares = {kind: form[f"excuse_{kind}"].data or "1" for kind in EXCUSES}
    return {
        "schema": SCHEMA,
        "name": form["name"].data or "",
        "cut_off": {"kind": form.cut_off_kind.data or "clock", "minutes": form.minutes.data or "0"},
        "weights": weights,
        "excused": {kind: share for kind, share in shares.items() if share != "1"},
        "measures": [_measure_said(one) for one in form.measures.data],
        "limits": [_limit_said(one) for one in form.limits.data],
    }


def _measure_said(typed: Mapping[str, Any]) -> dict[str, Any]:
    parts = [
        {"measure": typed[f"part{number}"], "times": typed[f"times{number}"] or "1"}
        for number in range(MOST_PARTS)
        if typed[f"part{number}"]
    ]
    every = {
        "window": _window_said(typed),
        "what": typed["what"] or [],
        "out_of": typed["out_of"] or [],
        "skips": typed["skips"] or [],
        "excused_too": bool(typed["excused_too"]),
        "minutes_over": typed["minutes_over"] or "0",
        "least_meetings": typed["least_meetings"] or "0",
        "parts": parts if typed["kind"] == MeasureKind.TOTAL.value else parts[:1],
        "number": typed["number"] or "",
        "then": typed["then"] or "",
        "otherwise": typed["otherwise"] or "",
        "allowed": typed["allowed_measure"] or typed["allowed"] or "",
    }
    wanted = fields_of(typed["kind"])
    return {"key": typed["key"], "name": typed["name"] or "", "kind": typed["kind"]} | {
        name: every[name] for name in wanted
    }


def _window_said(typed: Mapping[str, Any]) -> dict[str, Any]:
    chosen = typed["window"] or WindowKind.ALL.value
    if chosen in _UNITS:
        return {"kind": WindowKind.ROLLING.value, "unit": chosen, "length": typed["length"] or ""}
    said: dict[str, Any] = {"kind": chosen}
    if chosen in {WindowKind.MEETINGS.value, WindowKind.FIXED.value}:
        said["length"] = typed["length"] or ""
    if chosen == WindowKind.FIXED.value:
        said["begins"] = typed["begins"] or "1"
    return said


def _limit_said(typed: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: typed[name] or "" for name in ("key", "name", "measure", "side", "reached")}
    return said | ({"near": typed["near"]} if typed["near"] else {})


def _in_words(form: RulesForm, refusal: Refusal) -> Refusal:
    """Return the refusal with its place as the form calls it."""
    field = _field_of(form, refusal.field)
    if field is None or "path" not in refusal.facts:
        return refusal
    found = _PLACE.match(refusal.field)
    place = str(field.label.text)
    if found is not None:
        number = int(found[2]) + 1
        of = (
            _("Number %(number)s", number=number)
            if found[1] == "measures"
            else _("Limit %(number)s", number=number)
        )
        place = f"{of}, {place}"
    return replace(refusal, facts={**refusal.facts, "path": place})


def _field_of(form: RulesForm, path: str) -> Any:
    """Return the field that a path of the JSON is typed in; None where the form has none."""
    found = _PLACE.match(path)
    if found is None:
        plain = path.replace("cut_off.", "").replace("weights.", "weigh_").replace("excused.", "excuse_")
        return next((field for field in form if field.short_name == plain), None)
    entries = form[found[1]].entries
    if int(found[2]) >= len(entries):
        return None
    name = found[4] or found[3] or "name"
    name = _FIELDS.get(name, name)
    return next((field for field in entries[int(found[2])].form if field.short_name == name), None)
