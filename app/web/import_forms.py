"""Forms of the import pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.sheets import DayOrder
from app.http.forms import HouseForm


class UploadForm(HouseForm):
    """A file."""

    file = FileField(_l("File"))


class AnswersForm(HouseForm):
    """What the file does not tell."""

    period_first = DateField(_l("First day"), validators=[Optional()])
    period_last = DateField(_l("Last day"), validators=[Optional()])
    day_order = RadioField(
        _l("How are dates written in this file?"),
        choices=[
            SelectChoice(value=DayOrder.DAY_FIRST.value, label=_l("Day first: 24/11/2026")),
            SelectChoice(value=DayOrder.MONTH_FIRST.value, label=_l("Month first: 11/24/2026")),
        ],
        validators=[Optional()],
    )
