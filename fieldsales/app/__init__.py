"""Builds everything once and wires it: the window, its actions, language, theme, crash report."""
