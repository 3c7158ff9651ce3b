"""How slips and thank-yous read as lines of a list: the sentence, the address, the badge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.local_time import local_day
from app.http.page import GroupPage
from app.http.rendering import money, short_date
from app.plugins.referrals.queries.boxes import SlipLine
from app.plugins.referrals.queries.thanks import ThankYouLine
from app.plugins.referrals.web.wording import badge_of, state_words

_SHOWN_OF_ABOUT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: what it is about, where it leads (or empty), what is said of it, and its state in words."""

    key: str
    title: str
    url: str
    detail: str
    state: str
    badge: str


def slip_lines(page: GroupPage, slips: Iterable[SlipLine]) -> list[Line]:
    """Return the slips as lines, each with whom it is from or to, its day and what it is about."""
    return [_slip_line(page, slip) for slip in slips]


def thank_you_lines(page: GroupPage, thanks: Iterable[ThankYouLine]) -> list[Line]:
    """Return the thank-yous as lines, each with its amount."""
    return [_thank_you_line(page, one) for one in thanks]


def _slip_line(page: GroupPage, slip: SlipLine) -> Line:
    is_new = slip.waits_for_viewer and slip.acknowledged_at_utc is None
    return Line(
        key=slip.public_id,
        title=slip.prospect_name or _("A referral"),
        url=page.url("referrals.slip", slip=slip.public_id),
        detail=" · ".join(
            part for part in (_way(slip), short_date(_day(page, slip)), _brief(slip.about)) if part
        ),
        state=_("Waits for your word") if is_new else _state(slip),
        badge=badge_of(slip.state, slip.historic_on),
    )


def _state(slip: SlipLine) -> str:
    return state_words(slip.state, slip.historic_on, is_told_by_giver=slip.is_told_by_giver)


def _thank_you_line(page: GroupPage, one: ThankYouLine) -> Line:
    name = one.other_name or _("somebody outside the group")
    return Line(
        key=one.public_id,
        title=_("You thanked %(name)s", name=name) if one.is_given else _("%(name)s thanked you", name=name),
        url=page.url("referrals.thank_you", thanks=one.public_id),
        detail=" · ".join(part for part in (short_date(one.thanked_on), _brief(one.note)) if part),
        state=_("Taken back") if one.is_taken_back else money(one.amount_minor, one.currency),
        badge="badge" if one.is_taken_back else "num",
    )


def _way(slip: SlipLine) -> str:
    name = slip.other_name or _("somebody outside the group")
    way: str = _("to %(name)s", name=name) if slip.is_given else _("from %(name)s", name=name)
    return way


def _day(page: GroupPage, slip: SlipLine) -> date:
    return slip.historic_on or local_day(slip.passed_at_utc, page.group.zone)


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_OF_ABOUT else f"{line[: _SHOWN_OF_ABOUT - 1].rstrip()}…"
