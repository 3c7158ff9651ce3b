"""What a plugin gives the house: frozen data that core renders, schedules or calls. No HTML strings."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from app.core.events import DomainEvent
from app.core.exports.table import Table
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MeetingId, MemberId, PersonId
from app.core.intake.importer import Importer, ImportPreview
from app.core.person_data.exported import Exported
from app.core.work import UnitOfWork
from app.http.page import View
from app.http.palms import PalmsColumn

__all__ = [
    "DemoGroup",
    "Desk",
    "Exported",
    "FoundingField",
    "HandoverFile",
    "ImportPreview",
    "Importer",
    "Job",
    "MeetingBrief",
    "MemberBrief",
    "MemberColumn",
    "Page",
    "PalmsColumn",
    "Panel",
    "SlipBrief",
    "Step",
    "Subscription",
    "Task",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address of the plugin: `rule` under its own prefix, the view, and the permission without which it is shut.

    `name` is the endpoint inside the plugin (`page.url("<plugin>.<name>")`); by default the view's own name.

    With `is_front` a public page stands at `/visit/<group>` itself, its `rule` is empty, and it is named without the plugin
    (`page.url("<name>")`). One plugin of a house has it.
    """

    rule: str
    view: View
    permission: str
    methods: tuple[str, ...] = ("GET",)
    name: str = ""
    is_front: bool = False

    @property
    def endpoint(self) -> str:
        """The endpoint inside the plugin."""
        return self.name or self.view.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of a core page, drawn by the plugin's own `template` with `context` and the `page`.

    `key` is unique within the plugin. With `live_seconds` the panel is fetched again that often while the page
    is looked at. `wide` panels take the whole width; lower `order` comes first. `url` is where the heading leads.

    On a member's home page a panel that is `first` stands before what waits: what is to be done at this very hour.
    `button`, words and address, is the one button on top of that page, taken from the first panel that has one.
    """

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    order: int = 50
    wide: bool = False
    live_seconds: int = 0
    first: bool = False
    button: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that waits for this viewer: a sentence, where it is done, and since when or until when."""

    text: str
    url: str
    order: int = 50
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFile:
    """A file that goes to whoever takes over an office: `name` in plain letters without an ending, what it is, its table.

    `table` is asked when somebody takes the file, never when the page is drawn.
    """

    name: str
    title: str
    table: Callable[[], Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundingField:
    """One number that a plugin asks when a group is founded, so that it is not asked again: for instance minutes.

    `name` is unique within the plugin; `usual` fills the field; an answer lies from `least` to `most`.
    """

    name: str
    label: str
    help_text: str
    usual: int
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the first things a new group does. Done, it disappears; `key` is unique within the plugin.

    Done means that `is_done`, or that an event `done_by` ever happened in the group: the house looks that up for
    all steps at once, so a step that names its event costs no statement.
    """

    key: str
    text: str
    url: str
    is_done: bool = False
    done_by: type[DomainEvent] | None = None
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something done by itself for each group where the plugin is on, about every `every`, by the worker.

    `run` gets a unit of work of its own and the group, must not commit (the house does), and returns how much it
    did. Where it raises, nothing of it stays for that group, the log says so, and it runs again. It must bear being
    run twice in the same instant by two workers. `also_when_off` is for what must not wait for the plugin to be on again:
    forgetting people at their time.
    """

    name: str
    every: timedelta
    run: Callable[[UnitOfWork, Group], int]
    also_when_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberBrief:
    """A member, as a hook is told of one, with the days of the latest membership; `ended_on` is None where it has no end."""

    id: MemberId
    public_id: str
    person_id: PersonId
    name: str
    first_name: str
    joined_on: date
    ended_on: date | None

    @classmethod
    def of(cls, line: MemberLine) -> "MemberBrief":
        """Return what a hook is told of a member."""
        return cls(
            id=line.id,
            public_id=line.public_id,
            person_id=line.person_id,
            name=line.name,
            first_name=line.first_name,
            joined_on=line.joined_on,
            ended_on=line.ended_on,
        )

    def is_member_on(self, day: date) -> bool:
        """Return whether they belong to the group on `day`."""
        return self.joined_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberColumn:
    """A column of the list of members: a heading, and words for each member who has any. It is never sorted or filtered by.

    Without a single cell there is no column.
    """

    title: str
    cells: Mapping[MemberId, str]
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipBrief:
    """A slip, as a hook is told of one: its two sides, each None where it is nobody of this group. The viewer is one of them."""

    public_id: str
    giver_member_id: MemberId | None
    receiver_member_id: MemberId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingBrief:
    """A meeting, as a hook is told of one. `state` is planned, cancelled or holiday."""

    id: MeetingId
    public_id: str
    local_date: date
    starts_at_utc: datetime
    ends_at_utc: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A handler for one kind of event. Called after the commit of the event, in a unit of work of its own.

    It must not commit: the house commits what it did together with the note that the event was delivered, so
    that each event is handled once. Where it raises, nothing of it stays, and the worker tries again. With `when`
    only the events for which it says so are delivered: a pure question about the event's own facts, asked before
    the commit.
    """

    event: type[DomainEvent]
    handler: Callable[[UnitOfWork, Any], None]
    when: Callable[[Any], bool] | None = None

    @property
    def name(self) -> str:
        """The handler's name within the plugin, as the delivery table keeps it."""
        return self.handler.__name__


class Desk(Protocol):
    """What a command of a plugin works with at the terminal of the house."""

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """Lend a unit of work, acted by the command; a `Refused` ends the command with its sentences, and nothing is changed."""
        ...

    def group(self, work: UnitOfWork, slug: str) -> Group:
        """Return the group of that address name, or end the command with a line that says how to find it."""
        ...


class DemoGroup(Protocol):
    """A group of the demo network while it is filled; the same seed fills it the same."""

    @property
    def slug(self) -> str:
        """The group's address name."""
        ...

    @property
    def zone(self) -> str:
        """The group's IANA zone."""
        ...

    @property
    def currency(self) -> str:
        """The group's ISO 4217 currency."""
        ...

    @property
    def group_id(self) -> int:
        """The group's key."""
        ...

    @property
    def today(self) -> date:
        """The day on which the demo is loaded, in the group's zone."""
        ...

    @property
    def members(self) -> Sequence[MemberBrief]:
        """Everyone who ever was a member."""
        ...

    @property
    def meetings(self) -> Sequence[MeetingBrief]:
        """The meetings held so far, oldest first, and the next ones."""
        ...

    def members_on(self, day: date) -> Sequence[MemberBrief]:
        """Return the members on `day`."""
        ...

    def chance(self, name: str) -> Any:
        """Return a `random.Random` of its own for `name`, seeded from the demo's seed and the group."""
        ...
