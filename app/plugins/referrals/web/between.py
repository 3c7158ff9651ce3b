"""Between you and a colleague: meetings, talks, slips and thanks both ways, and one's own note. The viewer's dealings alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.core.errors import NotFound, Refused
from app.core.groups.queries import MemberLine, member_by_public_id
from app.core.local_time import Period
from app.http.forms import VersionedForm, plain
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.periods import EARLIEST, LATEST
from app.plugins.activities.interface import TalksTogether
from app.plugins.attendance.interface import MeetingsTogether
from app.plugins.referrals.domain.slip import RESULTS, SlipState
from app.plugins.referrals.queries.boxes import dealings_between
from app.plugins.referrals.queries.looking import OwnCount, own_counts
from app.plugins.referrals.queries.notes import own_note
from app.plugins.referrals.queries.parties import is_member
from app.plugins.referrals.queries.thanks import thanks_between
from app.plugins.referrals.services.noting import KeepNote, keep_note
from app.plugins.referrals.web.lines import slip_lines, thank_you_lines

_EVER = Period(first=EARLIEST, last=LATEST)
_MOST = 50


class NoteForm(VersionedForm):
    """One's own note of a colleague."""

    note = TextAreaField(_l("Your own notes"), filters=[plain])


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """The slips that went one way between the two, and what came of them."""

    slips: int
    told: int
    won: int


def between(page: GroupPage, member: str) -> Answer:
    """Show what lies between the viewer and a present or former member; nobody else is shown any of it."""
    other = _other(page, member)
    note = own_note(page.work.session, page.group.id, page.viewer.member_id, other.id)
    return _shown(page, other, NoteForm(note=note.text, version=str(note.version)))


def note(page: GroupPage, member: str) -> Answer:
    """Keep what the viewer noted of a colleague; where another window was faster, both texts are shown."""
    other = _other(page, member)
    form = NoteForm()
    if not form.validate_on_submit():
        return _shown(page, other, form), 422
    try:
        seen = answered_before(page, form, location=page.url("referrals.between", member=member))
        if seen:
            return redirect(seen, 303)
        keep_note(page.work, _command(page, other, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown_again(page, other, form), 422
    flash(_("Noted, for you alone."), "success")
    return page.go("referrals.between", member=member)


def _other(page: GroupPage, public_id: str) -> MemberLine:
    other = member_by_public_id(page.work.session, page.group.id, public_id)
    if other is None or other.id == page.viewer.member_id:
        raise NotFound
    return other


def _command(page: GroupPage, other: MemberLine, form: NoteForm) -> KeepNote:
    return KeepNote(
        group_id=page.group.id,
        member=page.viewer.member_id,
        about=other.id,
        text=form.note.data,
        seen_version=form.seen_version,
    )


def _shown_again(page: GroupPage, other: MemberLine, form: NoteForm) -> str:
    """Show the form as it was typed, over what stands now, beside what stands now."""
    stands = own_note(page.work.session, page.group.id, page.viewer.member_id, other.id)
    changed = stands.version != form.seen_version
    form.version.data = str(stands.version)
    return _shown(page, other, form, stands.text if changed else "")


def _shown(page: GroupPage, other: MemberLine, form: NoteForm, stands: str = "") -> str:
    session, group, viewer = page.work.session, page.group, page.viewer.member_id
    meetings = page.reader(MeetingsTogether)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    talks = page.reader(TalksTogether)  # type: ignore[type-abstract]  # likewise
    counts = [
        one
        for one in own_counts(session, group.id, viewer, _EVER, group.zone, now=page.work.now)
        if one.other == other.id
    ]
    return page.render(
        "referrals/between.html",
        other=other,
        may_pass=is_member(session, group.id, other.id, page.today),
        room=meetings.of_two(group.id, viewer, other.id) if meetings else None,
        talks=talks.of_two(group.id, viewer, other.id) if talks else None,
        given=_one_way(one for one in counts if one.is_given),
        received=_one_way(one for one in counts if not one.is_given),
        slips=slip_lines(
            page, dealings_between(session, group.id, viewer, other.id, _MOST, now=page.work.now).lines
        ),
        thanks=thank_you_lines(page, thanks_between(session, group.id, viewer, other.id, _MOST)),
        form=form,
        stands=stands,
    )


def _one_way(counts: Iterable[OwnCount]) -> OneWay:
    own = list(counts)
    return OneWay(
        slips=sum(one.slips for one in own),
        told=sum(one.slips for one in own if one.state in RESULTS),
        won=sum(one.slips for one in own if one.state is SlipState.WON),
    )
