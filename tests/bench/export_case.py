"""`python -m tests.bench.export_case CASE ROWS DATABASE FILE`: write one file in a process of its own, and say what it took.

The product's half loads `app.core.exports` without starting the application, so that its memory is that of the export.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from tests.bench.programs import ROOT
from tests.bench.references import exports as reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.exports.table import Row, Table


def main(arguments: Sequence[str]) -> None:
    """Run the case and print its CPU seconds and its highest memory as one line of JSON."""
    case, count, database, file = arguments
    before = time.process_time()
    CASES[case](int(count), Path(database), Path(file))
    print(json.dumps({"cpu_seconds": time.process_time() - before, "peak_mb": _peak_mb()}))


def _product_csv(_count: int, database: Path, file: Path) -> None:
    _open_package()
    from app.core.exports.csv_file import csv_chunks  # noqa: PLC0415  # after the package is opened

    with file.open("wb") as out:
        for chunk in csv_chunks(_table(reference.selected(database))):
            out.write(chunk)


def _product_xlsx(count: int, _database: Path, file: Path) -> None:
    _open_package()
    from app.core.exports.xlsx_file import write_xlsx  # noqa: PLC0415  # after the package is opened

    with file.open("wb") as out:
        write_xlsx(_table(reference.rows(count)), out)


def _table(rows: "Iterable[Row]") -> "Table":
    from app.core.exports.table import Column, Kind, Table  # noqa: PLC0415  # after the package is opened

    numbers = {"group_id", "member_id", "at"}
    columns = [
        Column(heading=name, kind=Kind.NUMBER if name in numbers else Kind.TEXT) for name in reference.HEAD
    ]
    return Table(title="Attendance", columns=columns, rows=rows)


def _open_package() -> None:
    """Make `app.…` importable without running the application's own start."""
    package = ModuleType("app")
    package.__path__ = [str(ROOT / "app")]
    sys.modules["app"] = package


def _peak_mb() -> float:
    # Not getrusage: its figure begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


CASES: Mapping[str, Callable[[int, Path, Path], None]] = {
    "product-csv": _product_csv,
    "reference-csv": lambda _count, database, file: reference.write_csv(database, file),
    "product-xlsx": _product_xlsx,
    "reference-xlsx": lambda count, _database, file: reference.write_xlsx(count, file),
}

if __name__ == "__main__":
    main(sys.argv[1:])
