"""Builds the demo network: two groups with their people, offices and meetings; plugins fill in what they keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from app.cli.demo_offices import fill_offices
from app.cli.demo_people import FAMILY, GIVEN, HARBOUR, IN_BOTH, MILL, TRADES, DemoPerson
from app.core.access.queries import account_of_person
from app.core.access.services.accounts import keep_password, open_account
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members, group_by_slug
from app.core.groups.services import FoundGroup, end_membership, found_group, take_office
from app.core.groups.welcoming import NewMember, take_in
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.meetings.domain.schedule import weekly_on
from app.core.meetings.queries import meetings_between
from app.core.meetings.services import add_schedule, plan_meetings
from app.core.people.domain.name import Name
from app.core.work import UnitOfWork
from app.plugin_api import MeetingBrief, MemberBrief
from app.plugin_runtime.registry import Registry
from app.plugin_runtime.switching import switch_on

PASSWORD = "demo-password-only"  # noqa: S105 - the published password of the demo network
AHEAD = timedelta(weeks=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan:
    """What a demo group is made from. `weeks` of history; `people` in order, the first hold the offices.

    `also_on` names plugins that a new group has not on, and this one wanted.
    """

    slug: str
    name: str
    zone: str
    currency: str
    locale: str
    weekday: int
    wall_time: time
    place: str
    weeks: int
    people: Sequence[DemoPerson]
    leaving: int = 0
    sign_ins: Sequence[str] = ()
    also_on: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class FilledGroup:
    """A demo group with its people and meetings, as plugins are shown it."""

    group: Group
    today: date
    members: Sequence[MemberBrief]
    meetings: Sequence[MeetingBrief]
    memberships: Sequence[tuple[MemberBrief, date, date | None]]
    seed: int

    @property
    def slug(self) -> str:
        return self.group.slug

    @property
    def zone(self) -> str:
        return self.group.zone

    @property
    def currency(self) -> str:
        return self.group.currency

    @property
    def group_id(self) -> GroupId:
        return self.group.id

    def members_on(self, day: date) -> Sequence[MemberBrief]:
        return [
            member
            for member, first, last in self.memberships
            if first <= day and (last is None or day <= last)
        ]

    def chance(self, name: str) -> Random:
        return Random(f"{self.seed}/{self.slug}/{name}")


def plans(groups: int, members: int | None, weeks: int | None, seed: int) -> list[GroupPlan]:
    """Return what to build: the harbour and the mill, and past two groups more of the same kind."""
    known = [
        GroupPlan(
            slug="harbour",
            name="Harbour Referrals",
            zone="Europe/Lisbon",
            currency="EUR",
            locale="en-GB",
            weekday=1,
            wall_time=time(7),
            place="Café do Cais, upstairs",
            weeks=weeks or 40,
            people=_people(HARBOUR, members, len(HARBOUR) - 3, seed),
            leaving=3,
            sign_ins=("president", "secretary", "member", "newcomer"),
            also_on=("credibility",),
        ),
        GroupPlan(
            slug="mill",
            name="Mill Street Business Club",
            zone="America/New_York",
            currency="USD",
            locale="en-US",
            weekday=3,
            wall_time=time(7, 30),
            place="The Old Mill, 12 Mill Street",
            weeks=weeks or 10,
            people=_people((*MILL, next(one for one in HARBOUR if one.given == IN_BOTH)), members, 18, seed),
            sign_ins=("president",),
        ),
    ]
    return [
        *known[:groups],
        *(_invented(number, members or 26, weeks or 40, seed) for number in range(3, groups + 1)),
    ]


def build(work: UnitOfWork, registry: Registry, plan: GroupPlan, seed: int) -> FilledGroup:
    """Build one group whole, without a commit."""
    group = found_group(
        work,
        FoundGroup(
            slug=plan.slug, name=plan.name, zone=plan.zone, currency=plan.currency, locale=plan.locale
        ),
    )
    today = local_day(work.now, group.zone)
    since = today - timedelta(weeks=plan.weeks)
    chance = Random(f"{seed}/{plan.slug}/people")
    rule = weekly_on(plan.weekday)
    add_schedule(
        work, group, rule=rule, starts_on=since, wall_time=plan.wall_time, minutes=90, place=plan.place
    )
    plan_meetings(work, group, first=since, last=today + AHEAD)
    _fill_with_people(work, group, plan, today, chance)
    for plugin in registry.plugins:
        if plugin.manifest.on_in_new_groups or plugin.manifest.name in plan.also_on:
            switch_on(work, registry, group_id=group.id, name=plugin.manifest.name)
    filled = _filled(work, group, since, today, seed)
    for plugin in registry.plugins:
        plugin.demo_data(work, filled)
    fill_offices(work, filled)
    return filled


def _fill_with_people(work: UnitOfWork, group: Group, plan: GroupPlan, today: date, chance: Random) -> None:
    offices = list(Office)
    staying = len(plan.people) - plan.leaving
    for number, person in enumerate(plan.people):
        joined = _joined_on(number, staying, plan.weeks, today, chance)
        email = _address(person, number, plan)
        member = take_in(
            work,
            group,
            NewMember(
                name=Name(given=person.given, family=person.family),
                email=email,
                trade=person.trade,
                firm=person.firm,
                phone=_phone(plan.currency, number),
                joined_on=joined,
                is_newcomer=False,
            ),
        )
        if number < len(plan.sign_ins) or person.given == IN_BOTH:
            # The address of an account is how the second group finds the same person.
            open_account(work, person_id=member.person_id, email=email)
        office_number = _OFFICE_OF.get(number)
        if office_number is not None:
            take_office(
                work,
                group_id=group.id,
                member_id=member.id,
                office=offices[office_number],
                starts_on=max(joined, today - timedelta(weeks=12)),
            )
        if number >= staying:
            last_day = today - timedelta(weeks=2 + 5 * (number - staying))
            end_membership(work, group_id=group.id, member_id=member.id, last_day=last_day, reason="left")


_OFFICE_OF = {0: 0, 1: 2, 4: 1, 5: 3, 6: 4, 7: 5, 8: 6}
"""Which of the people, by number, holds which office: president, secretary-treasurer, and from the fifth the others."""


def give_passwords(work: UnitOfWork, plan: GroupPlan) -> None:
    """Let the group's demo sign-ins use the published password; the caller commits."""
    group = group_by_slug(work.session, plan.slug)
    if group is None:
        raise LookupError(f"The demo group {plan.slug} was not built.")
    addresses = {f"{name}@{plan.slug}.example" for name in plan.sign_ins}
    for member in all_members(work.session, group.id):
        account = account_of_person(work.session, member.person_id)
        if account is not None and account.email in addresses:
            keep_password(work, account, PASSWORD)


