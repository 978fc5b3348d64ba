"""Chinese names part where a reader would part them."""

from __future__ import annotations

import pytest

from fieldsales.domain.person_name import name_parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王建国", ("王", "建国")),
        ("欧阳春", ("欧阳", "春")),
        ("诸葛", ("诸", "葛")),
        ("王", ("", "王")),
        ("O'Brien, John", ("", "O'Brien, John")),
        ("", ("", "")),
    ],
)
def test_names_in_parts(name: str, parts: tuple[str, str]) -> None:
    assert name_parts(name) == parts
