"""The command line: the services without a window; each public module here is one command.

To add one: a file named after it (`_` stands for `-`, one at the end is dropped: `import_.py`) with

    HELP = "cli.search.help"                                  # a words key
    def arguments(parser: Parser) -> None                     # `help=` takes words keys, too
    def run(args: argparse.Namespace, out: Output) -> int     # the exit code, usually DONE

`args` also holds `db` (Path | None), `lang` (str | None, as given) and `today` (date | None).
`run` may raise UserError (exit code 1) and EnvironmentProblem (3). What is slow to import is
imported inside `run`. Commands that need the window to paint live in `fieldsales.app.commands`.
"""

from fieldsales.cli._log import log_file
from fieldsales.cli._output import DAMAGED, DONE, REFUSED, WRONG_USAGE, Output

__all__ = ["DAMAGED", "DONE", "REFUSED", "WRONG_USAGE", "Output", "log_file"]
