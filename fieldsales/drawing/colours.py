"""The roles colours play in pictures, and what they look like on paper.

On screen the theme files give the same roles other values.
"""

from __future__ import annotations

from collections.abc import Mapping

PAPER: Mapping[str, str] = {
    "ink": "#1A1F23",
    "ink-2": "#4A545B",
    "ink-3": "#69737A",
    "paper": "#FFFFFF",
    "paper-2": "#F3F5F6",
    "paper-3": "#E6EAEC",
    "hairline": "#D5DADD",
    "line": "#A9B2B8",
    "accent": "#0A6C80",
    "accent-soft": "#E1F0F3",
    "good": "#22703A",
    "warn": "#875200",
    "bad": "#B0261E",
    "quadrant-a": "#1F5FA8",
    "quadrant-b": "#2A7039",
    "quadrant-c": "#AE2F37",
    "quadrant-d": "#7A5A00",
    "quadrant-a-soft": "#E2ECF8",
    "quadrant-b-soft": "#E2F1E5",
    "quadrant-c-soft": "#FAE5E6",
    "quadrant-d-soft": "#FAF0CC",
}
