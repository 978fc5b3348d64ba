"""Start: arguments, log file, crash report; hands over to a command or to the window."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
import traceback
from collections.abc import Iterator

from fieldsales.cli import WRONG_USAGE, Output, log_file
from fieldsales.cli._output import BUG, settle_streams
from fieldsales.cli._parser import Parser, language_of, split
from fieldsales.cli._password import given
from fieldsales.discover import names
from fieldsales.errors import Told
from fieldsales.words import Words

COMMAND_PACKAGES = ("fieldsales.cli", "fieldsales.app.commands")

log = logging.getLogger(__name__)


def main(given: list[str] | None = None) -> int:
    """Runs one command, or the window; returns the exit code."""
    settle_streams()
    name, rest, asked = split(sys.argv[1:] if given is None else given)
    words = Words(language_of(asked, dict(os.environ)))
    out = Output(words, as_json="--json" in rest)
    known = commands()
    if name is not None and name not in known:
        return unknown(name, known, out)
    with log_file() as logged:
        try:
            return command(name, known[name], rest, out) if name else window(known, rest, out)
        except Told as trouble:
            log.warning("%s", trouble.code)  # its values may be what a customer is called
            return out.refuse(trouble)
        except KeyboardInterrupt:
            return 130
        except BrokenPipeError:  # the reader (`| head`) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except Exception:
            log.critical("crash in %s", name or "window", exc_info=True)
            if logged:
                out.note(words("usage.crashed", path=logged))
            else:
                out.note(words("usage.crashed_bare"))
                traceback.print_exc()
            return BUG


def commands() -> dict[str, str]:
    """Command name -> module, found by walking; none is imported for it."""
    return {
        name.rstrip("_").replace("_", "-"): f"{package}.{name}"
        for package in COMMAND_PACKAGES
        for name in names(importlib.import_module(package))
    }


def command(name: str, module_name: str, rest: list[str], out: Output) -> int:
    module = importlib.import_module(module_name)
    parser = Parser(f"fieldsales {name}", out.words, module.HELP)
    module.arguments(parser)
    parser.add_global_options()
    code: int = module.run(parser.parse_args(rest), out)
    if sys.stdout is not None:  # as it is in a windowed program
        sys.stdout.flush()
    return code


def window(known: dict[str, str], rest: list[str], out: Output) -> int:
    parser = Parser("fieldsales", out.words, "usage.about")
    parser.add_global_options()
    if {"-h", "--help"} & set(rest):
        parser.add_list("usage.commands", lambda: command_list(known, out.words))
        out.say(parser.format_help().rstrip())
        return 0
    args = parser.parse_args(rest)
    if no_display():
        out.note(out.words("usage.no_display", commands=", ".join(sorted(known))))
        return WRONG_USAGE
    gc.disable()  # nothing of what a start makes is rubbish; afterwards it is looked for again
    from fieldsales.app.main import open_window

    return open_window(db=args.db, lang=args.lang, today=args.today, password=given(args))


def command_list(known: dict[str, str], words: Words) -> Iterator[tuple[str, str]]:
    """Each command and what it does."""
    for name, module_name in sorted(known.items()):
        yield name, words(importlib.import_module(module_name).HELP)


def no_display() -> bool:
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in shown)


def unknown(name: str, known: dict[str, str], out: Output) -> int:
    import difflib  # seldom needed

    near = difflib.get_close_matches(name, known, n=1)
    if near:
        out.note(out.words("usage.unknown_near", given=name, near=near[0]))
    else:
        out.note(out.words("usage.unknown", given=name, commands=", ".join(sorted(known))))
    return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
