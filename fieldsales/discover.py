"""Finds the modules of a walked folder, so that adding one is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def names(package: ModuleType, *, folders: bool = False) -> list[str]:
    """What every public module or subpackage directly inside `package` is called, in order; or only
    the folders. None is imported for it.
    """
    return sorted(
        found.name
        for found in pkgutil.iter_modules(package.__path__)
        if not found.name.startswith("_") and (found.ispkg or not folders)
    )


def modules(package: ModuleType, *, folders: bool = False) -> list[ModuleType]:
    """The modules of these names."""
    return [
        importlib.import_module(f"{package.__name__}.{name}")
        for name in names(package, folders=folders)
    ]
