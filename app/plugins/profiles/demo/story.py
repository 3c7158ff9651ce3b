"""What members of a demo group tell of themselves: most write something, some let a drawn portrait be seen."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MemberBrief
from app.plugins.profiles.demo import words
from app.plugins.profiles.models import PhotoRow, ProfileRow
from app.plugins.profiles.store import add_in_bulk

_WRITES, _IS_PRACTISED, _HAS_PHOTO = 0.8, 0.85, 0.7
_SIDE = 240


def fill(work: UnitOfWork, group: DemoGroup) -> None:
    """Let most members of today write their profile, and draw some of them."""
    chance = group.chance("profiles")
    writers = [one for one in group.members_on(group.today) if chance.random() < _WRITES]
    add_in_bulk(work.session, ProfileRow, [_profile(work, group, one, chance) for one in writers])
    drawn = [one for one in writers if chance.random() < _HAS_PHOTO]
    add_in_bulk(work.session, PhotoRow, [_photo(work, group, one, chance) for one in drawn])


def _profile(work: UnitOfWork, group: DemoGroup, member: MemberBrief, chance: Any) -> dict[str, Any]:
    return {
        "group_id": group.group_id,
        "member_id": member.id,
        "talk_to_me_about": chance.choice(words.TALKS),
        "good_fit": chance.choice(words.GOOD_FITS),
        "not_a_good_fit": chance.choice(words.NOT_GOOD_FITS) if chance.random() < 0.6 else "",
        "interests": "\n".join(chance.sample(words.INTERESTS, chance.randrange(2, 5))),
        "how_to_say": words.SAYINGS.get(member.first_name, ""),
        "shows_talk_to_me_about": True,
        "shows_good_fit": True,
        "shows_not_a_good_fit": True,
        "shows_interests": True,
        "is_practised": chance.random() < _IS_PRACTISED,
        "changed_at_utc": work.now,
        "version": 1,
    }


def _photo(work: UnitOfWork, group: DemoGroup, member: MemberBrief, chance: Any) -> dict[str, Any]:
    jpeg = _portrait(chance)
    return {
        "group_id": group.group_id,
        "member_id": member.id,
        "jpeg": jpeg,
        "width": _SIDE,
        "height": _SIDE,
        "mark": sha256(jpeg).hexdigest(),
        "kept_at_utc": work.now,
    }


def _portrait(chance: Any) -> bytes:
    """Return a head and shoulders in plain colours: nobody's face."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  # the demo alone draws; no other start need wait for it

    skin, hair, coat = chance.choice(words.SKINS), chance.choice(words.HAIRS), chance.choice(words.COATS)
    picture = Image.new("RGB", (2 * _SIDE, 2 * _SIDE), chance.choice(words.GROUNDS))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((70, 330, 410, 700), fill=coat)
    draw.rounded_rectangle((205, 280, 275, 380), radius=30, fill=skin)
    draw.ellipse((140, 70, 340, 290), fill=hair)
    draw.ellipse((155, 105, 325, 325), fill=skin)
    if chance.random() < 0.5:
        draw.pieslice((130, 75, 350, 330), start=180, end=360, fill=hair)
        draw.ellipse((170, 150, 310, 325), fill=skin)
    out = BytesIO()
    picture.resize((_SIDE, _SIDE)).save(out, "JPEG", quality=80)
    return out.getvalue()
