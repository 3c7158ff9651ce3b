"""Who is in a pasted text: every shape people paste, what is doubtful, and that nothing is ever invented."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.access.domain.pasted import Doubt, looked_at, name_from_address, read_pasted

ZERO_WIDTH = "\u200b"

ONE_PERSON = [
    ("ana@x.pt", "Ana", "ana@x.pt"),
    ("ana.sousa@x.pt", "Ana Sousa", "ana.sousa@x.pt"),
    ("Ana Sousa <ana@x.pt>", "Ana Sousa", "ana@x.pt"),
    ('"Sousa, Ana" <ana@x.pt>', "Ana Sousa", "ana@x.pt"),
    ("Sousa, Ana <ana@x.pt>", "Ana Sousa", "ana@x.pt"),
    ("ana@x.pt; Ana Sousa", "Ana Sousa", "ana@x.pt"),
    ("ana@x.pt,Ana Sousa", "Ana Sousa", "ana@x.pt"),
    ("Ana\tSousa\tana@x.pt", "Ana Sousa", "ana@x.pt"),
    ("Ana\tSousa\tana@x.pt\t+351 210 000 111", "Ana Sousa", "ana@x.pt"),
    ("mailto:ana@x.pt", "Ana", "ana@x.pt"),
    ("<mailto:ana@x.pt?subject=hello>", "Ana", "ana@x.pt"),
    ("'ana@x.pt'.", "Ana", "ana@x.pt"),
    ("ana@x.pt,", "Ana", "ana@x.pt"),
    ("ana＠x.pt", "Ana", "ana@x.pt"),
    (f"a{ZERO_WIDTH}na@x.pt", "Ana", "ana@x.pt"),
    ("1. Ana Sousa - ana@x.pt", "Ana Sousa", "ana@x.pt"),
    ("• Ana Sousa: ana@x.pt", "Ana Sousa", "ana@x.pt"),
    ("ana@x.pt <ana@x.pt>", "Ana", "ana@x.pt"),
    ("王伟 <wei@x.cn>", "王伟", "wei@x.cn"),
    ("Søren O'Brien-Østergård <soren@x.dk>", "Søren O'Brien-Østergård", "soren@x.dk"),
]


@pytest.mark.parametrize(("text", "name", "address"), ONE_PERSON)
def test_one_person_is_read_from_any_shape(text: str, name: str, address: str) -> None:
    [person] = read_pasted(text)
    assert (person.name, person.address, person.doubt) == (name, address, None)


SEVERAL = [
    "ana@x.pt\nrui@y.pt\nzed@z.pt",
    "ana@x.pt, rui@y.pt, zed@z.pt",
    "ana@x.pt;rui@y.pt;zed@z.pt",
    "ana@x.pt rui@y.pt zed@z.pt",
    "Ana <ana@x.pt>, Rui <rui@y.pt>; Zed <zed@z.pt>",
    "ana@x.pt; Ana; rui@y.pt; Rui; zed@z.pt; Zed",
    "Ana ana@x.pt Rui rui@y.pt Zed zed@z.pt",
    "Ana\tana@x.pt\r\nRui\trui@y.pt\r\nZed\tzed@z.pt",
    "Name, Email\nAna, ana@x.pt\nRui, rui@y.pt\n\n  \nZed, zed@z.pt\n",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_several_people_are_read_in_their_order(text: str) -> None:
    found = [(person.name, person.address) for person in read_pasted(text)]
    assert found == [("Ana", "ana@x.pt"), ("Rui", "rui@y.pt"), ("Zed", "zed@z.pt")]


DOUBTFUL = [
    ("ana@gmial", "ana@gmial", Doubt.BAD_ADDRESS, "ana@gmail.com"),
    ("ana@gmial.com", "ana@gmial.com", Doubt.UNLIKELY_DOMAIN, "ana@gmail.com"),
    ("ana@gmail.con", "ana@gmail.con", Doubt.UNLIKELY_DOMAIN, "ana@gmail.com"),
    ("ana@hotmial.com", "ana@hotmial.com", Doubt.UNLIKELY_DOMAIN, "ana@hotmail.com"),
    ("ana@x,pt", "ana@x,pt", Doubt.BAD_ADDRESS, "ana@x.pt"),
    ("ana@x, pt", "ana@x, pt", Doubt.BAD_ADDRESS, "ana@x.pt"),
    ("ana@@x.pt", "ana@@x.pt", Doubt.BAD_ADDRESS, ""),
    ("@x.pt", "@x.pt", Doubt.BAD_ADDRESS, ""),
    ("ana.sousa.x.pt", "", Doubt.NO_ADDRESS, ""),
    ("ana (at) x.pt", "", Doubt.NO_ADDRESS, "ana@x.pt"),
    ("Ana Sousa", "", Doubt.NO_ADDRESS, ""),
    ("info@x.pt", "info@x.pt", Doubt.NO_NAME, ""),
]


@pytest.mark.parametrize(("text", "address", "doubt", "suggestion"), DOUBTFUL)
def test_a_doubtful_line_keeps_what_was_typed_and_suggests(
    text: str, address: str, doubt: Doubt, suggestion: str
) -> None:
    [person] = read_pasted(text)
    assert (person.typed, person.address, person.doubt, person.suggestion) == (
        text,
        address,
        doubt,
        suggestion,
    )


@pytest.mark.parametrize(
    "domain", ["gmail.com", "gmx.at", "yahoo.co.uk", "harbour.example", "mill.pt", "x.pt"]
)
def test_a_domain_of_its_own_is_no_slip(domain: str) -> None:
    [person] = read_pasted(f"Ana <ana@{domain}>")
    assert (person.doubt, person.suggestion) == (None, "")


@pytest.mark.parametrize("text", ["", "\n\n", "  ,;\t ", "Name\tE-Mail", "12345", "-"])
def test_a_text_without_people_is_nobody(text: str) -> None:
    assert read_pasted(text) == ()


@pytest.mark.parametrize(
    ("address", "name"),
    [("ana.maria-sousa@x.pt", "Ana Maria Sousa"), ("ana2+x@x.pt", "Ana"), ("office@x.pt", "")],
)
def test_a_name_is_guessed_from_the_address(address: str, name: str) -> None:
    assert name_from_address(address) == name


def test_an_edited_line_is_looked_at_again() -> None:
    assert looked_at("Ana", "ana@x.pt").doubt is None
    assert looked_at("", "ana@x.pt").doubt is Doubt.NO_NAME
    assert looked_at("Ana", "nothing").doubt is Doubt.NO_ADDRESS


PIECES = [*"ab.é@,;\t\n <>\"'()[]?:1-", "ana@x.pt", "Ana", "＠", ZERO_WIDTH, "王", "mailto:"]
PASTES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(PASTES | st.text(max_size=200))
def test_nothing_that_can_be_pasted_raises_or_makes_an_address_up(text: str) -> None:
    seen = text.replace("＠", "@")
    bare = "".join(letter for letter in seen if unicodedata.category(letter) != "Cf" and letter != "\u00ad")
    for person in read_pasted(text):
        kept = "".join(letter for letter in person.address if unicodedata.category(letter) != "Cf")
        assert kept in bare
        assert person.name.isprintable()


@given(
    st.lists(st.sampled_from(["ana", "rui", "zed", "lea", "tom"]), max_size=12),
    st.sampled_from(["\n", ", ", ";", "\t", " "]),
)
def test_addresses_come_out_as_many_and_in_the_order_they_went_in(names: list[str], between: str) -> None:
    addresses = [f"{name}{number}@x{number}.pt" for number, name in enumerate(names)]
    assert [person.address for person in read_pasted(between.join(addresses))] == addresses
