"""The replay command as anybody may use it: JSON lines in, one answer for each question, one plain line where it cannot go on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.plugins.credibility.replay import BadLine, answers
from tests.unit.credibility.histories import OPEN, report

ROOT = Path(__file__).parents[3]


def said(*lines: object) -> list[str]:
    return [json.dumps(line) for line in lines]


RESET = {"op": "reset", "config": OPEN}
ONE_GOOD = {"op": "update", "event": report("a", "v", 10)}
ASK = {"op": "assess", "target": "v", "t": 10}


def test_each_question_has_one_answer_and_nothing_else_has() -> None:
    assert list(answers([*said(RESET, ASK, ONE_GOOD, ASK), "", *said(RESET, ASK)])) == [
        "null",
        str(2.75 / 3.5),
        "null",
    ]


def test_program_answers_before_it_is_asked_again() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app.plugins.credibility.replay"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for asked, answer in (((RESET, ASK), "null"), ((ONE_GOOD, ASK), str(2.75 / 3.5))):
            program.stdin.write("\n".join(said(*asked)) + "\n")
            program.stdin.flush()
            assert program.stdout.readline().strip() == answer
        program.stdin.close()
        assert program.wait(timeout=10) == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no JSON", "Line 2: Expecting value"),
        ("[]", "Line 2: list indices"),
        ('{"op": "forget"}', "Line 2: there is no op 'forget'"),
        ('{"op": "assess", "t": 3}', "Line 2: 'target' is missing"),
        ('{"op": "update", "event": {"type": "outcome", "t": 1}}', "Line 2: 'result' is missing"),
        ('{"op": "reset", "config": {"kappa": 0}}', "Line 2: kappa is 0.0"),
    ],
)
def test_line_that_cannot_be_taken_is_named(line: str, told: str) -> None:
    with pytest.raises(BadLine) as refused:
        list(answers([*said(RESET), line]))
    assert str(refused.value).startswith(told)


def test_program_ends_with_one_line_where_it_cannot_go_on() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.plugins.credibility.replay"],
        cwd=ROOT,
        input='{"op": "forget"}\n',
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
