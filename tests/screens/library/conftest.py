"""The library tab on a real file."""

from __future__ import annotations

from fieldsales.screens import library
from tests.screens.sections import Shown, shower
from tests.screens.sections import ShowSection as ShowLibrary

__all__ = ["ShowLibrary", "Shown", "show_library"]

show_library = shower(library, "show_library")
