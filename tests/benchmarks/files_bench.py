"""Photos made fit and small, many files kept, and bombs refused."""

from __future__ import annotations

import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from fieldsales.errors import UserError
from fieldsales.services import photos
from fieldsales.services.importing.reading import read
from fieldsales.services.operations.files import KeepFiles, from_bytes
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Workspace

_COLUMNS = 1_000_000
_FILES = 100


def figures() -> Iterator[dict[str, Any]]:
    large = _photo(12_000, 9_000)
    yield _timed("a photo of 108 megapixels made fit", 2.0, lambda: photos.fitted(large, 2_560))
    yield _timed("its small picture", 0.5, lambda: photos.small(large, 168))
    usual = _photo(4_000, 3_000)
    yield _timed("a photo of 12 megapixels made fit", 1.0, lambda: photos.fitted(usual, 2_560))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        yield from _kept(place)
        yield from _bombs(place)


def _kept(place: Path) -> Iterator[dict[str, Any]]:
    workspace = Workspace.open(place / "data" / "f.db")
    customer = AddRecord("customer", {"name": "海润牧业"})
    workspace.run(customer)
    made = [
        from_bytes(f"{at}.jpg", _photo(300, 200) + at.to_bytes(2), customer_id=customer.row_id)
        for at in range(_FILES)
    ]
    stored = KeepFiles(tuple(one.stored_in(workspace.store.kept) for one in made))
    yield _timed(f"{_FILES} files kept once they are stored", 0.3, lambda: workspace.run(stored))
    workspace.close()


def _bombs(place: Path) -> Iterator[dict[str, Any]]:
    wide = place / "wide.csv"
    wide.write_bytes(b",".join(b"c%d" % at for at in range(_COLUMNS)) + b"\n")
    yield _timed("a CSV of 10^6 columns refused", 2.0, lambda: _refused(wide))
    packed = place / "packed.xlsx"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>" * 25_000_000)
    yield _timed("an XLSX that unpacks to 100 MB refused", 2.0, lambda: _refused(packed))


def _refused(path: Path) -> None:
    with suppress(UserError):
        read(path)
        raise RuntimeError(f"{path.name} was read")


def _photo(wide: int, high: int) -> bytes:
    buffer = BytesIO()
    Image.radial_gradient("L").resize((wide, high)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def _timed(name: str, limit: float, work: Callable[[], object]) -> dict[str, Any]:
    begun = time.perf_counter()
    work()
    took = round(time.perf_counter() - begun, 3)
    return {"name": f"{name}, s", "value": took, "limit": limit, "ratio": None}
