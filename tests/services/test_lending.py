"""The lock of a lent laptop."""

from __future__ import annotations

from fieldsales.services.lending import Lock


def test_only_the_same_password_opens() -> None:
    lock = Lock.of("芝麻开门")
    assert lock.opens("芝麻开门")
    for other in ("", "芝麻开", "芝麻開門", "芝麻开门 ", "\ud800"):
        assert not lock.opens(other)


def test_two_locks_of_one_password_have_nothing_in_common() -> None:
    one, other = Lock.of("open sesame"), Lock.of("open sesame")
    assert one.salt != other.salt
    assert one.digest != other.digest
    assert "sesame" not in one.salt + one.digest


def test_a_damaged_lock_opens_by_nothing() -> None:
    whole = Lock.of("open sesame")
    for damaged in (Lock("", ""), Lock("zz", whole.digest), Lock(whole.salt, "é")):
        assert not damaged.opens("open sesame")
        assert not damaged.opens("")
