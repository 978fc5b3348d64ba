"""A long statement on a thread of its own, while this one goes on with work that is Python's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Does `work` while the block runs, which must leave the file alone; raises what it raised.

    It pays where most of `work` is SQLite's, which needs Python only to begin and to end.
    """
    trouble: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            trouble.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if trouble:
        raise trouble[0]
