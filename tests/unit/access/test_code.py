"""The six digits: drawn, typed, and kept so that the database does not tell them."""

import pytest

from app.core.access.domain.code import CodeKey, address_hash, code_from, code_hash, typed_code

KEY = CodeKey(b"the secret of this house")


def test_a_code_has_six_digits_and_all_ten_of_them_occur() -> None:
    codes = [code_from(str(number)) for number in range(500)]
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert set("".join(codes)) == set("0123456789")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("012345", "012345"),
        (" 012 345 ", "012345"),
        ("012-345", "012345"),
        ("０１２３４５", "012345"),
        ("٠١٢٣٤٥", "012345"),
        ("12345", ""),
        ("1234567", ""),
        ("", ""),
        ("abcdef", ""),
    ],
)
def test_a_code_is_read_however_it_is_grouped_or_written(typed: str, code: str) -> None:
    assert typed_code(typed) == code


def test_what_is_kept_depends_on_the_key_the_address_and_the_code() -> None:
    kept = {
        code_hash(KEY, "ana@x.pt", "012345"),
        code_hash(KEY, "rui@x.pt", "012345"),
        code_hash(KEY, "ana@x.pt", "012346"),
        code_hash(CodeKey(b"another"), "ana@x.pt", "012345"),
        address_hash(KEY, "ana@x.pt"),
    }
    assert len(kept) == 5
