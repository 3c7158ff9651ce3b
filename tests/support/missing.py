"""What happens to a test that needs a program which this machine lacks: skipped with the reason, failed in CI."""

import os
from typing import NoReturn

import pytest


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test for `reason`; where CI is set, fail it: there everything must be proved."""
    if os.environ.get("CI", "").lower() in {"", "0", "false", "no"}:
        pytest.skip(reason)
    pytest.fail(f"CI is set, so this may not be missing: {reason}", pytrace=False)
