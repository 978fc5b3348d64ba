"""Finds the modules of a walked folder, so that adding one is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules(package: ModuleType, *, folders: bool = False) -> list[ModuleType]:
    """Every public module or subpackage directly inside `package`, by name; or only the folders."""
    names = sorted(
        found.name
        for found in pkgutil.iter_modules(package.__path__)
        if not found.name.startswith("_") and (found.ispkg or not folders)
    )
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]
