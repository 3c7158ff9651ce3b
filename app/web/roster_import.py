"""The importer of rosters: who is new, who is known already, and what would be filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.access.permissions import MEMBERS_EDIT
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members
from app.core.groups.welcoming import NewMember, take_in
from app.core.intake.importer import ImportAnswers, ImportPreview
from app.core.intake.names import KnownName, NameBook, Unknown
from app.core.intake.recognise import looks_like_roster
from app.core.intake.remarks import Remark
from app.core.intake.roster import Roster, parse_roster
from app.core.intake.roster_line import RosterLine
from app.core.intake.sentences import SENTENCES
from app.core.local_time import local_day
from app.core.people.domain.name import Name
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """Who would be taken in, line by line, and who is in already."""

    new: tuple[RosterLine, ...]
    known: tuple[RosterLine, ...]


class RosterImporter:
    """Takes in a roster: every line that is nobody's yet becomes a member; those who are in stay as they are."""

    kind = "roster"
    title = N_("Roster: the members with trade, firm and mail address")
    permission = MEMBERS_EDIT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a roster's header."""
        return looks_like_roster(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, file_name: str, answers: ImportAnswers
    ) -> ImportPreview:
        """Say who would join; changes nothing."""
        today = local_day(work.now, group.zone)
        roster = parse_roster(sheet, today, day_order=answers.day_order)
        plan = _plan(roster, all_members(work.session, group.id))
        return ImportPreview(
            kind=self.kind,
            summary=_summary(plan),
            headings=[
                _("Row"),
                _("Name"),
                _("Trade"),
                _("Firm"),
                _("Mail address"),
                _("Member since"),
                _("What happens"),
            ],
            lines=[_shown(line, is_new=line in plan.new) for line in roster.lines],
            problems=told(roster.problems),
            remarks=told(roster.notes),
            asks_day_order=told([roster.day_order_asked.question])[0] if roster.day_order_asked else "",
            plan=plan,
        )

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Take everybody in who is new."""
        plan: RosterPlan = preview.plan
        today = local_day(work.now, group.zone)
        for line in plan.new:
            take_in(
                work,
                group,
                NewMember(
                    name=_name(line),
                    email=line.email,
                    firm=line.firm,
                    trade=line.trade,
                    phone=line.phone or line.mobile,
                    joined_on=line.joined or today,
                ),
            )
        return str(ngettext("%(num)d member was taken in.", "%(num)d members were taken in.", len(plan.new)))


def told(remarks: Iterable[Remark]) -> list[str]:
    """Return the sentences of remarks about a file, translated, each with its row and column."""
    return [written(SENTENCES[remark.code], remark.sentence_facts) for remark in remarks]


def written(sentence: str, facts: Mapping[str, Any]) -> str:
    """Return `sentence` translated, with days among `facts` written in the reader's language."""
    written = {
        name: format_date(value, "long", rebase=False) if hasattr(value, "isoformat") else value
        for name, value in facts.items()
    }
    return str(_(sentence, **written))


def _plan(roster: Roster, members: list[MemberLine]) -> RosterPlan:
    by_mail = {line.email.casefold() for line in members if line.email}
    names = NameBook(names=[KnownName(person=line.id, name=line.name) for line in members])
    known = [line for line in roster.lines if _is_known(line, by_mail, names)]
    return RosterPlan(new=tuple(line for line in roster.lines if line not in known), known=tuple(known))


def _is_known(line: RosterLine, by_mail: set[str], names: NameBook[Any]) -> bool:
    """Return whether the group has this person: by address, else by name where the file gives no address."""
    if line.email.casefold() in by_mail:
        return True
    found = names.match(line.name.full)
    return not isinstance(found, Unknown)


def _name(line: RosterLine) -> Name:
    if line.name.given:
        return Name(given=line.name.given, family=line.name.family)
    given, _space, family = line.name.full.partition(" ")
    return Name(given=given, family=family)


def _summary(plan: RosterPlan) -> list[str]:
    return [
        ngettext("%(num)d person becomes a member.", "%(num)d people become members.", len(plan.new)),
        ngettext(
            "%(num)d line is about somebody who is in already; nothing of theirs changes.",
            "%(num)d lines are about people who are in already; nothing of theirs changes.",
            len(plan.known),
        ),
    ]


def _shown(line: RosterLine, *, is_new: bool) -> list[str]:
    return [
        str(line.row),
        line.name.full,
        line.trade,
        line.firm,
        line.email,
        format_date(line.joined, "medium", rebase=False) if line.joined else "",
        _("joins") if is_new else _("is in already"),
    ]
