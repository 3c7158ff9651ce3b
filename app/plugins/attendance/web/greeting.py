"""How somebody is greeted at the door: by the hour of the room's clock, with their first name."""

from datetime import datetime

from flask_babel import gettext as _

from app.core.local_time import local_datetime

_NOON, _EVENING, _NIGHT_ENDS = 12, 18, 4


def hello(now: datetime, zone: str, name: str) -> str:
    """Return the greeting for `name` at `now`, as clocks in `zone` show it."""
    hour = local_datetime(now, zone).hour
    if _NIGHT_ENDS <= hour < _NOON:
        return str(_("Good morning, %(name)s.", name=name))
    if _NOON <= hour < _EVENING:
        return str(_("Good afternoon, %(name)s.", name=name))
    return str(_("Good evening, %(name)s.", name=name))
