"""Invitations in tests: sent to a member, read from the outbox, tried by code."""

import re
from datetime import date

from app.core.access.domain.code import CodeKey, code_hash
from app.core.access.invitation_queries import InvitationLine, invitation_lines
from app.core.access.services.invitations import Inviting, invite
from app.core.access.services.links import (
    LINK_MARK,
    LinkAddress,
    account_by_code,
)
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.town import Town

ADDRESS = LinkAddress(template=f"https://groups.example.org/account/link/{LINK_MARK}")
KEY = CodeKey(b"the secret of this house")
TODAY = date(2026, 11, 24)


def inviting(group: Group) -> Inviting:
    return Inviting(group=group, by=None, address=ADDRESS, key=KEY)


def send_invitation(town: Town, group: Group, member: MemberLine) -> tuple[str, str]:
    """Invite the member and return the token and the code of the mail."""
    with town.act() as work:
        invite(work, member, inviting(group))
    return latest_mail(town, member.email)


def latest_mail(town: Town, address: str) -> tuple[str, str]:
    body = str(
        town.value(f"SELECT body FROM outgoing_mail WHERE address = '{address}' ORDER BY id DESC LIMIT 1")
    )
    token, code = re.search(r"/account/link/(\S+)", body), re.search(r"\n\s{4}(\d{6})\n", body)
    assert token is not None
    assert code is not None
    return token[1], code[1]


def line_of(town: Town, group: Group, member: MemberLine) -> InvitationLine:
    lines = invitation_lines(town.session, group.id, TODAY)
    return next(line for line in lines if line.member_id == member.id)


def try_code(town: Town, address: str, code: str) -> bool:
    with town.act() as work:
        return account_by_code(work, address, code_hash(KEY, address, code)) is not None
