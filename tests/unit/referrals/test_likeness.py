"""Which prospects count as the same."""

import pytest

from app.plugins.referrals.domain.likeness import is_same_prospect


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Café Miramar", "+351 210 000 999"), ("cafe  miramar", "someone@else.example"), True),
        (("Clara Fontes", "+351 210 000 999"), ("Mrs Fontes", "00351-210000999"), True),
        (("Clara Fontes", "Clara@Fontes.example"), ("Fontes", "clara@fontes.example "), True),
        (("Clara Fontes", "+351 210 000 999"), ("Rui Fontes", "+351 210 000 998"), False),
        (("Clara Fontes", "call her"), ("Rui Fontes", "call him"), False),
        (("Bar 1", "112"), ("Bar 2", "112"), True),
        (("山田", "+81 3 1234 5678"), ("鈴木", "+81 3 1234 5679"), False),
    ],
)
def test_same_name_or_same_contact_is_the_same_prospect(
    first: tuple[str, str], second: tuple[str, str], same: bool
) -> None:
    assert is_same_prospect(*first, *second) is same
    assert is_same_prospect(*second, *first) is same
