"""Lectures with known truth, made on the spot: `lecture(folder, seed, kind) -> (path, truth)`."""

from tests.fakes.lectures.film import KINDS, lecture

__all__ = ["KINDS", "lecture"]
