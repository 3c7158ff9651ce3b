"""The page on which a pile of paper slips is typed in: every slip a line, all that is wrong said at once, sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect
from flask_babel import ngettext

from app.core.errors import Refusal, Refused
from app.core.groups.queries import MemberLine, members_on
from app.core.meetings.queries import last_meetings
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.on_paper import TYPED_IN_WITHIN
from app.plugins.referrals.services.called import name_in_full
from app.plugins.referrals.services.typing_in import (
    PILE,
    Judged,
    PaperSlip,
    TypeIn,
    judge_pile,
    type_in,
)
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.looking import group_tabs
from app.plugins.referrals.web.paper_forms import PaperLineForm, PileForm

LINES = 10
"""How many slips one pile has at most: as many as fit on two and a half sheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The forms of a page: the pile's own, and one for each slip with its place, from 1."""

    form: PileForm
    lines: Sequence[tuple[int, PaperLineForm]]

    @property
    def filled(self) -> list[tuple[int, PaperLineForm]]:
        """The lines on which something stands."""
        return [(number, line) for number, line in self.lines if line.is_filled]


def type_in_pile(page: GroupPage) -> Answer:
    """Show empty lines; take those that are filled in, pass their slips, and show empty lines again."""
    pile = _pile()
    if not pile.form.is_submitted():
        pile.form.paper_day.data = _usual_day(page).isoformat()
        return _shown(page, pile)
    if not pile.form.validate():
        return _shown(page, pile), 422
    command = _command(page, pile)
    try:
        seen = answered_before(page, pile.form, location=page.url("referrals.type_in_pile"))
        if seen:
            return redirect(seen, 303)
        judged = judge_pile(page.work.session, command)
        alike = _new_alike(pile.form, judged)
        if not _are_well_formed(pile) or judged.problems or alike:
            page.work.rollback()
            return _shown(page, pile, judged.problems, alike), 422
        type_in(page.work, command)
    except Refused as refused:
        page.work.rollback()
        pile.form.take(refused)
        return _shown(page, pile), 422
    flash(_said(len(command.slips)), "success")
    return page.go("referrals.type_in_pile")


def _pile() -> Pile:
    lines = [(number, PaperLineForm(prefix=f"s{number}", meta={"csrf": False})) for number in _places()]
    return Pile(form=PileForm(), lines=lines)


def _places() -> range:
    return range(PILE + 1, PILE + 1 + LINES)


def _usual_day(page: GroupPage) -> date:
    """Return the day of the last meeting that has begun, if slips of that day can still be typed in; else today."""
    begun = last_meetings(page.work.session, page.group.id, page.work.now, 1)
    day = begun[-1].local_date if begun else page.today
    return day if page.today - TYPED_IN_WITHIN <= day <= page.today else page.today


def _are_well_formed(pile: Pile) -> bool:
    """Return whether every filled line can be read at all; each of them is looked at."""
    unreadable = [number for number, line in pile.filled if not line.validate()]
    return not unreadable


def _command(page: GroupPage, pile: Pile) -> TypeIn:
    return TypeIn(
        group=page.group,
        today=page.today,
        typist=page.viewer.member_id,
        typist_name=page.viewer.name,
        day=pile.form.day,
        slips=[_slip(page, number, line) for number, line in pile.filled],
    )


def _slip(page: GroupPage, number: int, line: PaperLineForm) -> PaperSlip:
    public_id = page.work.ids.public_id()
    return PaperSlip(
        number=number,
        giver=line.giver.data or "",
        receiver=line.receiver.data or "",
        offer=line.offer(),
        public_id=public_id,
        addresses=addresses.of_slip(page, public_id),
    )


def _new_alike(form: PileForm, judged: Judged) -> list[tuple[int, int]]:
    """Return the slips that look alike and were not shown yet, and note on the form that now they are."""
    shown = set((form.alike.data or "").split())
    found = {f"{one}-{other}": (one, other) for one, other in judged.alike}
    form.alike.data = " ".join(sorted(shown | found.keys()))
    return [pair for name, pair in found.items() if name not in shown]


def _shown(
    page: GroupPage,
    pile: Pile,
    problems: Mapping[int, Sequence[Refusal]] | None = None,
    alike: Sequence[tuple[int, int]] = (),
) -> str:
    by_place = problems or {}
    for number, form in [(PILE, pile.form), *pile.lines]:
        if by_place.get(number):
            form.take(Refused(by_place[number]))
    members = members_on(page.work.session, page.group.id, page.today)
    return page.render(
        "referrals/paper_entry.html",
        form=pile.form,
        lines=pile.lines,
        wrong=[(number, line, _reasons(line)) for number, line in pile.lines if _reasons(line)],
        alike=alike,
        names=_names(members),
        tabs=group_tabs(page, "referrals.type_in_pile"),
    )


def _reasons(line: PaperLineForm) -> list[str]:
    return [*line.problems, *(str(reason) for field in line for reason in field.errors)]


def _names(members: Sequence[MemberLine]) -> list[tuple[str, str]]:
    """Return each member as the field takes them, with what helps to choose; two of one name are written in full."""
    names = [one.name for one in members]
    return [(one.name if names.count(one.name) == 1 else name_in_full(one), one.trade) for one in members]


def _said(number: int) -> str:
    said: str = ngettext(
        "%(num)d slip is passed. Its receiver has been told, and its giver is asked whether it is right.",
        "%(num)d slips are passed. Their receivers have been told, and their givers are asked whether they are right.",
        number,
    )
    return said
