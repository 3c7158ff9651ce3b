"""Which refusals and remarks does the code make, with which facts? Read from the syntax, through the functions that wrap them."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.support.source import Module, dotted, functions, imported_names

MADE_BY = {"Refusal": frozenset[str](), "Remark": frozenset({"row", "column"})}
"""What makes a reason, and the facts that it adds by itself; `Problem` and `Note` are remarks."""
_KINDS = {"Refusal": "Refusal", "Remark": "Remark", "Problem": "Remark", "Note": "Remark"}

UNKNOWN = "?"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One place that gives a reason: its code (`*` where a part is computed), its facts or None where they are not plain."""

    code: str
    facts: frozenset[str] | None
    place: str

    def means(self, code: str) -> bool:
        """Return whether the code made here can be `code`."""
        return re.fullmatch(re.escape(self.code).replace(r"\*", r"\w+"), code) is not None


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """A call in its function: where names are looked up, and the function from which its arguments came."""

    module: Module
    function: ast.FunctionDef | None
    bound: dict[str, ast.expr] = field(default_factory=dict)
    spread: Sequence[ast.expr] = ()
    """What the call passes on as `**…`."""
    caller: ast.FunctionDef | None = None

    @property
    def of_the_caller(self) -> "_Scope":
        """Where the names in the arguments are looked up."""
        return _Scope(module=self.module, function=self.caller)


def uses(modules: Sequence[Module]) -> Iterator[Use]:
    """Yield every reason that the modules give."""
    for module in modules:
        for call, function in _calls(module):
            kind = _KINDS.get(dotted(call.func).split(".")[-1])
            given = {word.arg: word.value for word in call.keywords if word.arg}
            if kind and "code" in given:
                yield from _made(_Scope(module=module, function=function), given, kind, call.lineno, modules)


def _made(
    scope: _Scope, given: dict[str, ast.expr], kind: str, line: int, modules: Sequence[Module]
) -> Iterator[Use]:
    for callers_scope, callers_line in _scopes(scope, given, line, modules):
        facts = _facts(given.get("facts"), callers_scope)
        known = None if facts is None else frozenset(facts | MADE_BY[kind])
        for code in sorted(_texts(given["code"], callers_scope)):
            yield Use(code=code, facts=known, place=f"{callers_scope.module.path}:{callers_line}")


def _scopes(
    scope: _Scope, given: dict[str, ast.expr], line: int, modules: Sequence[Module]
) -> Iterator[tuple[_Scope, int]]:
    """Yield the scope itself, or each call of its function where the code comes from an argument of it."""
    parameters = _parameters(scope.function)
    wanted = {node.id for node in ast.walk(given["code"]) if isinstance(node, ast.Name)} & set(parameters)
    if scope.function is None or not wanted or wanted & set(_assigned(scope.function)):
        yield scope, line
        return
    known_by = {scope.function.name, _class_of(scope.function, scope.module)}
    for module in modules:
        if module is not scope.module and known_by.isdisjoint(imported_names(module.tree)):
            continue
        for call, caller in _calls(module):
            if dotted(call.func).split(".")[-1] == scope.function.name:
                bound = dict(zip([name for name in parameters if name != "self"], call.args, strict=False))
                bound |= {word.arg: word.value for word in call.keywords if word.arg}
                spread = [word.value for word in call.keywords if word.arg is None]
                called = _Scope(
                    module=module, function=scope.function, bound=bound, spread=spread, caller=caller
                )
                yield called, call.lineno


def _texts(node: ast.expr, scope: _Scope) -> set[str]:
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _texts(node.body, scope) | _texts(node.orelse, scope)
        case ast.JoinedStr():
            return _joined(node, scope)
        case ast.Name() if node.id in scope.bound:
            return _texts(scope.bound[node.id], scope.of_the_caller)
        case ast.Name() if scope.function and node.id in _assigned(scope.function):
            return set().union(*(_texts(value, scope) for value in _assigned(scope.function)[node.id]))
        case _:
            return {UNKNOWN}


def _joined(node: ast.JoinedStr, scope: _Scope) -> set[str]:
    texts = {""}
    for part in node.values:
        pieces = _texts(part.value, scope) if isinstance(part, ast.FormattedValue) else _texts(part, scope)
        texts = {head + (tail if tail != UNKNOWN else "*") for head in texts for tail in pieces}
    return texts


def _facts(node: ast.expr | None, scope: _Scope) -> set[str] | None:
    match node:
        case None:
            return set()
        case ast.Dict():
            return _dict_keys(node, scope)
        case ast.Name() if (
            scope.function and scope.function.args.kwarg and node.id == scope.function.args.kwarg.arg
        ):
            spread = [_facts(one, scope.of_the_caller) for one in scope.spread]
            known = [one for one in spread if one is not None]
            own = set(scope.bound) - set(_parameters(scope.function))
            return own.union(*known) if len(known) == len(spread) else None
        case ast.Name() if node.id in scope.bound:
            return _facts(scope.bound[node.id], scope.of_the_caller)
        case ast.Name() if scope.function and len(_assigned(scope.function).get(node.id, ())) == 1:
            return _facts(_assigned(scope.function)[node.id][0], scope)
        case _:
            return None


def _dict_keys(node: ast.Dict, scope: _Scope) -> set[str] | None:
    keys: set[str] = set()
    for key, value in zip(node.keys, node.values, strict=True):
        within = {key.value} if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
        found = within if key is not None else _facts(value, scope)
        if found is None:
            return None
        keys |= found
    return keys


def _calls(module: Module) -> list[tuple[ast.Call, ast.FunctionDef | None]]:
    """Return every call with the innermost function it stands in."""
    inside: dict[int, ast.FunctionDef] = {}
    for function in functions(module.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                inside[id(node)] = function
    return [(node, inside.get(id(node))) for node in ast.walk(module.tree) if isinstance(node, ast.Call)]


def _class_of(function: ast.FunctionDef, module: Module) -> str:
    """Return the class whose method the function is, or nothing: who calls it elsewhere knows the class."""
    classes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    return next((one.name for one in classes if function in one.body), "")


def _parameters(function: ast.FunctionDef | None) -> list[str]:
    if function is None:
        return []
    return [one.arg for one in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]]


def _assigned(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                _note(values, target, node.value)
    return values


def _note(values: dict[str, list[ast.expr]], target: ast.expr, value: ast.expr) -> None:
    if isinstance(target, ast.Name):
        values.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=False):
            _note(values, one, its)
