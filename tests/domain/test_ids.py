"""Ids are UUIDv7, in the order they were made whatever the clock does, and never made twice."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from fieldsales.domain.ids import new_id


def test_ids_are_uuids_of_version_7() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    assert made.variant == uuid.RFC_4122
    assert made.version == 7
    assert before <= made.int >> 80
    assert str(made) == str(made).lower()


def test_ids_stay_in_order_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    hour = 3_600 * 10**9
    now = time.time_ns() + hour
    moments = [now, now, now + 1, now - 5 * hour, now - 5 * hour + 1, 0, now + hour]
    made = [new_id()]
    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made += [new_id() for _ in range(5_000)]  # more than fit into a millisecond
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(4) as threads:
        batches = threads.map(lambda _: [new_id() for _ in range(2_000)], range(8))
        made = [row_id for batch in batches for row_id in batch]
    assert len(set(made)) == len(made)
