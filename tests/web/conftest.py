"""On which engine are pages tried? On SQLite: what they ask of a database is tried on both in tests/integration.

Every page is opened on PostgreSQL too, by tests/structure/test_access_matrix.py.
"""

from pathlib import Path

import pytest

from config import Config
from tests.support.engines import copy_on_sqlite


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Config:
    """Return settings for a fresh migrated database on SQLite."""
    return copy_on_sqlite(sqlite_template, tmp_path)
