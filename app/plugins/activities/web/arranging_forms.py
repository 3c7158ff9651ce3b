"""What a browser sends about arranged talks, notes, wishes and promises: the shape only; the rules say what is wrong."""

from datetime import time

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput, NumberInput, TimeInput

from app.core.sentences import N_
from app.http.forms import HouseForm, Needed, VersionedForm, day_typed, number_typed, plain, tidied
from app.plugins.activities.domain.commitments import UNTIL_WORDS, Until
from app.plugins.activities.domain.rules import TalkFacts
from app.plugins.activities.domain.times import LENGTHS, MOST_TIMES, USUAL_LENGTH, Proposal, TimeTyped
from app.plugins.activities.queries.own_notes import OwnNote

IN_A_ROOM, ONLINE = "room", "online"
_WHERE = {IN_A_ROOM: N_("In a room"), ONLINE: N_("Online or by phone")}
_LONGEST_WALL = 8


def wall_typed(text: str | None) -> time | None:
    """Return the wall time that was typed, to the minute, or None where it is missing or none."""
    given = (text or "").strip()
    try:
        typed = time.fromisoformat(given) if len(given) <= _LONGEST_WALL else None
    except ValueError:
        return None
    return None if typed is None or typed.tzinfo else typed.replace(second=0, microsecond=0)


class ProposalForm(VersionedForm):
    """Up to three times, how long, where, and a few words."""

    day_1 = StringField(_l("First choice: day"), validators=[Needed()], filters=[plain], widget=DateInput())
    wall_1 = StringField(_l("First choice: time"), validators=[Needed()], filters=[plain], widget=TimeInput())
    day_2 = StringField(_l("Second choice: day"), filters=[plain], widget=DateInput())
    wall_2 = StringField(_l("Second choice: time"), filters=[plain], widget=TimeInput())
    day_3 = StringField(_l("Third choice: day"), filters=[plain], widget=DateInput())
    wall_3 = StringField(_l("Third choice: time"), filters=[plain], widget=TimeInput())
    minutes = SelectField(
        _l("How long?"),
        validators=[Needed()],
        validate_choice=False,
        default=str(USUAL_LENGTH),
        choices=lambda: [(str(one), ngettext("%(num)d minute", "%(num)d minutes", one)) for one in LENGTHS],
    )
    where = RadioField(
        _l("How do you meet?"),
        validators=[Needed()],
        validate_choice=False,
        default=IN_A_ROOM,
        choices=lambda: [(code, gettext(text)) for code, text in _WHERE.items()],
    )
    place = StringField(_l("Place or link"), filters=[tidied])
    words = TextAreaField(_l("A few words"), filters=[plain])

    def proposal(self) -> Proposal:
        """Return what was typed, for the rules to judge."""
        return Proposal(
            times=tuple(self._time(number) for number in range(1, MOST_TIMES + 1)),
            minutes=number_typed(self.minutes.data),
            is_online=self.where.data == ONLINE,
            place=self.place.data,
            words=self.words.data,
        )

    def _time(self, number: int) -> TimeTyped:
        day, wall = self[f"day_{number}"].data, self[f"wall_{number}"].data
        return TimeTyped(day=day_typed(day), wall=wall_typed(wall), is_blank=not day and not wall)


class AskForm(ProposalForm):
    """The whole ask: whom, and the proposal."""

    partner = SelectField(_l("Whom would you like to talk to?"), validators=[Needed()], validate_choice=False)


class ChosenForm(VersionedForm):
    """One button beside a time: its number, from 0."""

    number = HiddenField(filters=[plain])

    @property
    def chosen(self) -> int:
        """The number of the time; one that never stands where it is unreadable."""
        found = number_typed(self.number.data)
        return MOST_TIMES if found is None else found


class WordsForm(VersionedForm):
    """A button with a few words, if they like."""

    words = TextAreaField(_l("A few words"), filters=[plain])


class TalkedForm(VersionedForm):
    """We talked: the day, and what stands with the record for both."""

    held_on = StringField(_l("When?"), validators=[Needed()], filters=[plain], widget=DateInput())
    place = StringField(_l("Where?"), filters=[plain])

    def facts(self) -> TalkFacts:
        """Return what was typed, for the rules to judge."""
        return TalkFacts(held_on=day_typed(self.held_on.data), place=self.place.data)


class OwnNoteForm(VersionedForm):
    """One's own note of a talk."""

    own = TextAreaField(_l("For you alone"), filters=[plain])


def blank_note(note: OwnNote) -> OwnNoteForm:
    """Return the form of a note as it stands, to be written over."""
    form = OwnNoteForm(None, prefix="note")
    form.own.data, form.version.data = note.note, str(note.version)
    return form


class WeeksForm(HouseForm):
    """Every how many weeks; empty takes the wish away."""

    weeks = StringField(
        _l("Every how many weeks?"), filters=[plain], widget=NumberInput(step=1, min=1, max=52)
    )


class PromiseForm(HouseForm):
    """What the writer will do, until when, and whom it concerns."""

    words = StringField(_l("I will …"), validators=[Needed()], filters=[tidied])
    until = SelectField(
        _l("Until when?"),
        validators=[Needed()],
        validate_choice=False,
        default=Until.FRIDAY.value,
        choices=lambda: [(code.value, gettext(text)) for code, text in UNTIL_WORDS.items()],
    )
    due_on = StringField(_l("The day of my choice"), filters=[plain], widget=DateInput())
    about = SelectField(_l("Whom does it concern?"), validate_choice=False)


class QuickPromiseForm(HouseForm):
    """The one line at home and beside a talk: no day to type, one tap."""

    words = StringField(_l("I will …"), validators=[Needed()], filters=[tidied])
    until = SelectField(
        _l("Until when?"),
        validators=[Needed()],
        validate_choice=False,
        default=Until.FRIDAY.value,
        choices=lambda: [
            (code.value, gettext(text)) for code, text in UNTIL_WORDS.items() if code is not Until.DAY
        ],
    )
    about = HiddenField(default="", filters=[plain])


class MoveForm(HouseForm):
    """Another day for a promise."""

    due_on = StringField(_l("Another day"), validators=[Needed()], filters=[plain], widget=DateInput())
