"""How often a lecture's layout is found, measured on drawn lectures that nothing was tuned on.

python -m tests.bench.layout [first seed] [lectures of each kind]
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from rushes.media.layout import layout
from tests.fakes.lectures import KINDS, lecture
from tests.fakes.lectures.scoring import Score, score

HOLDOUT = 3000
"""The first seed that nobody looks at while working on the layout."""


def layouts(first: int = HOLDOUT, count: int = 1) -> Mapping[str, float]:
    """Kind of lecture → percent of its moments whose class and rectangles (within 3 %) are right."""
    return {kind: 100 * score.right for kind, score in _scores(first, count)}


def main(first: int = HOLDOUT, count: int = 8) -> None:
    table = Table("lectures", "class", "rectangles", "largest error", "slides found", "slides invented")
    for kind, one in _scores(first, count):
        table.add_row(
            kind,
            f"{one.named:.1%}",
            f"{one.right:.1%}",
            f"{one.largest_error:.1%}",
            f"{one.slides_found} of {one.slides}",
            str(one.slides_invented),
        )
    Console().print(table)


def _scores(first: int, count: int) -> Iterator[tuple[str, Score]]:
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            found = [_score(Path(folder), seed, kind) for seed in range(first, first + count)]
        yield kind, Score.of_all(found)


def _score(folder: Path, seed: int, kind: str) -> Score:
    path, truth = lecture(folder, seed, kind)
    told: dict[str, Any] = layout(path)
    path.unlink()
    return score(truth, told)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
