"""Forms of care: a step, its closing, the words of a step, and the numbers."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.http.forms import LONGEST_LINE, LONGEST_TEXT, Needed, VersionedForm
from app.plugins.attendance.domain.care_trail import Step

_NUMBER = InputRequired(_l("Give a number."))


class StepForm(VersionedForm):
    """Which step, when it was, a private note, and what goes to the member."""

    step = HiddenField(validators=[Length(max=10)])

    done_on = DateField(_l("Day"), validators=[Optional(), Needed()])
    subject = StringField(_l("Subject"), validators=[Needed(), Length(max=LONGEST_LINE)])
    body = TextAreaField(_l("What you write"), validators=[Needed(), Length(max=LONGEST_TEXT)])
    note = TextAreaField(_l("Private note"), validators=[Length(max=LONGEST_TEXT)])

    def step_sent(self, expected: Step) -> Step:
        """Return the step that was filled in, or the one that comes next where it is unreadable."""
        return Step(self.step.data) if self.step.data in set(Step) else expected


class CloseForm(VersionedForm):
    """Why the conversation is closed."""

    reason = TextAreaField(_l("Why it is closed"), validators=[Needed(), Length(max=LONGEST_TEXT)])


class CareWordsForm(VersionedForm):
    """The group's words for a step."""

    subject = StringField(_l("Subject"), validators=[Needed(), Length(max=LONGEST_LINE)])
    body = TextAreaField(_l("Text"), validators=[Needed(), Length(max=LONGEST_TEXT)])


class CareNumbersForm(VersionedForm):
    """From which numbers on somebody is looked after."""

    absences = IntegerField(_l("Absences"), validators=[_NUMBER])
    absences_weeks = IntegerField(_l("in so many weeks"), validators=[_NUMBER])
    lates = IntegerField(_l("Times late"), validators=[_NUMBER])
    lates_weeks = IntegerField(_l("in so many weeks"), validators=[_NUMBER])
    good_meetings = IntegerField(_l("Meetings that make a year"), validators=[_NUMBER])
    good_percent = IntegerField(_l("A good year: came to so many of a hundred"), validators=[_NUMBER])
    drop_weeks = IntegerField(_l("A drop: within so many weeks"), validators=[_NUMBER])
    drop_meetings = IntegerField(_l("with at least so many meetings"), validators=[_NUMBER])
    drop_percent = IntegerField(_l("came to so many of a hundred, or fewer"), validators=[_NUMBER])
    leave_weeks = IntegerField(_l("Usual longest leave in weeks"), validators=[_NUMBER])
