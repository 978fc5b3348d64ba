"""Checklists (M13, M26, M29d, M29f, M35, M38, M45): methods that are data alone."""
