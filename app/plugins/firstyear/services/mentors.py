"""A mentor for a newcomer: somebody is asked by the office, says yes or not now, and may step back."""

from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_public_id, members_on
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.notices.taking_out import take_out_unsent
from app.core.work import UnitOfWork
from app.plugins.firstyear.domain.mentoring import AskState
from app.plugins.firstyear.interface import MentorAsked, MentorFound
from app.plugins.firstyear.queries.mentors import AskLine, ask_in_address, open_asks
from app.plugins.firstyear.queries.stays import StayLine, stay_by_key, stay_in_address
from app.plugins.firstyear.services.order import give_keeper, lose_mentor
from app.plugins.firstyear.services.telling import (
    ACCEPTED,
    ASKED,
    FOUND,
    NOT_NOW,
    News,
    ask_path,
    own_path,
    stay_path,
    tell,
)
from app.plugins.firstyear.store import (
    add_ask,
    answer_ask,
    end_ask,
    lock_stay,
    offer,
    take_back_offer,
)


def ask_mentor(work: UnitOfWork, group: Group, stay: str, *, mentor: str, by: MemberId) -> None:
    """Ask a member to be the mentor; whoever was asked before and has not answered is not asked any more. Commits."""
    found = _stay(work, group, stay)
    chosen = _member_of_today(work, group, mentor, found.member_id)
    lock_stay(work.session, group.id, found.id)
    for ask in open_asks(work.session, group.id):
        if ask.stay_id == found.id and ask.state is AskState.ASKED and ask.mentor_id != chosen:
            end_ask(work.session, group.id, ask.id, AskState.WITHDRAWN, work.now)
            forget_about(work, group.id, path=ask_path(group, ask.public_id), subject_key=ask.public_id)
    public_id = work.ids.public_id()
    row = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": public_id,
        "stay_id": found.id,
        "mentor_member_id": chosen,
        "state": AskState.ASKED.value,
        "asked_by_member_id": by,
        "asked_at_utc": work.now,
    }
    if not add_ask(work.session, row):
        raise Refused([Refusal(code="firstyear.asked_already", field="mentor")])
    work.record(MentorAsked(group_id=group.id, member_id=found.member_id))
    news = News(
        kind="firstyear.mentor_asked",
        text=ASKED,
        key=public_id,
        path=ask_path(group, public_id),
        facts={"name": found.name, "trade": found.trade or "–"},
    )
    tell(work, group, chosen, news)
    work.commit()


def answer_asked(work: UnitOfWork, group: Group, ask: str, *, viewer: MemberId, accepts: bool) -> AskLine:
    """Keep the answer of whoever is asked, and tell those it concerns. Commits."""
    found = ask_in_address(work.session, group.id, ask, viewer)
    if found is None:
        raise NotFound
    state = AskState.ACCEPTED if accepts else AskState.DECLINED
    if found.state is state:
        return found
    if not answer_ask(work.session, group.id, found.id, state, work.now):
        raise Refused([Refusal(code="firstyear.answered_already")])
    take_out_unsent(work, group_id=group.id, kind="firstyear.mentor_asked", subject_key=found.public_id)
    stay = stay_by_key(work.session, group.id, found.stay_id)
    mentor = next(
        line for line in members_on(work.session, group.id, _today(work, group)) if line.id == viewer
    )
    facts = {"mentor": mentor.name, "name": stay.name}
    if accepts:
        work.record(MentorFound(group_id=group.id, member_id=stay.member_id, mentor_member_id=viewer))
        news = News(
            kind="firstyear.mentor_found",
            text=FOUND,
            key=f"{stay.public_id}:mentor",
            path=own_path(group),
            facts=facts,
            period=found.public_id,
        )
        tell(work, group, stay.member_id, news)
    if stay.keeper_id is not None and stay.keeper_id != viewer:
        news = News(
            kind="firstyear.mentor_answered",
            text=ACCEPTED if accepts else NOT_NOW,
            key=stay.public_id,
            path=stay_path(group, stay.public_id),
            facts=facts,
        )
        tell(work, group, stay.keeper_id, news)
    work.commit()
    return found


def step_back(work: UnitOfWork, group: Group, ask: str, *, viewer: MemberId) -> AskLine:
    """Let a mentor step back: the newcomer is told kindly, the office looks for somebody else. Commits."""
    found = ask_in_address(work.session, group.id, ask, viewer)
    if found is None:
        raise NotFound
    stay = stay_by_key(work.session, group.id, found.stay_id)
    take_out_unsent(work, group_id=group.id, kind="firstyear.mentor_asked", subject_key=found.public_id)
    if end_ask(work.session, group.id, found.id, AskState.STEPPED_BACK, work.now):
        lose_mentor(work, group, stay, found)
    work.commit()
    return found


def offer_to_mentor(work: UnitOfWork, group: Group, viewer: MemberId, *, is_offered: bool) -> None:
    """Keep that a member would gladly be a mentor, or that they would not any more. Commits."""
    if is_offered:
        offer(work.session, group.id, viewer, work.now)
    else:
        take_back_offer(work.session, group.id, viewer)
    work.commit()


def change_keeper(work: UnitOfWork, group: Group, stay: str, *, keeper: str) -> None:
    """Let another member look after a newcomer, who is told. Commits."""
    found = _stay(work, group, stay)
    chosen = _member_of_today(work, group, keeper, found.member_id, field="keeper")
    if chosen != found.keeper_id:
        give_keeper(work, group, found, chosen, is_named=True)
    work.commit()


def _stay(work: UnitOfWork, group: Group, stay: str) -> StayLine:
    found = stay_in_address(work.session, group.id, stay)
    if found is None:
        raise NotFound
    return found


def _member_of_today(
    work: UnitOfWork, group: Group, public_id: str, newcomer: MemberId, *, field: str = "mentor"
) -> MemberId:
    chosen = member_by_public_id(work.session, group.id, public_id) if public_id else None
    today = _today(work, group)
    is_here = chosen is not None and any(
        line.id == chosen.id for line in members_on(work.session, group.id, today)
    )
    if chosen is None or not is_here or chosen.id == newcomer:
        raise Refused([Refusal(code="firstyear.nobody_such", field=field)])
    return chosen.id


def _today(work: UnitOfWork, group: Group) -> date:
    return local_day(work.now, group.zone)
