"""The forms of schemes: a group's choice, and a version of the network's scheme as its administrator types it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField

from app.http.forms import HouseForm, Needed, day_typed, plain, tidied
from app.plugins.credibility.domain.network import SETTINGS
from app.plugins.credibility.queries.network import NetworkScheme
from app.plugins.credibility.services.network_schemes import MakeScheme
from app.plugins.credibility.web.scheme_words import LABELS, Scheme
from app.plugins.credibility.web.words import share_of

_NUMBER = re.compile(r"(\d{1,6})(?:[.,](\d{1,9}))?|(\d{1,3})/(\d{1,3})")


class SchemeForm(HouseForm):
    """By which scheme the group's records are computed."""

    scheme = RadioField(_l("Scheme"), validators=[Needed()], validate_choice=False)

    def offer(self, schemes: Sequence[Scheme]) -> None:
        """Offer these."""
        self.scheme.choices = [SelectChoice(one.key, one.title) for one in schemes]


class NetworkSchemeForm(HouseForm):
    """A version of the network's scheme; each constant has a field of its own name."""

    name = StringField(_l("Its name"), filters=[tidied], validators=[Needed()])
    effective_on = StringField(_l("Groups may have it from"), filters=[plain], validators=[Needed()])

    def values(self) -> Mapping[str, float | None]:
        """Return the constants as they were typed; None where that is no number."""
        return {name: typed_number(self[name].data) for name in SETTINGS}

    def command(self, today: date) -> MakeScheme:
        """Return what was typed as the command."""
        day = day_typed(self.effective_on.data)
        return MakeScheme(name=self.name.data or "", effective_on=day, values=self.values(), today=today)


for _name in SETTINGS:
    setattr(NetworkSchemeForm, _name, StringField(LABELS[_name], filters=[plain], validators=[Needed()]))


def typed_number(text: str | None) -> float | None:
    """Return a number as people write it (0.75, 0,75 or 1/3), or None where it is none."""
    found = _NUMBER.fullmatch(text or "")
    if found is None:
        return None
    whole, part, over, under = found.groups()
    if over is not None:
        return int(over) / int(under) if int(under) else None
    return float(f"{whole}.{part or 0}")


def filled_with(found: NetworkScheme) -> dict[str, str]:
    """Return what a form over that version holds."""
    constants = {name: share_of(getattr(found.constants, name)) for name in SETTINGS}
    return {**constants, "name": found.name}
