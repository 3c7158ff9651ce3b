"""Does a file still answer one question, does a function still fit on a screen? The house's limits, measured."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from steps.project import ROOT

LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 40
PLACES: Final = ("app", "migrations", "script", "tests")
"""Folders that are measured, beside the Python files of the top level."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How many files were measured, and which limits are passed."""

    files: int
    faults: tuple[str, ...]


def measure(root: Path = ROOT) -> Measure:
    """Return the measure of every Python file of the project."""
    files = sorted(_python_files(root))
    faults = [
        fault for path in files for fault in faults_of(path.relative_to(root).as_posix(), path.read_text())
    ]
    return Measure(files=len(files), faults=tuple(faults))


def faults_of(name: str, source: str) -> Iterator[str]:
    """Yield a line for the file and for each function in it that is longer than the house allows.

    A function is counted from its `def` to its end, without its docstring: saying more about it is never a fault.
    """
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        yield f"{name}: {lines} lines; {LONGEST_FILE} at most. Which two questions does it answer?"
    # A migration writes down a table whole, column by column; cut in two it would be harder to compare with the model.
    if "migrations" in name.split("/"):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION:
            yield f"{name}:{node.lineno}: {node.name} has {_length(node)} lines; {LONGEST_FUNCTION} at most."


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node, clean=False) is None:
        return whole
    docstring = node.body[0]
    return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def _python_files(root: Path) -> Iterator[Path]:
    yield from root.glob("*.py")
    for place in PLACES:
        yield from (root / place).rglob("*.py")
