"""Name badges: who gets which, said plainly before they are printed; a sheet, one alone, blank ones."""

from collections.abc import Sequence

from flask import Response, request

from app.core.errors import NotFound
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_public_id
from app.http.page import Answer, GroupPage
from app.plugins.profiles.domain.badge import Badge
from app.plugins.profiles.queries.faces import faces_on
from app.plugins.profiles.web.badge_sheet import badge_of, badge_pdf, of_member, of_visitor, sheet_pdf
from app.plugins.profiles.web.expected import expected_at
from app.plugins.welcome.interface import ExpectedVisitor


def badges(page: GroupPage, meeting: str) -> Answer:
    """Show whose badges are printed for a meeting, and which names can't be printed as they are written."""
    found = _meeting(page, meeting)
    expected = expected_at(page, found)
    members = [(one, badge_of(of_member(one))) for one in expected.members]
    visitors = [(one, badge_of(of_visitor(one))) for one in expected.visitors]
    made = [badge for _one, badge in (*members, *visitors)]
    return page.render(
        "profiles/badges.html",
        meeting=found,
        members=members,
        visitors=visitors,
        by_hand=sum(badge.is_by_hand for badge in made),
        stand_ins=sum(badge.stands_in for badge in made),
    )


def badges_pdf(page: GroupPage, meeting: str) -> Answer:
    """Send the sheets for a meeting: members and visitors who are expected; with `?visitor=` the badge of one alone."""
    found = _meeting(page, meeting)
    expected = expected_at(page, found)
    if visitor := request.args.get("visitor"):
        return _of_one_visitor(page, expected.visitors, visitor)
    wearers = [*map(of_member, expected.members), *map(of_visitor, expected.visitors)]
    return _sheets(page, [badge_of(one) for one in wearers], f"badges-{page.group.slug}-{found.local_date}")


def blank_badges_pdf(page: GroupPage) -> Answer:
    """Send a sheet of blank badges, for whoever comes unexpected."""
    return _sheets(page, (), f"badges-{page.group.slug}-blank")


def member_badge_pdf(page: GroupPage, member: str) -> Answer:
    """Send the badge of one member of today alone."""
    return _alone(page, member)


def own_badge_pdf(page: GroupPage) -> Answer:
    """Send the viewer's own badge."""
    return _alone(page, page.viewer.member_public_id)


def _of_one_visitor(page: GroupPage, visitors: Sequence[ExpectedVisitor], public_id: str) -> Response:
    one = next((one for one in visitors if one.public_id == public_id), None)
    if one is None:
        raise NotFound
    return _file(badge_pdf(page, badge_of(of_visitor(one))), f"badge-{page.group.slug}-{public_id}")


def _alone(page: GroupPage, member: str) -> Response:
    faces = faces_on(page.work.session, page.group.id, page.today)
    face = next((one for one in faces if one.public_id == member), None)
    if face is None:
        raise NotFound
    return _file(badge_pdf(page, badge_of(of_member(face))), f"badge-{page.group.slug}-{member}")


def _sheets(page: GroupPage, made: Sequence[Badge], name: str) -> Response:
    return _file(sheet_pdf(page, made), name)


def _meeting(page: GroupPage, public_id: str) -> Meeting:
    found = meeting_by_public_id(page.work.session, page.group.id, public_id)
    if found is None:
        raise NotFound
    return found


def _file(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)
