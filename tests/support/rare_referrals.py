"""What no demo keeps of referrals: a draft, a note of a colleague, a corrected thank-you, a setting, and a prospect's link."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.draft import written
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.models_drafts import DraftRow
from app.plugins.referrals.models_rights import OwnNoteRow, ThankYouVersionRow
from app.plugins.referrals.models_settings import SettingRow
from app.plugins.referrals.web.about_you import token_of
from tests.support.world import World


def noted_and_corrected(work: UnitOfWork, group: Group, member_id: int) -> Sequence[Any]:
    """Return a draft and a note of the member's about another, what the group has set, and an earlier thank-you, if any."""
    other = work.session.scalars(
        select(MemberRow.id).where(MemberRow.group_id == group.id, MemberRow.id != member_id)
    ).first()
    thanks = work.session.scalars(select(ThankYouRow).where(ThankYouRow.group_id == group.id)).first()
    assert other is not None
    note = OwnNoteRow(
        group_id=group.id,
        member_id=member_id,
        about_member_id=other,
        text="Looks for a painter.",
        changed_at_utc=work.now,
        version=1,
    )
    draft = DraftRow(
        group_id=group.id,
        member_id=member_id,
        public_id=f"draft-of-{member_id}",
        typed=written({"prospect_name": "Klara Teixeira", "agreed_on": "2026-11-20"}),
        saved_at_utc=work.now,
        version=1,
    )
    setting = SettingRow(group_id=group.id, prospect_months=9, version=1)
    if thanks is None:
        return [note, draft, setting]
    before = ThankYouVersionRow(
        group_id=group.id,
        thank_you_id=thanks.id,
        version=thanks.version,
        amount_minor=100,
        currency="EUR",
        thanked_on=thanks.thanked_on,
        note="With tax.",
        until_utc=work.now,
    )
    thanks.version += 1
    return [note, draft, setting, before]


def prospect_token(world: World, group: Group) -> str:
    """Return what stands in the link of a prospect of the group's latest slip within it that has one."""
    with world.held.new_session() as session:
        slip = session.scalars(
            select(SlipRow.public_id)
            .where(
                SlipRow.group_id == group.id,
                SlipRow.prospect_id.is_not(None),
                SlipRow.exchange_id.is_(None),
            )
            .order_by(SlipRow.passed_at_utc.desc())
        ).first()
    with world.app.app_context():
        return token_of(group, slip or "none")
