"""Spoils files of every kind that is read, and looks whether reading them is refused or done.

`python -m tests.fuzz --seconds 300` goes on for so long with each kind, or with those named, and
keeps what was found in `corpus/`, which the suite reads ever after.
"""
