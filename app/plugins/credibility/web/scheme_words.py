"""The published schemes in plain words: their names and versions, each constant, an example to reckon along, when to expect records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.http.rendering import short_date
from app.plugins.credibility.domain.estimate import Estimate, estimate_on
from app.plugins.credibility.domain.network import NETWORK_SCHEME
from app.plugins.credibility.domain.scheme import GROUP_SCHEMES, SHIPPED_ON, Constants
from app.plugins.credibility.domain.standing import Row, rebuilt
from app.plugins.credibility.queries.choices import FROM_THE_BEGINNING, Choice, constants_of_choice
from app.plugins.credibility.queries.network import NetworkScheme, network_scheme, network_scheme_on
from app.plugins.credibility.queries.together import Preview, Together

TITLES: Mapping[str, object] = {
    "standard": _l("Standard"),
    "small_group": _l("Small group"),
    "monthly": _l("Monthly"),
}
FOR_WHOM: Mapping[str, object] = {
    "standard": _l("for weekly groups of 25 members and more"),
    "small_group": _l(
        "for under 25 members: records appear earlier, on less evidence, and somewhat more of those who collude pass"
    ),
    "monthly": _l("for groups that meet every month: four meetings attended instead of ten"),
    NETWORK_SCHEME: _l("made by your network; your group moves to its new versions by itself"),
}
LABELS: Mapping[str, object] = {
    "prior": _l("Where an estimate starts (m)"),
    "kappa": _l("How many reports that start weighs (κ)"),
    "half_life": _l("Days after which a report counts half"),
    "new_voice": _l("Weight of a colleague without a record"),
    "mutual_factor": _l("A favour returned counts"),
    "mutual_window": _l("A favour is returned within days"),
    "min_tenure": _l("Days as a member"),
    "min_attended": _l("Meetings attended in person"),
    "min_given": _l("Referrals given"),
    "min_outcomes": _l("Reports that are in"),
    "min_independent": _l("Independent colleagues who reported"),
    "min_evidence": _l("Evidence, which fades with time (A + B)"),
}
NEEDED: Final = ("min_tenure", "min_attended", "min_given", "min_outcomes", "min_independent", "min_evidence")
WEIGHING: Final = ("prior", "kappa", "half_life", "new_voice", "mutual_factor", "mutual_window")
_MANY: Final = 25
_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A version of a scheme as the page has it."""

    key: str
    title: str
    for_whom: str
    version: int
    since: date
    constants: Constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One good report by a colleague without a record, reckoned by a scheme: when it counts, and a year later."""

    at_first: Estimate
    later: Estimate


def schemes_to_choose(session: Session, today: date) -> Sequence[Scheme]:
    """Return the schemes that ship, and the network's where one holds today."""
    network = network_scheme_on(session, today)
    shipped = [_shipped(session, key) for key in GROUP_SCHEMES]
    return shipped if network is None else [*shipped, _networks(network)]


def scheme_called(session: Session, choice: Choice) -> Scheme:
    """Return the version of a scheme that a group has or had."""
    if choice.scheme != NETWORK_SCHEME:
        return _shipped(session, choice.scheme)
    found = network_scheme(session, choice.version)
    if found is None:
        raise LookupError(f"Version {choice.version} of the network's scheme is gone, and a group has it.")
    return _networks(found)


def example_of(constants: Constants) -> Example:
    """Return what one good report by a colleague without a record comes to."""
    row = Row(giver="", t=0.0, weight=constants.new_voice, y=1.0, is_independent=True)
    standing = rebuilt([row], constants).standing
    return Example(
        at_first=estimate_on(standing, 0.0, constants),
        later=estimate_on(standing, constants.half_life, constants),
    )


def heads_of(schemes: Sequence[Scheme]) -> list[tuple[Scheme, str]]:
    """Return schemes with the heads of their columns: two of one name, as in the week of a new version, with version and day."""
    names = Counter(one.title for one in schemes)
    return [(one, one.title if names[one.title] == 1 else _dated(one)) for one in schemes]


def expectation(scheme: Scheme, members: int) -> list[str]:
    """Return when to expect records, from the published figures alone; it hangs on the scheme and the group's size."""
    week = ceil(scheme.constants.min_tenure / _WEEK)
    lines = [str(_("A record opens in week %(week)s at the earliest.", week=week))]
    is_small = members < _MANY
    if scheme.key == "standard" and not is_small:
        lines.append(str(_("Groups your size usually reach half of their members around week 40.")))
    elif scheme.key == "standard":
        lines.append(
            str(_("Simulated groups of 18 members had 5 records by week 26 and 10 by week 52, on average."))
        )
    elif scheme.key == "small_group" and is_small:
        lines.append(
            str(_("Simulated groups of 18 members had 7.5 records by week 26 and 13 by week 52, on average."))
        )
    else:
        lines.append(str(_("There are no figures yet for groups like yours with this scheme.")))
    return lines


def preview_words(found: Preview, together: Together) -> str:
    """Return in counts what a scheme would make of the group; nothing of members whose record is not shown."""
    lines = [
        str(
            ngettext(
                "%(num)s of %(all)s members is here long enough.",
                "%(num)s of %(all)s members are here long enough.",
                found.long_enough,
                all=together.members,
            )
        )
    ]
    if together.shown is not None and found.stay is not None:
        lines.append(
            str(_("Of the %(all)s records shown now %(num)s would stay.", all=together.shown, num=found.stay))
        )
    elif together.shown is not None:
        lines.append(
            str(_("Of the %(all)s records shown now fewer than five would stay.", all=together.shown))
        )
    return " ".join(lines)


def _dated(scheme: Scheme) -> str:
    day = short_date(scheme.since)
    return str(
        _("%(name)s, version %(number)s, from %(day)s", name=scheme.title, number=scheme.version, day=day)
    )


def _shipped(session: Session, key: str) -> Scheme:
    return Scheme(
        key=key,
        title=str(TITLES[key]),
        for_whom=str(FOR_WHOM[key]),
        version=1,
        since=SHIPPED_ON,
        constants=constants_of_choice(session, replace(FROM_THE_BEGINNING, scheme=key)),
    )


def _networks(found: NetworkScheme) -> Scheme:
    return Scheme(
        key=NETWORK_SCHEME,
        title=found.name,
        for_whom=str(FOR_WHOM[NETWORK_SCHEME]),
        version=found.number,
        since=found.effective_on,
        constants=found.constants,
    )
