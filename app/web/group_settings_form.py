"""The form of a group's own settings: its name, its words, its zone, how days are written, the settling-in period."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.groups.domain.settings import GroupSettings
from app.core.texts import translated
from app.core.vocabulary import PACKS
from app.http.forms import LONGEST_LINE, HouseForm, Needed

WAYS_OF_WRITING = [
    "ar-EG",
    "de-AT",
    "de-CH",
    "de-DE",
    "en-AU",
    "en-CA",
    "en-GB",
    "en-IE",
    "en-IN",
    "en-NZ",
    "en-US",
    "en-ZA",
    "es-ES",
    "es-MX",
    "fr-BE",
    "fr-CA",
    "fr-CH",
    "fr-FR",
    "it-IT",
    "nl-BE",
    "nl-NL",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "sv-SE",
    "da-DK",
    "nb-NO",
    "fi-FI",
]
"""Locales offered for how days, times and amounts are written; a group keeps another one that it has."""

_CHOSEN = Length(max=60)


class GroupSettingsForm(HouseForm):
    """What a group is called and how it is written. `version` is the number of the change that is on the page."""

    name = StringField(
        _l("Name of the group"),
        validators=[Needed(), Length(max=LONGEST_LINE, message=_l("Keep this under %(max)d characters."))],
    )
    vocabulary = SelectField(_l("Words"), validators=[Needed(), _CHOSEN])
    zone = SelectField(_l("Time zone"), validators=[Needed(), _CHOSEN])
    locale = SelectField(_l("How days and amounts are written"), validators=[Needed(), _CHOSEN])
    settling_in_days = IntegerField(
        _l("Settling-in period, in days"), validators=[InputRequired(_l("Write a number of days."))]
    )
    is_found_by_others = BooleanField(_l("Members of other groups may find our members"))
    version = HiddenField(validators=[Length(max=12)])

    def offer(self, now: GroupSettings) -> None:
        """Offer what there is to choose from, and always what is in force."""
        language = str(get_locale() or "en")
        self.vocabulary.choices = [
            # Not in the words of the group: "club instead of club" would tell nobody anything.
            SelectChoice(value=pack.key, label=translated(language, pack.title))
            for pack in PACKS.values()
        ]
        self.zone.choices = [
            SelectChoice(value=zone, label=zone.replace("_", " ")) for zone in _zones_with(now.zone)
        ]
        ways = {*WAYS_OF_WRITING, now.locale}
        named = sorted((way_of_writing(way, language), way) for way in ways)
        self.locale.choices = [SelectChoice(value=way, label=name) for name, way in named]

    def wanted(self) -> GroupSettings:
        """Return what the form asks for."""
        version = str(self.version.data or "")
        return GroupSettings(
            name=self.name.data or "",
            vocabulary=self.vocabulary.data,
            zone=self.zone.data,
            locale=self.locale.data,
            settling_in_days=self.settling_in_days.data or 0,
            version=int(version) if version.isdecimal() else 0,
            is_found_by_others=bool(self.is_found_by_others.data),
        )


@cache
def way_of_writing(locale: str, language: str) -> str:
    """Return the name of a locale (BCP 47) in `language`: English (United Kingdom)."""
    parsed = Locale.parse(locale.replace("-", "_"))
    return str(parsed.get_display_name(language.replace("-", "_")) or locale)


@cache
def _zones() -> tuple[str, ...]:
    """Every zone named after a place, in alphabetical order."""
    return tuple(
        sorted(
            name
            for name in available_timezones()
            if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))
        )
    )


def _zones_with(zone: str) -> tuple[str, ...]:
    return _zones() if zone in _zones() else (zone, *_zones())
