"""How much CPU time passes from nothing to the first answer? Fresh processes, their bytecode compiled before."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.programs import ROOT

_FIRST_ANSWER = "assert app.test_client().get({path!r}).status_code == 200"


@dataclass(frozen=True, kw_only=True)
class FreshProgram:
    """A program to be started anew each time: the import that names it `app`, and the first page it is asked for."""

    importing: str
    first_page: str
    environment: Mapping[str, str]

    def cpu_seconds(self) -> float:
        """Start it, ask for the first page, and return the user and system time that this took."""
        code = f"{self.importing}\n{_FIRST_ANSWER.format(path=self.first_page)}"
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=dict(self.environment))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"{self.importing!r} ended with code {process.returncode}: see above.")
        return used.ru_utime + used.ru_stime


def bare_flask(environment: Mapping[str, str]) -> FreshProgram:
    """Return the reference: Flask with one route."""
    importing = "from tests.bench.references.bare import app"
    return FreshProgram(importing=importing, first_page="/", environment=environment)


def product(environment: Mapping[str, str]) -> FreshProgram:
    """Return the product, asked for the page that a person who is not signed in sees first."""
    importing = "from wsgi import application as app"
    return FreshProgram(importing=importing, first_page="/account/sign-in", environment=environment)
