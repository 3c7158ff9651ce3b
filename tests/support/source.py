"""What stands in the code of the application, read as syntax: for rules that no linter knows."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Module:
    """One file of the application with its syntax; `path` is relative to the root, as `app/core/work.py`."""

    path: str
    tree: ast.Module


@cache
def application() -> tuple[Module, ...]:
    """Return every module that runs in earnest: the application, the core migrations, and the entry."""
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "migrations").rglob("*.py"), ROOT / "wsgi.py"]
    return tuple(read(path.read_text(), str(path.relative_to(ROOT))) for path in sorted(files))


def read(text: str, path: str = "app/made_up.py") -> Module:
    """Return `text` as a module of the application."""
    return Module(path=path, tree=ast.parse(text))


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name of a module means in full: `dt` → `datetime`, `now` → `x.y.now`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names, or nothing for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def full_names_used(module: Module) -> Iterator[tuple[str, int]]:
    """Yield each imported thing the module uses by its full name, with the line: `datetime.datetime.now`."""
    names = imported_names(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            first, _dot, rest = dotted(node).partition(".")
            if first in names:
                yield (f"{names[first]}.{rest}" if rest else names[first]), node.lineno


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return every function of a module, methods and inner ones among them."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
