"""What kind of recording it is and how long it lasts is told by its bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plugins.profiles.domain.sound import (
    MOST_BYTES,
    SoundKind,
    kind_of,
    refusals_for_sound,
    seconds_of,
)
from tests.support.sounds import mp4, ogg, webm

MAKERS = ((webm, SoundKind.WEBM), (ogg, SoundKind.OGG), (mp4, SoundKind.MP4))


@pytest.mark.parametrize(("make", "kind"), MAKERS)
def test_kind_and_length_are_read_from_the_bytes(make: object, kind: SoundKind) -> None:
    assert callable(make)
    for seconds in (1.0, 2.5, 9.0):
        raw = make(seconds)
        assert kind_of(raw) is kind
        assert seconds_of(raw, kind) == pytest.approx(seconds, abs=0.05)
        assert refusals_for_sound(raw) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"\xff\xd8\xff\xe0JFIF",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"OggS" + bytes(60),
        webm(kind=b"matroska"),
        mp4(brand=b"qt  "),
        b"ID3\x04",
    ],
)
def test_what_is_no_recording_of_a_known_kind_is_refused(raw: bytes) -> None:
    assert [one.code for one in refusals_for_sound(raw)] == ["profiles.sound_unknown"]


@pytest.mark.parametrize(("make", "_kind"), MAKERS)
def test_long_and_large_ones_are_refused_with_both_reasons(make: object, _kind: SoundKind) -> None:
    assert callable(make)
    raw = make(60.0)
    assert [one.code for one in refusals_for_sound(raw)] == ["profiles.sound_too_long"]
    heavy = webm(60.0) + b"\xec\x41\x00" + bytes(MOST_BYTES)
    assert [one.code for one in refusals_for_sound(heavy)] == [
        "profiles.sound_too_large",
        "profiles.sound_too_long",
    ]


def test_a_recording_of_unknown_length_is_bounded_by_its_size() -> None:
    streamed = mp4(0)
    assert seconds_of(streamed, SoundKind.MP4) is None
    assert refusals_for_sound(streamed) == []


@settings(max_examples=60, deadline=None)
@given(head=st.sampled_from([webm(), ogg(), mp4()]), tail=st.binary(max_size=80), cut=st.integers(0, 60))
def test_no_bytes_break_the_reading(head: bytes, tail: bytes, cut: int) -> None:
    for raw in (head[:cut] + tail, head + tail):
        kind = kind_of(raw)
        if kind is not None:
            seconds_of(raw, kind)
        refusals_for_sound(raw)
