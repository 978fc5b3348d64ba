"""A disk as strace tells of it: what is on it for sure, and what may be there after a power cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

CALLS = (
    "openat,open,creat,close,dup,lseek,read,write,pwrite64,ftruncate,sendfile,copy_file_range,"
    "fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
)
_CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"(\d+) +(\w+\(.*?),? *<unfinished \.\.\.>")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>,? ?(.*)")
_SECTOR = 512  # bytes that a disk writes whole or not at all


@dataclass(slots=True)
class _File:
    """What programs see of a file, what of it is on the disk, and what is only on its way: bytes
    at an offset, or where it ends (None).
    """

    seen: bytearray
    synced: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, at: int, content: bytes) -> None:
        _write(self.seen, at, content)
        self.waiting.append((at, content))

    def cut(self, size: int) -> None:
        _cut(self.seen, size)
        self.waiting.append((size, None))

    def sync(self) -> None:
        self.synced = bytes(self.seen)
        self.waiting.clear()

    def after_cut(self, chance: Random) -> bytes:
        """What was synced, and of the rest none, all, the first, some, or some sectors."""
        found = bytearray(self.synced)
        way = chance.choice(("none", "all", "first", "some", "torn"))
        if way == "none":
            return bytes(found)
        last = chance.randrange(len(self.waiting) + 1)
        for number, (at, content) in enumerate(self.waiting):
            if (way == "first" and number >= last) or (way == "some" and chance.random() < 0.5):
                continue
            if content is None:
                _cut(found, at)
            elif way != "torn":
                _write(found, at, content)
            else:
                for start in range(0, len(content), _SECTOR):
                    if chance.random() < 0.5:
                        _write(found, at + start, content[start : start + _SECTOR])
        return bytes(found)


@dataclass(slots=True)
class _Open:
    """An open file, or a folder by its name."""

    file: _File | None
    folder: str = ""
    at: int = 0
    appends: bool = False


class Disk:
    """One folder and all below it, as a program changes it. Folders themselves are there at once."""

    def __init__(self, before: Path, root: Path) -> None:
        """`before` holds what is there at first of what the program finds in `root`."""
        self._root = str(root)
        self._open: dict[int, _Open] = {}
        self._names: dict[str, _File] = {}
        self._synced: dict[str, _File] = {}
        self._changes: list[dict[str, _File | None]] = []  # of names, not synced
        for path in before.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                name = str(root / path.relative_to(before))
                self._names[name] = _File(bytearray(content), content)
        self._synced.update(self._names)

    def content(self, path: Path) -> bytes:
        """What programs saw of a file; b'' if there was none."""
        file = self._names.get(str(path))
        return bytes(file.seen) if file else b""

    def after_cut(self, chance: Random) -> dict[Path, bytes]:
        """What may be there after a power cut at this moment."""
        names = dict(self._synced)
        for change in self._changes[: chance.randrange(len(self._changes) + 1)]:
            _change(names, change)
        return {Path(name): file.after_cut(chance) for name, file in names.items()}

    def do(self, name: str, given: list[str], result: int) -> bool:
        """Does what a call did; whether that makes another disk of it."""
        if result < 0:
            return False
        if name in ("openat", "open", "creat"):
            return self._open_file(name, given, result)
        if name == "close":
            self._open.pop(int(given[0]), None)
            return False
        if name == "dup":
            if int(given[0]) in self._open:
                self._open[result] = self._open[int(given[0])]
            return False
        if name.startswith(("rename", "link", "unlink")):
            return self._rename(name, given)
        return self._use(name, given, result)

    def _open_file(self, name: str, given: list[str], number: int) -> bool:
        folder, path, flags = given[:3] if name == "openat" else ("AT_FDCWD", *given[:2])
        if name == "creat":
            flags = "O_CREAT|O_TRUNC"
        self._open.pop(number, None)
        path = self._path(folder, path)
        if not path:
            return False
        if "O_DIRECTORY" in flags or self._is_folder(path):
            self._open[number] = _Open(None, path)
            return False
        if path not in self._names:
            if "O_CREAT" not in flags:
                return False
            self._change_names({path: _File(bytearray())})
        file = self._names[path]
        if "O_TRUNC" in flags and file.seen:
            file.cut(0)
        self._open[number] = _Open(file, appends="O_APPEND" in flags)
        return True

    def _is_folder(self, path: str) -> bool:
        return any(name.startswith(f"{path}/") for name in self._names)

    def _use(self, name: str, given: list[str], result: int) -> bool:
        used = self._open.get(int(given[0]))
        if name == "copy_file_range":  # from, its offset, to, its offset
            source, used = used, self._open.get(int(given[2]))
        elif name == "sendfile":  # to, from, its offset
            source = self._open.get(int(given[1]))
        if used is None:
            return False
        if name in ("fsync", "fdatasync"):
            self._sync(used)
            return True
        if used.file is None:
            return False
        if name == "lseek":
            used.at = result
        elif name == "read":
            used.at += result
        elif name == "pwrite64":
            used.file.write(int(given[3]), _bytes(given[1])[:result])
        elif name == "ftruncate":
            used.file.cut(int(given[1]))
        elif name == "write":
            self._append(used, _bytes(given[1])[:result])
        elif source is not None and source.file is not None and result:
            told = re.match(r"\[(\d+)\]", given[1] if name == "copy_file_range" else given[2])
            start = int(told[1]) if told else source.at
            if not told:
                source.at += result
            self._append(used, bytes(source.file.seen[start : start + result]))
        return name not in ("lseek", "read")

    def _append(self, used: _Open, content: bytes) -> None:
        assert used.file is not None
        if used.appends:
            used.at = len(used.file.seen)
        used.file.write(used.at, content)
        used.at += len(content)

    def _sync(self, used: _Open) -> None:
        if used.file is not None:
            used.file.sync()
            return
        waiting = []
        for change in self._changes:
            if any(str(Path(name).parent) == used.folder for name in change):
                _change(self._synced, change)
            else:
                waiting.append(change)
        self._changes = waiting

    def _rename(self, name: str, given: list[str]) -> bool:
        at = name.endswith(("at", "at2"))
        pairs = list(zip(given[::2], given[1::2], strict=False)) if at else []
        paths = [self._path(*pair) for pair in pairs] if at else []
        if not at:
            paths = [self._path("AT_FDCWD", one) for one in given]
        source = self._names.get(paths[0])
        if source is None:
            return False
        change: dict[str, _File | None] = {} if name.startswith("link") else {paths[0]: None}
        if not name.startswith("unlink"):
            change[paths[1]] = source
        self._change_names(change)
        return True

    def _change_names(self, change: dict[str, _File | None]) -> None:
        _change(self._names, change)
        self._changes.append(change)

    def _path(self, folder: str, told: str) -> str:
        """A whole path below the root; '' of any other."""
        path = _bytes(told).decode()
        if not path.startswith("/") and folder != "AT_FDCWD":
            base = self._open.get(int(folder))
            path = f"{base.folder}/{path}" if base else path
        return path if path.startswith(f"{self._root}/") else ""


def calls(trace: Path) -> Iterator[tuple[str, list[str], int]]:
    """(name, arguments, result) of each call, in the order in which they ended."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            if unfinished := _UNFINISHED.match(line):
                begun[unfinished[1]] = unfinished[2]
                continue
            call = _CALL.match(line)
            if resumed := _RESUMED.match(line):  # another thread was told of in between
                start = begun.pop(resumed[1], "")
                more = "" if start.endswith("(") or resumed[2].startswith(")") else ", "
                call = _CALL.match(f"{resumed[1]} {start}{more}{resumed[2]}")
            if call:
                yield call[2], call[3].split(", "), int(call[4])


def put(content: dict[Path, bytes]) -> None:
    """Writes the files of a disk where they belong."""
    for path, one in content.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one)


def _change(names: dict[str, _File], change: dict[str, _File | None]) -> None:
    for name, file in change.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _write(content: bytearray, at: int, new: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(new)] = new


def _cut(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def _bytes(told: str) -> bytes:
    """A text of strace, all of it in hexadecimal."""
    return bytes.fromhex(told.partition('"')[2].partition('"')[0].replace("\\x", ""))
