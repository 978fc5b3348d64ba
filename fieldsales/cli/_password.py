"""Where a command gets a password: a file, the environment, or who sits at the terminal."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from fieldsales.cli._parser import language_of
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services import passwords
from fieldsales.store.sealing import Key
from fieldsales.words import Words

VARIABLE = "FIELDSALES_PASSWORD"


def key_of(args: argparse.Namespace, path: Path) -> Key | None:
    """What opens a file; None if it asks for no password.

    Raises EnvironmentProblem: "store.sealed" if there is nobody to ask, or the password is wrong.
    """
    if not passwords.is_locked(path):
        return None
    typed = given(args)
    if typed is None:
        typed = _asked(args, "cli.password.ask")
    if typed is None:
        raise EnvironmentProblem("store.sealed", path=str(path))
    return passwords.unlock(path, typed)


def given(args: argparse.Namespace) -> str | None:
    """The password by `--password-file` or the environment; None without one."""
    if args.password_file is not None:
        return read(args.password_file)
    return os.environ.get(VARIABLE)


def read(path: Path) -> str:
    """The first line of a file; raises UserError if it cannot be read."""
    try:
        return (path.read_text(encoding="utf-8-sig").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("cli.password.unreadable", path=str(path)) from error


def new(args: argparse.Namespace) -> str:
    """A password to be set, typed twice where it is typed; raises UserError if there is none."""
    if args.new_password_file is not None:
        return read(args.new_password_file)
    first = _asked(args, "cli.password.ask_new")
    if first is None:
        raise UserError("cli.password.needed")
    if _asked(args, "cli.password.ask_again") != first:
        raise UserError("lock.differ")
    return first


def _asked(args: argparse.Namespace, key: str) -> str | None:
    if args.json or sys.stdin is None or not sys.stdin.isatty():
        return None
    words = Words(language_of(args.lang, dict(os.environ)))
    try:
        return getpass.getpass(words(key))
    except EOFError:
        return None
