"""How one-to-ones and learning units read as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.queries import MemberLine, members_on
from app.http.page import GroupPage
from app.http.rendering import short_date
from app.plugins.activities.queries.learning import Learning
from app.plugins.activities.queries.talks import TalkLine

_SHOWN_OF_NOTE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: what it was, where it leads, what is said of it, and what it counts."""

    day: date
    title: str
    url: str
    detail: str
    counts: str


def lines_of(page: GroupPage, talks: Sequence[TalkLine], learning: Sequence[Learning]) -> list[Line]:
    """Return both kinds as one list, the newest first."""
    lines = [*talk_lines(page, talks), *(_learning_line(page, one) for one in learning)]
    return sorted(lines, key=lambda line: line.day, reverse=True)


def talk_lines(page: GroupPage, talks: Sequence[TalkLine]) -> list[Line]:
    """Return one-to-ones as lines, each with its day, place and the first words of the note."""
    return [
        Line(
            day=talk.held_on,
            title=_("One-to-one with %(name)s", name=talk.other_name or _("somebody of another group")),
            url=page.url("activities.talk", talk=talk.public_id),
            detail=_joined(short_date(talk.held_on), talk.place, _brief(talk.note)),
            counts="",
        )
        for talk in talks
    ]


def member_choices(page: GroupPage, first: str, *, without_viewer: bool) -> list[tuple[str, str]]:
    """Return today's members as choices with name and trade, after an empty one that says `first`."""
    lines = members_on(page.work.session, page.group.id, page.today)
    left_out = page.viewer.member_id if without_viewer else None
    return [("", first), *((line.public_id, _label(line)) for line in lines if line.id != left_out)]


def _learning_line(page: GroupPage, one: Learning) -> Line:
    return Line(
        day=one.learned_on,
        title=one.what or _("Learning units"),
        url=page.url("activities.learning", learning=one.public_id),
        detail=_joined(short_date(one.learned_on), _("Learning")),
        counts=ngettext("%(num)d unit", "%(num)d units", one.units),
    )


def _label(line: MemberLine) -> str:
    return f"{line.name} · {line.trade}" if line.trade else line.name


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_OF_NOTE else f"{line[: _SHOWN_OF_NOTE - 1].rstrip()}…"
