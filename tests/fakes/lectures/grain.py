"""A camera's noise."""

import numpy as np
from numpy.random import Generator


class Grain:
    """Normal noise, another for every picture: windows into one drawn field, which is quicker than drawing."""

    def __init__(self, chance: Generator, sigma: float, size: tuple[int, int]) -> None:
        self._chance = chance
        self._size = size
        self._field = chance.normal(0, sigma, (size[1] + 64, size[0] + 64, 1)).astype(np.float32)

    def picture(self) -> np.ndarray:
        """height × width × 1, float32, in steps of an 8-bit sample."""
        x, y = self._chance.integers(0, 64, 2)
        return self._field[y : y + self._size[1], x : x + self._size[0]]