def _joined_on(number: int, staying: int, weeks: int, today: date, chance: Random) -> date:
    """Most were there before the history begins; a few joined midway; the fourth is the newcomer."""
    if number == 3:
        return today - timedelta(weeks=min(3, weeks))
    if number >= staying - 4 and number < staying:
        return today - timedelta(weeks=chance.randrange(weeks // 4, weeks // 2 + 1), days=2)
    return today - timedelta(weeks=weeks + chance.randrange(4, 200))


def _address(person: DemoPerson, number: int, plan: GroupPlan) -> str:
    if number < len(plan.sign_ins):
        return f"{plan.sign_ins[number]}@{plan.slug}.example"
    if person.given == IN_BOTH:
        return "priya@raman.example"
    return f"member{number + 1}@{plan.slug}.example"


def _phone(currency: str, number: int) -> str:
    return f"+1 215 555 01{number:02d}" if currency == "USD" else f"+351 210 000 {number + 100}"


def _filled(work: UnitOfWork, group: Group, since: date, today: date, seed: int) -> FilledGroup:
    lines = all_members(work.session, group.id)
    briefs = {line.id: MemberBrief.of(line) for line in lines}
    return FilledGroup(
        group=group,
        today=today,
        members=list(briefs.values()),
        meetings=[
            MeetingBrief(
                id=one.id,
                public_id=one.public_id,
                local_date=one.local_date,
                starts_at_utc=one.starts_at_utc,
                ends_at_utc=one.ends_at_utc,
                state=one.state.value,
            )
            for one in meetings_between(work.session, group.id, since, today + AHEAD)
        ],
        memberships=[(briefs[line.id], line.joined_on, line.ended_on) for line in lines],
        seed=seed,
    )


def _people(known: Sequence[DemoPerson], members: int | None, usual: int, seed: int) -> Sequence[DemoPerson]:
    if members is None or members == usual:
        return known
    extra = [_invented_person(number, seed) for number in range(max(0, members - usual))]
    return [*known[: min(members, usual)], *extra, *known[usual:]]


def _invented(number: int, members: int, weeks: int, seed: int) -> GroupPlan:
    return GroupPlan(
        slug=f"group-{number}",
        name=f"Group {number}",
        zone="Europe/Berlin",
        currency="EUR",
        locale="en-GB",
        weekday=number % 5,
        wall_time=time(7, 30),
        place="",
        weeks=weeks,
        people=[_invented_person(number * 100 + one, seed) for one in range(members)],
        sign_ins=("president",),
    )


def _invented_person(number: int, seed: int) -> DemoPerson:
    chance = Random(f"{seed}/person/{number}")
    family, trade = chance.choice(FAMILY), chance.choice(TRADES)
    return DemoPerson(given=chance.choice(GIVEN), family=family, trade=trade, firm=f"{family} {trade}")
