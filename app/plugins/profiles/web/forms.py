"""What a browser sends about a profile: the shape only. What is wrong, the rules say all at once."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.http.forms import VersionedForm, plain, tidied
from app.plugins.profiles.domain.own_words import OwnWords, Part, interests_of
from app.plugins.profiles.domain.sound import MOST_BYTES

_MORE_THAN_ANY_PHOTO = 12_000_001


class ProfileForm(VersionedForm):
    """What a member tells of themselves, with what of it the group sees, a photo and a recording."""

    talk_to_me_about = TextAreaField(_l("Talk to me about"), filters=[plain])
    shows_talk_to_me_about = BooleanField(_l("Show what I gladly talk about"))
    good_fit = TextAreaField(_l("A good fit for me"), filters=[plain])
    shows_good_fit = BooleanField(_l("Show who is a good fit"))
    not_a_good_fit = TextAreaField(_l("Not a good fit for me"), filters=[plain])
    shows_not_a_good_fit = BooleanField(_l("Show who is not"))
    interests = StringField(_l("Interests, with commas between them"), filters=[plain])
    also = SelectMultipleField(
        _l("Others in the group like"),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    shows_interests = BooleanField(_l("Show my interests"))
    how_to_say = StringField(_l("How to say your name"), filters=[tidied])
    is_practised = BooleanField(_l("Others may practise my name and face before a meeting"))
    photo = FileField(_l("Your photo"))
    sound = FileField(_l("Your name, spoken by you"))

    def offer(self, suggestions: Sequence[str]) -> None:
        """Offer what others like, beside what was ticked before."""
        ticked = [one for one in self.also.data or [] if one not in suggestions]
        self.also.choices = [(one, one) for one in [*suggestions, *ticked[: len(suggestions)]]]

    def words(self, known: Sequence[str]) -> OwnWords:
        """Return what was typed, for the rules to judge; interests as the group spells them."""
        return OwnWords(
            talk_to_me_about=self.talk_to_me_about.data,
            good_fit=self.good_fit.data,
            not_a_good_fit=self.not_a_good_fit.data,
            interests=interests_of(self.interests.data, self.also.data or (), known),
            how_to_say=self.how_to_say.data,
            hidden=frozenset(part for part in Part if not self[f"shows_{part.value}"].data),
            is_practised=bool(self.is_practised.data),
        )

    @property
    def photo_bytes(self) -> bytes:
        """The photo as it came, cut off where it is larger than any; empty where none was chosen."""
        return self.photo.data.stream.read(_MORE_THAN_ANY_PHOTO) if self.photo.data else b""

    @property
    def sound_bytes(self) -> bytes:
        """The recording as it came, cut off where it is far too large; empty where none was chosen."""
        return self.sound.data.stream.read(4 * MOST_BYTES) if self.sound.data else b""


def form_over(words: OwnWords, version: int) -> ProfileForm:
    """Return the form, filled in with the profile as it stands."""
    return ProfileForm(
        talk_to_me_about=words.talk_to_me_about,
        good_fit=words.good_fit,
        not_a_good_fit=words.not_a_good_fit,
        interests=", ".join(words.interests),
        how_to_say=words.how_to_say,
        is_practised=words.is_practised,
        version=str(version),
        **{f"shows_{part.value}": part not in words.hidden for part in Part},
    )
