"""Has everything that can be said about a file a sentence, and every sentence somebody who says it?"""

import re
from pathlib import Path

import app.core.intake
import app.core.sheets
from app.core.intake.sentences import SENTENCES

_FOLDERS = (Path(app.core.sheets.__file__).parent, Path(app.core.intake.__file__).parent)
# The sentences themselves, and the names of events, which nobody reads.
_SAYS_NOTHING = {"sentences.py", "events.py"}
_CODE = re.compile(r'"((?:sheets|intake)\.[a-z_]+)"')


def _codes_said() -> set[str]:
    sources = [path for folder in _FOLDERS for path in folder.glob("*.py") if path.name not in _SAYS_NOTHING]
    return {code for path in sources for code in _CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert _codes_said() == set(SENTENCES)


def test_each_sentence_ends_as_one_and_names_its_facts_only() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.endswith((".", "?")), code
        assert not re.search(r"%(?!\([a-z_]+\)s)", sentence), code
