"""The pitch tab on a real file."""

from __future__ import annotations

from fieldsales.screens import pitch
from tests.screens.sections import Shown, shower
from tests.screens.sections import ShowSection as ShowPitch

__all__ = ["ShowPitch", "Shown", "show_pitch"]

show_pitch = shower(pitch, "show_pitch")
