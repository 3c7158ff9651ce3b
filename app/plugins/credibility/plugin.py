"""Credibility, as a table of contents: counted weekly from sealed reports, shown only with history enough."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from app.core.sentences import N_
from app.plugin_api import Job, Manifest, Plugin
from app.plugins.credibility import interface as happened
from app.plugins.credibility.services.counting import count_week


class CredibilityPlugin(Plugin):
    """How referrals given to a member were handled, as colleagues reported: secret until there is history enough."""

    manifest: ClassVar[Manifest] = Manifest(
        name="credibility",
        title=N_("Credibility"),
        version="0.1.0",
        summary=N_(
            "A record of how referrals were handled, shown only with history enough and with its reasons."
        ),
        requires=("referrals", "attendance"),
        publishes=(happened.SchemeChosen, happened.PartSaid),
    )

    def jobs(self) -> Sequence[Job]:
        return (Job(name="count-week", every=timedelta(hours=1), run=count_week),)


plugin = CredibilityPlugin
