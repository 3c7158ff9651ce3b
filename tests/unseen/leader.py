"""What does a leader do with a file, and what does the house then say? The command line and the pages, nothing else."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from click.testing import Result

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug
from tests.support.world import LONG_AGO, World
from tests.unseen.brought import Brought, GroupPlan, Totals


class Leader:
    """Somebody who founded the group of a plan, took its members in, and now brings files to it."""

    def __init__(self, world: World, plan: GroupPlan, folder: Path) -> None:
        self._world = world
        self._folder = folder
        self._plan = plan
        self.group = self._founded()
        president = world.member(
            self.group, "Lea Leader", offices=(Office.PRESIDENT, Office.SECRETARY_TREASURER)
        )
        for name in plan.members:
            world.member(self.group, name, joined=date.fromisoformat(plan.joined.get(name, str(LONG_AGO))))
        self._browser = world.client(president)

    def brings(self, file: Brought, *answers: str) -> Result:
        """Bring the file with `flask import`, answering what the options say."""
        path = self._folder / file.name
        path.write_bytes(file.content)
        return self.runs("import", str(path), "--group", self._plan.slug, *answers)

    def runs(self, *arguments: str) -> Result:
        """Run a command of the house."""
        return self._world.app.test_cli_runner().invoke(args=list(arguments))

    def undoes(self, *said: str) -> Result:
        """Take the newest file of the group back."""
        return self.runs("import", "undo", self.newest(), *said)

    def newest(self) -> str:
        """Return what the newest file of the group is called in `import list`."""
        listed = self.runs("import", "list", "--group", self._plan.slug)
        assert listed.exit_code == 0, listed.output
        return listed.stdout.split()[0]

    def uploads(self, file: Brought) -> str:
        """Bring the file in the browser and return the page that comes, with its fields."""
        answer = self._browser.post(
            f"/g/{self._plan.slug}/import",
            data={"file": (BytesIO(file.content), file.name)},
            content_type="multipart/form-data",
            follow_redirects=True,
        )
        assert answer.status_code == 200, answer.text
        text: str = answer.text
        return text

    def palms(self, first: object, last: object) -> Totals:
        """Return every line of PALMS of the period, from its CSV page."""
        lines = csv.DictReader(self._csv(first, last))
        return {line.pop("Name"): {code: Decimal(text) for code, text in line.items()} for line in lines}

    def sees(self, first: object, last: object) -> tuple[Totals, str, str, str]:
        """Return all that the pages say of the group: PALMS of the period, its members, visitors and meetings."""
        return self.palms(first, last), self.page("members"), self.page("welcome/"), self.page("meetings")

    def page(self, path: str) -> str:
        """Return the text of a page of the group, its marks taken out and its spaces folded."""
        answer = self._browser.get(f"/g/{self._plan.slug}/{path}")
        assert answer.status_code == 200, path
        return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())

    def lines(self, path: str) -> list[str]:
        """Return the text of each row of the tables of a page."""
        answer = self._browser.get(f"/g/{self._plan.slug}/{path}")
        return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in answer.text.split("<tr")]

    def rows(self, tables: Iterable[str]) -> dict[str, int]:
        """Return how many rows each of these tables has."""
        return {table: self._world.rows(table) for table in tables}

    def _csv(self, first: object, last: object) -> Sequence[str]:
        answer = self._browser.get(f"/g/{self._plan.slug}/attendance/palms.csv?from={first}&to={last}")
        assert answer.status_code == 200, answer.text
        written: bytes = answer.data
        return written.decode("utf-8-sig").splitlines()

    def _founded(self) -> Group:
        plan = self._plan
        words = ["--name", plan.slug.title(), "--zone", plan.zone, "--currency", plan.currency]
        made = self.runs("group", "create", plan.slug, *words, "--weekday", plan.weekday, "--at", "07:00")
        assert made.exit_code == 0, made.output
        work = self._world.work()
        found = group_by_slug(work.session, plan.slug)
        work.rollback()
        assert found is not None
        return found


def says(totals: Totals, expected: Totals) -> Totals:
    """Return of the totals what is expected of them: the same names, the same columns."""
    return {
        name: {code: totals.get(name, {}).get(code, Decimal(-1)) for code in line}
        for name, line in expected.items()
    }
