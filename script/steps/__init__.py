"""The steps that the commands in `script/` share: standard library only, so that a bare machine can run them.

Importing this package moves on to a newer Python where this one is too old, or says what to install; this file
alone must therefore be readable by old Pythons.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
IS_TOO_OLD = "import sys; sys.exit(sys.version_info < (3, 11))"


def insist_on_python() -> None:
    """Return where this Python is new enough; else run the same command by a newer one, or say what to install."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        # A name on the PATH may be a version manager's placeholder that does not start.
        if found and subprocess.call([found, "-c", IS_TOO_OLD], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])  # noqa: S606  # no shell is wanted
    sys.exit(
        "Givefirst needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Install one first."
    )


insist_on_python()
