"""One's own profile: written on one screen, shown as chosen, with a photo and a recording that members alone get."""

from io import BytesIO

import pytest
from PIL import Image

from app.plugins.profiles.domain.sound import MOST_BYTES
from tests.support.profiles import SHOWN, Tellers, picture, tellers
from tests.support.sounds import mp4, ogg, webm
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Tellers:
    return tellers(world)


def test_what_a_member_writes_stands_on_their_page_as_they_chose(group: Tellers) -> None:
    assert "Write your own words" in group.page_of(group.ana, group.ana)
    assert "In their own words" not in group.page_of(group.ben, group.ana)
    assert group.tell(group.ana, shows_not_a_good_fit=None).status_code == 303
    text = group.page_of(group.ben, group.ana)
    for said in ("In their own words", "Old lighthouses", "Small hotels", "jazz, chess", "say: AH-na"):
        assert said in text
    assert "Rush jobs" not in text
    assert "Rush jobs" in group.get(group.ana, "/own").text
    assert "Change your words" in group.page_of(group.ana, group.ana)


def test_a_profile_that_shows_nothing_is_no_panel_for_others(group: Tellers) -> None:
    hidden: dict[str, None] = dict.fromkeys(SHOWN)
    assert group.tell(group.ana, how_to_say="", **hidden).status_code == 303
    assert "In their own words" not in group.page_of(group.ben, group.ana)


def test_a_refused_profile_keeps_what_was_typed_and_changes_nothing(group: Tellers) -> None:
    group.tell(group.ana)
    long = "Lighthouse " * 60
    answer = group.tell(
        group.ana, talk_to_me_about=long, good_fit="Inns", photo=b"no picture", sound=b"noise"
    )
    assert answer.status_code == 422
    for said in ("Please shorten this", "cannot be read as a picture", "cannot be played everywhere", "Inns"):
        assert said in answer.text
    assert long.strip() in answer.text
    assert "Small hotels" in group.page_of(group.ben, group.ana)
    assert group.world.rows("profiles_photo") == 0


def test_a_change_in_another_window_is_not_overwritten_unseen(group: Tellers) -> None:
    group.tell(group.ana)
    late = group.tell(group.ana, version="0", talk_to_me_about="Trams")
    assert late.status_code == 422
    assert "in another window" in late.text
    assert "Trams" in late.text
    assert 'value="1"' in late.text
    assert "Old lighthouses" in group.page_of(group.ben, group.ana)


def test_a_double_tap_keeps_one_version(group: Tellers) -> None:
    for _tap in range(2):
        assert group.tell(group.ana, form_token="same", version="0").status_code == 303
    assert group.version(group.ana) == 1


def test_interests_of_others_are_suggested_and_spelled_alike(group: Tellers) -> None:
    group.tell(group.ben, interests="Old maps, chess")
    group.tell(group.eva, interests="chess", shows_interests=None)
    text = group.get(group.ana, "/own").text
    assert 'value="Old maps"' in text
    group.tell(group.ana, interests="OLD MAPS", also="chess")
    assert "Old maps, chess" in group.page_of(group.ben, group.ana)


def test_a_photo_is_redrawn_and_sent_to_members_alone(group: Tellers) -> None:
    with_place = Image.Exif()
    with_place[0x010E] = "taken at home"
    raw = picture("JPEG", (2400, 1200), exif=with_place)
    assert group.tell(group.ana, photo=raw).status_code == 303
    address = f"/photos/{group.ana.public_id}"
    answer = group.get(group.ben, address)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"taken at home" not in answer.data
    assert Image.open(BytesIO(answer.data)).size == (640, 320)
    again = group.world.client(group.ben).get(
        f"/g/harbour/profiles{address}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert group.get(None, address).status_code == 303
    other = group.world.group("upriver", plugins=("profiles",))
    stranger = group.world.member(other, "Noa Pier")
    assert group.get(stranger, address).status_code == 404
    assert group.world.client(stranger).get(f"/g/upriver/profiles{address}").status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "JPEG"])
def test_a_photo_may_be_of_any_usual_kind(group: Tellers, kind: str) -> None:
    assert group.tell(group.ana, photo=picture(kind)).status_code == 303
    assert f"/photos/{group.ana.public_id}" in group.page_of(group.ben, group.ana)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (picture()[:200], "cannot be read as a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as a picture"),
        (b"\x00" * 400_000, "cannot be read as a picture"),
        (picture(size=(4, 400)), "too small"),
        (picture("PNG", (12_000, 6_000)), "larger than any photo"),
    ],
    ids=["truncated", "vector", "zeros", "a line", "a bomb"],
)
def test_a_hostile_photo_is_refused_kindly_and_no_word_is_lost(group: Tellers, raw: bytes, said: str) -> None:
    answer = group.tell(group.ana, photo=raw)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Old lighthouses" in answer.text
    assert group.world.rows("profiles_photo") == 0


@pytest.mark.parametrize(
    ("raw", "kind", "ending"),
    [(webm(), "audio/webm", "webm"), (ogg(), "audio/ogg", "ogg"), (mp4(), "audio/mp4", "m4a")],
    ids=["webm", "ogg", "mp4"],
)
def test_a_recording_is_sent_under_a_type_of_ours(group: Tellers, raw: bytes, kind: str, ending: str) -> None:
    assert group.tell(group.ana, sound=raw).status_code == 303
    address = f"/recordings/{group.ana.public_id}"
    answer = group.get(group.ben, address)
    assert (answer.data, answer.mimetype) == (raw, kind)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="name.{ending}"'
    part = group.world.client(group.ben).get(f"/g/harbour/profiles{address}", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, raw[:4])
    assert group.get(None, address).status_code == 303
    assert "<audio" in group.page_of(group.ben, group.ana)


def test_a_long_or_heavy_recording_is_refused(group: Tellers) -> None:
    assert "lasts 60 seconds" in group.tell(group.ana, sound=ogg(60)).text
    heavy = group.tell(group.ana, sound=webm() + b"\xec\x41\x00" + bytes(MOST_BYTES))
    assert heavy.status_code == 422
    assert "too large" in heavy.text


def test_photo_and_recording_are_taken_away_in_one_tap_each(group: Tellers) -> None:
    group.tell(group.ana, photo=picture(), sound=webm())
    group.tell(group.ben, photo=picture())
    for part, folder in (("photo", "photos"), ("recording", "recordings")):
        assert f"Remove the {part}" in group.get(group.ana, "/own").text
        assert group.press(group.ana, f"/own/{part}/remove").status_code == 303
        assert group.get(group.ben, f"/{folder}/{group.ana.public_id}").status_code == 404
    assert group.press(group.ana, "/own/photo/remove").status_code == 303
    assert group.get(group.ana, f"/photos/{group.ben.public_id}").status_code == 200
    assert "Old lighthouses" in group.page_of(group.ben, group.ana)


def test_the_microphone_is_allowed_on_this_page_alone(group: Tellers) -> None:
    assert "microphone=(self)" in group.get(group.ana, "/own").headers["Permissions-Policy"]
    assert "microphone=()" in group.get(group.ana, "/").headers["Permissions-Policy"]
    assert "media-src 'self'" in group.get(group.ana, "/").headers["Content-Security-Policy"]


def test_names_with_markup_stay_words(group: Tellers) -> None:
    group.tell(group.ana, talk_to_me_about="<b>bold</b>", how_to_say="<i>AH</i>", interests="<u>u</u>")
    text = group.page_of(group.ben, group.ana)
    for tag in ("<b>bold", "<i>AH", "<u>u"):
        assert tag not in text
    assert "&lt;b&gt;bold" in text
