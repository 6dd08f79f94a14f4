"""Prints the figures, each measured here and now. Ratios travel between machines; seconds do not."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from tests.bench.clips import clips
from tests.bench.imports import cold_imports
from tests.bench.layout import layouts
from tests.bench.makespan import makespan
from tests.bench.media import joining
from tests.bench.requests import table_requests
from tests.bench.silence import silence, silence_of_hours


def main() -> None:
    console = Console()
    console.print(_table("Cold import of each function, ms", cold_imports(), "{:.0f}"))
    console.print(_table("Requests to the table for one API call", table_requests(), "{:.0f}"))
    console.print(_table("Joining the chunks of a 30-second film, s", joining(), "{:.2f}"))
    console.print(_table("Finding the pauses in 2 minutes of a lecture, s", silence(), "{:.2f}"))
    console.print(_table("Finding the pauses in hours of it", silence_of_hours(), "{:.1f}"))
    console.print(_table("Five captioned clips of a lecture and their reel, s", clips(), "{:.1f}"))
    console.print(_table("Moments of drawn lectures with the right layout, %", layouts(), "{:.0f}"))
    console.print(_table("A 30-second ad with paced artists", makespan(), "{:.2f}"))


def _table(title: str, figures: Mapping[str, float | str], form: str) -> Table:
    table = Table(title=title, show_header=False, title_justify="left", min_width=60)
    for name, value in figures.items():
        table.add_row(name, value if isinstance(value, str) else form.format(value))
    return table


main()
