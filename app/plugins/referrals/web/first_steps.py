"""What a new group does first with referrals: a leader passes the first slip, so that the others see how it goes."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugin_api import Step
from app.plugins.referrals.interface import SlipPassed


def first_steps(page: GroupPage) -> Sequence[Step]:
    """Return the one step."""
    return [
        Step(
            key="slip",
            text=_("Pass the first slip yourself, so that the others see how it goes."),
            url=page.url("referrals.pass_on"),
            done_by=SlipPassed,
            order=60,
        )
    ]
