"""How is a plugin built into a wheel, installed beside the house, and a program run with it on the path?"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SAMPLE_PLUGIN: Final = ROOT / "tests" / "sample_plugin"


def build_wheel(project: Path, folder: Path) -> Path:
    """Return the wheel of `project`, built offline in a copy so that the checkout stays clean."""
    copy = folder / "project"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    built = folder / "dist"
    _run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(copy))
    (wheel,) = built.glob("*.whl")
    return wheel


def install(wheel: Path, site: Path) -> None:
    """Install the wheel, offline and alone, into `site`, a folder that becomes part of a program's path."""
    _run("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(site), str(wheel))


def run_python(
    *args: str, settings: Mapping[str, str], site: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the interpreter in the checkout with only `settings` of the house, and `site` on its path; never raises."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIVEFIRST_")}
    environment = {**kept, **settings, "PYTHONPATH": os.pathsep.join(map(str, filter(None, [site])))}
    return subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )


def _run(*args: str) -> None:
    finished = run_python(*args, settings={"PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    if finished.returncode:
        raise RuntimeError(f"{' '.join(args)} failed:\n{finished.stdout}{finished.stderr}")
