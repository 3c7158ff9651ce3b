"""What people wrote to their chat, in five languages and the shapes of several apps: whose is it, and what does it say?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.domain.apologies import (
    LONGEST_QUOTE,
    KnownMember,
    intent_of,
    proposals_from,
)
from app.plugins.attendance.domain.chat_text import messages_in, visible

ANA_S = KnownMember(key="ana-s", name="Ana Sousa", first_name="Ana")
ANA_C = KnownMember(key="ana-c", name="Ana Costa", first_name="Ana")
BEN = KnownMember(key="ben", name="Ben Ferreira", first_name="Ben")
CARLA = KnownMember(key="carla", name="Carla Nunes", first_name="Carla")
WILL = KnownMember(key="will", name="Will Østergård", first_name="Will")
JOSE = KnownMember(key="jose", name="José Álvares", first_name="José")
MEMBERS = (ANA_S, ANA_C, BEN, CARLA, WILL, JOSE)

AWAY, LATE, SUBSTITUTE = Intent.APOLOGIES, Intent.LATE, Intent.SUBSTITUTE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Sorry, I can't come today", AWAY),
        ("I cannot make it tomorrow", AWAY),
        ("won’t be there, sick", AWAY),
        ("I have to miss this one", AWAY),
        ("running late", LATE),
        ("stuck, 10 min late", LATE),
        ("I'll be there around 7:30", LATE),
        ("Ich kann heute leider nicht kommen", AWAY),
        ("bin krank", AWAY),
        ("Ich verspäte mich um 10 Minuten", LATE),
        ("stehe im Stau", LATE),
        ("Hoy no puedo ir", AWAY),
        ("estoy enferma", AWAY),
        ("Llego tarde, hay atasco", LATE),
        ("Je ne peux pas venir ce matin", AWAY),
        ("je suis malade", AWAY),
        ("Je serai en retard", LATE),
        ("Bom dia, hoje não posso ir", AWAY),
        ("Não consigo estar, estou doente", AWAY),
        ("Vou chegar atrasado", LATE),
        ("Good morning everybody 👋", None),
        ("I won't be late!", None),
        ("not late today", None),
        ("komme nicht zu spät", None),
        ("I can't come on time, running late", None),
        ("", None),
    ],
)
def test_words_of_five_languages(text: str, intent: Intent | None) -> None:
    assert intent_of(text)[0] is intent


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I can't come, Maria Lopes is coming for me", "Maria Lopes"),
        ("sub: Rita Melo", "Rita Melo"),
        ("I'm sending Tom O'Neill, thanks", "Tom O'Neill"),
        ("Karl Meier vertritt mich heute", "Karl Meier"),
        ("Ich schicke Petra Vogt", "Petra Vogt"),
        ("No puedo, en mi lugar va Pedro Ruiz.", "Pedro Ruiz"),
        ("Viene Lucía: Lucía Gil viene por mí", "Lucía Gil"),
        ("J’envoie Paul Dupont", "Paul Dupont"),
        ("Zoé Martin vient à ma place", "Zoé Martin"),
        ("A Joana Reis vai por mim", "Joana Reis"),
        ("Vai o Rui Melo em meu lugar: o Rui Melo vem por mim", "Rui Melo"),
        ("my substitute is coming", ""),
    ],
)
def test_substitute_with_the_name_of_who_comes(text: str, name: str) -> None:
    assert intent_of(text) == (SUBSTITUTE, name)


def test_sending_something_else_is_no_substitute() -> None:
    assert intent_of("sending the file later") == (None, "")


@pytest.mark.parametrize(
    ("pasted", "fitting"),
    [
        ("Bom dia, hoje não posso ir – Carla", ("carla",)),
        ("can't come today. Ben", ("ben",)),
        ("can't come today – Ana", ("ana-s", "ana-c")),
        ("can't come today – Ana Costa", ("ana-c",)),
        ("Ana S: can't come today", ("ana-s",)),
        ("Jose: no puedo ir", ("jose",)),
        ("will be late", ()),
        ("Will here, running late", ("will",)),
        ("Ana Sousa and Ben can't come", ("ana-s", "ben")),
        ("+351 912 345 678: can't come", ()),
        ("Ben Ferreira is coming for me – Carla", ("carla",)),
        ("somebody can't come", ()),
    ],
)
def test_whose_it_is_and_never_a_silent_guess(pasted: str, fitting: tuple[str, ...]) -> None:
    (proposal,) = proposals_from(pasted, MEMBERS)
    assert proposal.fitting == fitting
    assert proposal.member == (fitting[0] if len(fitting) == 1 else "")


@pytest.mark.parametrize(
    "line",
    [
        "[24/11/26, 06:12:33] Ben Ferreira: stuck",
        "\u200e[24/11/26, 06:12:33] Ben Ferreira: stuck",
        "[24/11/26, 6:12:33\u202fAM] Ben Ferreira: stuck",
        "24/11/2026, 06:12 - Ben Ferreira: stuck",
        "11/24/26, 6:12\u202fAM - Ben Ferreira: stuck",
        "24.11.26, 06:12 - Ben Ferreira: stuck",
        "[2026-11-24 06:12] Ben Ferreira: stuck",
        "Ben Ferreira, [24.11.2026 06:12]: stuck",
        "Ben Ferreira, [24 Nov 2026 at 06:12:33]:\nstuck",
        "Ben Ferreira (06:12): stuck",
        "Ben Ferreira: stuck",
        "[06:12] ~Ben Ferreira: stuck 😩",
    ],
)
def test_shapes_of_several_chats(line: str) -> None:
    (proposal,) = proposals_from(line, MEMBERS)
    assert (proposal.fitting, proposal.intent) == (("ben",), LATE)


def test_messages_of_one_paste_are_told_apart_and_system_lines_left_out() -> None:
    pasted = (
        "[24/11/26, 06:00:00] Messages and calls are end-to-end encrypted.\n"
        "[24/11/26, 06:12:33] Ben Ferreira: Hello,\nsorry,\n\nI can't come\n"
        "[24/11/26, 06:13:00] Carla Nunes: Rui Melo comes for me\n"
    )
    first, second = proposals_from(pasted, MEMBERS)
    assert (first.member, first.intent) == ("ben", AWAY)
    assert (second.member, second.intent, second.substitute_name) == ("carla", SUBSTITUTE, "Rui Melo")


def test_plain_lines_are_told_apart_by_signature_and_paragraph() -> None:
    pasted = "Bom dia,\nhoje não posso ir\n– Carla\nstuck, sorry. Ben\n\nestou doente – José\n"
    found = [(one.member, one.intent) for one in proposals_from(pasted, MEMBERS)]
    assert found == [("carla", AWAY), ("ben", LATE), ("jose", AWAY)]


def test_emojis_alone_stay_open() -> None:
    (proposal,) = proposals_from("Ben Ferreira: 🤒🤒", MEMBERS)
    assert (proposal.member, proposal.intent) == ("ben", None)


PIECES = st.sampled_from(
    ["Ben", "Ana Sousa", ": ", " – ", "\n", "\n\n", "late", "can't come", "sub:", "[24/11/26, 06:12] ", "[", "]", "Rui", "👍", "\u200e", "vai", "por mim", "(", ".*", "\x00"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_read_without_failing_and_each_proposal_quotes_it(pasted: str) -> None:
    said = "".join(visible(pasted).split())
    for proposal in proposals_from(pasted, MEMBERS):
        assert len(proposal.quote) <= LONGEST_QUOTE
        assert proposal.quote.strip()
        assert "".join(proposal.quote.split())[:40] in said
        assert set(proposal.fitting) <= {member.key for member in MEMBERS}
        assert proposal.intent is SUBSTITUTE or not proposal.substitute_name


def test_long_and_malicious_text_is_read_quickly() -> None:
    for pasted in ("- " * 20_000, "late " * 20_000, "A: " * 20_000, "kann " * 9_000, "[1/1/1 " * 9_000):
        assert len(messages_in(pasted)) <= 200
        proposals_from(pasted, MEMBERS)
