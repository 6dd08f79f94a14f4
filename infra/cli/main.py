"""`rushes`: the command line.

Exit codes: 0 done · 1 the production failed or was cancelled · 2 the request was wrong · 3 it waits for you: for your
review, or for a budget · 4 no studio could be reached · 130 you pressed Ctrl-C.
"""

import typer

from infra.cli.commands import (
    adopt,
    catalog,
    clip,
    compare,
    edit,
    export,
    film,
    host,
    looking,
    money,
    regenerate,
    replace,
    review,
    steering,
    tree,
)

_REVIEWING = (tree, edit, regenerate, replace, adopt, compare, review, export)

app = typer.Typer(
    help="A film studio on your machine, or on AWS.",
    epilog="Exit codes: 0 done, 1 failed or cancelled, 2 wrong request, 3 waits for your review or a budget, "
    "4 no studio reached, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for commands in (film, clip, steering, looking, money, catalog, host, *_REVIEWING):
    app.add_typer(commands.app)


def main() -> None:
    app()
