"""What a giver could write to somebody in no group whom they recommended: in their own mail, without the prospect."""

from collections.abc import Mapping
from urllib.parse import quote

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugins.referrals.queries.one_slip import SlipView


def outside_words(page: GroupPage, view: SlipView) -> Mapping[str, str]:
    """Return the text and the mail to start with, each empty where the receiver is in a group, or the slip is over."""
    if not view.slip.is_told_by_giver or not view.slip.is_open or view.historic_on is not None:
        return {"outside_text": "", "outside_mail": ""}
    text = _(
        "I recommended you to somebody who needs what you do, and who agreed that you call. May I tell you who it is? "
        "%(name)s, %(group)s",
        name=page.viewer.name,
        group=page.group.name,
    )
    subject = quote(_("I recommended you"))
    return {"outside_text": text, "outside_mail": f"mailto:?subject={subject}&body={quote(text)}"}
