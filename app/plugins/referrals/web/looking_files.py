"""The pages of looking as files: CSV, XLSX and PDF, with the same numbers and the same silence."""

from collections.abc import Callable
from datetime import timedelta

from flask_babel import gettext as _

from app.core.exports.table import Column, Kind, Row, Table, amount
from app.core.local_time import Period
from app.http.downloads import FileKind, download
from app.http.page import Answer, GroupPage, View
from app.http.periods import asked_period
from app.http.rendering import short_date
from app.plugins.referrals.domain.looking import (
    FEWEST_RESULTS,
    FEWEST_WHO_TOLD,
    Funnel,
    GroupAnswer,
    Wait,
)
from app.plugins.referrals.web import looking
from app.plugins.referrals.web.looking_matrix import matrix_of
from app.plugins.referrals.web.looking_own import own_of
from app.plugins.referrals.web.wording import state_words

Build = Callable[[GroupPage, Period], Table]


def matrix_file(kind: FileKind) -> View:
    """Return the view that sends who passed to whom."""
    return _sender(kind, "who-to-whom", _matrix_table, looking.matrix)


def funnel_file(kind: FileKind) -> View:
    """Return the view that sends how far slips came; where the page is silent, the file has no rows."""
    return _sender(kind, "passed-to-won", _funnel_table, looking.funnel)


def own_file(kind: FileKind) -> View:
    """Return the view that sends the viewer's own given and received."""
    return _sender(kind, "my-referrals", _own_table, looking.own)


def answer_file(kind: FileKind) -> View:
    """Return the view that sends the group's own answer; where the page is silent, the file has no rows."""

    def send(page: GroupPage) -> Answer:
        period = looking.answer_period(page)
        return download(
            page, _answer_table(page), kind, f"firm-work-{page.group.slug}-{period.first}-{period.last}"
        )

    return send


def _sender(kind: FileKind, name: str, build: Build, shown: View) -> View:
    def send(page: GroupPage) -> Answer:
        asked = asked_period(page)
        if asked.problems:
            return shown(page)
        days = f"{asked.period.first}-{asked.period.last}"
        return download(page, build(page, asked.period), kind, f"{name}-{page.group.slug}-{days}")

    return send


def _matrix_table(page: GroupPage, period: Period) -> Table:
    matrix = matrix_of(page, period)
    first = _("Receiver") if matrix.is_received else _("Giver")
    return Table(
        title=_("Who received slips from whom") if matrix.is_received else _("Who passed slips to whom"),
        columns=[
            Column(heading=first, width=22, repeats=True),
            Column(heading=_("Slips"), kind=Kind.NUMBER, width=8),
            Column(heading=_("Colleagues"), kind=Kind.NUMBER, width=10),
            *(Column(heading=someone.name, kind=Kind.NUMBER, width=8) for someone in matrix.people),
        ],
        rows=[
            (row.who.name, row.slips, row.colleagues, *(one or None for one in row.counts))
            for row in matrix.rows
        ],
        about=_about(page, period),
        notes=[
            _("Slips that were taken back are left out. How a single slip stands is known to its two sides.")
        ],
    )


def _funnel_table(page: GroupPage, period: Period) -> Table:
    funnel = looking.group_funnel(page, period)
    return Table(
        title=_("From passed to won"),
        columns=[
            Column(heading=_("Step"), width=26),
            Column(heading=_("Slips"), kind=Kind.NUMBER),
            Column(heading=_("Half within, days"), kind=Kind.NUMBER, width=18),
            Column(heading=_("Nine of ten within, days"), kind=Kind.NUMBER, width=22),
        ],
        rows=_steps(funnel) if funnel else [],
        about=_about(page, period),
        notes=[
            _("Counted from the passing of the slip. Slips of files and those taken back are left out."),
            *([] if funnel else [_("Too few slips to show without telling how a single one stands.")]),
        ],
    )


def _steps(funnel: Funnel) -> list[Row]:
    rows: list[Row] = [
        (_("Passed"), funnel.passed, None, None),
        (_("Answered"), funnel.answered, *_days(funnel.to_answer)),
        (_("Result told"), funnel.told, *_days(funnel.to_result)),
        (_("Won"), funnel.won, *_days(funnel.to_win)),
    ]
    others = [(state_words(state), number, None, None) for state, number in funnel.results[1:]]
    return [
        *rows,
        *others,
        (_("Declined"), funnel.declined, None, None),
        (_("Still open"), funnel.untold, None, None),
    ]


def _own_table(page: GroupPage, period: Period) -> Table:
    own = own_of(page, period)
    thanked = [
        _("Thanked for %(amount)s", amount=f"{amount(one.minor, one.currency)} {one.currency}")
        for one in own.thanked
    ]
    return Table(
        title=_("What you gave and received"),
        columns=[
            Column(heading=_("Colleague"), width=24),
            Column(heading=_("Given"), kind=Kind.NUMBER),
            Column(heading=_("of these won"), kind=Kind.NUMBER, width=14),
            Column(heading=_("Received"), kind=Kind.NUMBER),
            Column(heading=_("of these won"), kind=Kind.NUMBER, width=14),
        ],
        rows=[(row.name, row.given, row.given_won, row.received, row.received_won) for row in own.rows],
        foot=[(_("Together"), own.given.slips, own.given.won, own.received.slips, own.received.won)],
        about=[page.viewer.name, *_about(page, period)],
        notes=thanked,
    )


def _answer_table(page: GroupPage) -> Table:
    answer = looking.group_answer(page)
    return Table(
        title=_("Did anyone ever get firm work from it?"),
        columns=[
            Column(heading=_("What came of them"), width=34),
            Column(heading=_("Slips"), kind=Kind.NUMBER),
            Column(heading=_("Members who received them"), kind=Kind.NUMBER, width=26),
            Column(heading=_("Half within, days"), kind=Kind.NUMBER, width=18),
            Column(heading=_("Nine of ten within, days"), kind=Kind.NUMBER, width=22),
        ],
        rows=_answered(answer) if answer else [],
        about=_about(page, looking.answer_period(page)),
        notes=_answer_notes(is_silent=answer is None),
    )


def _answered(answer: GroupAnswer) -> list[Row]:
    return [
        (_("Passed"), answer.passed, None, None, None),
        (_("Result told"), answer.told, answer.receivers, None, None),
        (_("Became business"), answer.won, answer.winners, *_days(answer.to_win)),
    ]


def _answer_notes(*, is_silent: bool) -> list[str]:
    of_what = _(
        "As it stood when the last month was over: it changes once a month. Slips that files brought have no result, "
        "and those that were taken back do not count."
    )
    if not is_silent:
        return [of_what]
    missing = _(
        "The group answers from %(slips)s results told by %(members)s members on.",
        slips=FEWEST_RESULTS,
        members=FEWEST_WHO_TOLD,
    )
    return [of_what, missing]


def _days(wait: Wait | None) -> tuple[int | None, int | None]:
    return (None, None) if wait is None else (_whole_days(wait.half), _whole_days(wait.most))


def _whole_days(took: timedelta) -> int:
    return -(-took // timedelta(days=1))


def _about(page: GroupPage, period: Period) -> list[str]:
    return [
        page.group.name,
        _("%(first)s to %(last)s", first=short_date(period.first), last=short_date(period.last)),
    ]
