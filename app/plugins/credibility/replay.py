"""Judge the scheme on a history of your own: `python -m app.plugins.credibility.replay` speaks JSON lines.

One object a line on standard input. `{"op": "reset", "config": {…}}` begins anew with these settings;
`{"op": "update", "event": {…}}` takes one event, in order of time; `{"op": "assess", "target": "ana", "t": 120.5}` is answered by
one line on standard output: a number from 0 to 1, or null where there is not history enough. Days count from any fixed
instant. An `outcome` with `"confirmed": true` is one that the customer confirmed: a good one by a new voice has a full
weight. A line that cannot be understood ends the program with exit code 2 and one line on standard error that says why.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from app.plugins.credibility.domain.replaying import Replay
from app.plugins.credibility.domain.scheme import STANDARD, BadConstants, constants_of


class BadLine(ValueError):
    """A line that cannot be taken, and why."""


def answers(lines: Iterable[str]) -> Iterator[str]:
    """Return the answers to the lines, one for each `assess`; raises BadLine with the number of the line."""
    replay = Replay(STANDARD)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            replay, answer = _step(replay, json.loads(line))
        except KeyError as missing:
            raise BadLine(f"Line {number}: {missing} is missing or not known.") from missing
        except (BadConstants, BadLine, TypeError, ValueError, AttributeError) as fault:
            raise BadLine(f"Line {number}: {fault}.") from fault
        if answer is not None:
            yield answer


def _step(replay: Replay, asked: dict[str, Any]) -> tuple[Replay, str | None]:
    if asked["op"] == "reset":
        return Replay(constants_of(asked.get("config") or {})), None
    if asked["op"] == "update":
        replay.update(asked["event"])
        return replay, None
    if asked["op"] == "assess":
        return replay, json.dumps(replay.assess(str(asked["target"]), float(asked["t"])))
    raise BadLine(f"there is no op {asked['op']!r}; there are reset, update and assess")


def main() -> int:
    """Answer standard input on standard output, at once."""
    try:
        for answer in answers(sys.stdin):
            _say(answer)
    except BadLine as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return 0


def _say(answer: Any) -> None:
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
