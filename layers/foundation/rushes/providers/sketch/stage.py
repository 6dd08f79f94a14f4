"""What every part of a picture has to know while it is drawn."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from rushes.providers.sketch.reading import Reading
from rushes.providers.sketch.scene import MARGIN, Thing, layer
from rushes.providers.sketch.sheet import Light, Sheet
from rushes.providers.sketch.tones import Tones


@dataclass(frozen=True)
class Stage:
    """The frame, its light and its chance. Positions in scene units: the short side is 1, (0, 0) the middle, y down."""

    width: int
    height: int
    reading: Reading
    tones: Tones
    light: Light
    rng: Generator
    horizon: float
    """y of the horizon, or of the line where a wall meets the floor."""
    floor: float
    """y of the edge of what the subject stands on."""
    sun: tuple[float, float]
    blur: float
    """How far out of focus the place is, in units."""
    wet: bool
    """Whether the ground mirrors."""

    @property
    def unit(self) -> int:
        return min(self.width, self.height)

    @property
    def reach(self) -> tuple[float, float]:
        """Half the frame, in units."""
        return self.width / self.unit / 2, self.height / self.unit / 2

    @property
    def dark(self) -> bool:
        return self.tones.bright < 0.5

    def sheet(self, top: float, bottom: float, sharp: float = 1.0, margin: float = MARGIN) -> Sheet:
        """A sheet across the frame and its margins. `sharp` is its density against the frame's."""
        side = self.reach[0] + margin
        return Sheet(-side, top, side, bottom, self.unit * sharp, self.light)

    def backdrop(self, sheet: Sheet, depth: float) -> list[Thing]:
        """The sheet as part of the place: as far out of focus as the place is."""
        if self.blur:
            sheet.blur(self.blur * (1.15 - 0.55 * depth))
        return layer(sheet, depth, soft=self.blur * self.unit > 2.5)


def noise(
    rng: Generator, width: int, height: int, cells: int, octaves: int = 5, stretch: float = 2.0
) -> NDArray[np.float32]:
    """Soft noise, 0..1: `cells` from top to bottom at first, then twice as many; `stretch` times wider than high."""
    total, weight = np.zeros((height, width), np.float32), 1.0
    for octave in range(octaves):
        rows = min(height, cells * 2**octave) + 1
        columns = min(width, max(2, int(rows * width / max(1, height) / stretch))) + 1
        grid = Image.fromarray(rng.random((rows, columns), dtype=np.float32))
        total += weight * np.asarray(grid.resize((width, height), Image.Resampling.BICUBIC))
        weight *= 0.5
    total -= total.min()
    return total / max(1e-6, float(total.max()))


def ridge(rng: Generator, count: int, rough: float = 0.5, octaves: int = 7) -> NDArray[np.float64]:
    """A mountain line: `count` heights, about -0.5..0.5. `rough` is what each finer octave keeps of the last."""
    x, line, weight = np.linspace(0, 1, count), np.zeros(count), 0.5
    for octave in range(octaves):
        knots = 3 * 2**octave + 1
        line += weight * np.interp(x, np.linspace(0, 1, knots), rng.random(knots) - 0.5)
        weight *= rough
    return line


def smooth(rng: Generator, count: int, waves: int = 3) -> NDArray[np.float64]:
    """A line of soft dunes, about -0.5..0.5."""
    x = np.linspace(0, 2 * np.pi, count)
    return sum(
        (0.35 / (wave + 1) ** 0.8 * np.sin(x * (wave + 0.6) + rng.random() * 6.3) for wave in range(waves)),
        np.zeros(count),
    )


def below(line: NDArray[np.float64], left: float, right: float, bottom: float) -> NDArray[np.float64]:
    """The outline of everything under a line of y values that runs from `left` to `right`."""
    x = np.linspace(left, right, len(line))
    return np.concatenate([np.stack([x, line], 1), [[right, bottom], [left, bottom]]])
