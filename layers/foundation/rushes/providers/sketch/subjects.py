"""Everything the artist can draw for sale: how large it is, and where a person has it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rushes.providers.sketch import (
    things_built,
    things_driven,
    things_eaten,
    things_fine,
    things_kept,
    things_served,
    things_worn,
)
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones

Having = Literal["feet", "worn", "hand", "beside", "front"]


@dataclass(frozen=True)
class Subject:
    """`wide` and `high` are its extent in the units it is drawn in; it stands on (0, 0)."""

    draw: Callable[[Pen, Tones], None]
    wide: float
    high: float
    having: Having
    held: float = 0.22
    """Its size beside a person one unit tall; larger than life, so that it is seen."""
    action: str = "stand"
    """What a person does with it, if the prompt does not say."""

    def fit(self, wide: float, high: float) -> float:
        """The scale at which it fills the given room."""
        return min(wide / self.wide, high / self.high)


SUBJECTS: dict[str, Subject] = {
    "sneaker": Subject(things_worn.sneaker, 1.05, 0.53, "feet", 0.24, "run"),
    "backpack": Subject(things_worn.backpack, 0.86, 1.07, "worn", action="walk"),
    "handbag": Subject(things_worn.handbag, 1.0, 0.95, "hand", 0.27, "walk"),
    "watch": Subject(things_fine.watch, 0.68, 1.0, "front", action="hold"),
    "headphones": Subject(things_worn.headphones, 0.92, 0.98, "worn", action="dance"),
    "shirt": Subject(things_worn.shirt, 1.0, 1.04, "worn", action="walk"),
    "glasses": Subject(things_fine.glasses, 0.95, 0.42, "front", action="stand"),
    "ring": Subject(things_fine.ring, 0.62, 1.1, "front", action="hold"),
    "phone": Subject(things_built.phone, 0.52, 1.0, "hand", 0.22, "hold"),
    "laptop": Subject(things_built.laptop, 1.12, 0.72, "front", action="sit"),
    "camera": Subject(things_built.camera, 1.0, 0.73, "hand", 0.20, "hold"),
    "speaker": Subject(things_built.speaker, 0.6, 1.0, "beside", 0.45, "dance"),
    "lamp": Subject(things_built.lamp, 0.64, 1.0, "front", action="sit"),
    "card": Subject(things_built.card, 1.1, 0.76, "hand", 0.20, "hold"),
    "guitar": Subject(things_built.guitar, 0.75, 1.12, "beside", 0.62, "stand"),
    "cup": Subject(things_served.cup, 1.0, 0.64, "hand", 0.19, "hold"),
    "perfume": Subject(things_served.perfume, 0.7, 1.0, "front", action="hold"),
    "bottle": Subject(things_served.bottle, 0.4, 1.0, "hand", 0.26, "hold"),
    "can": Subject(things_served.can, 0.48, 0.98, "hand", 0.20, "hold"),
    "jar": Subject(things_served.jar, 0.84, 0.96, "front", action="hold"),
    "burger": Subject(things_eaten.burger, 1.0, 0.85, "front", action="sit"),
    "pizza": Subject(things_eaten.pizza, 1.0, 0.6, "front", action="cheer"),
    "ice cream": Subject(things_eaten.ice_cream, 0.65, 1.14, "hand", 0.24, "hold"),
    "book": Subject(things_kept.book, 0.75, 1.0, "hand", 0.22, "sit"),
    "plant": Subject(things_kept.plant, 1.1, 1.1, "beside", 0.5, "stand"),
    "chair": Subject(things_kept.chair, 0.98, 1.0, "beside", 0.6, "stand"),
    "house": Subject(things_kept.house, 1.05, 0.93, "beside", 1.25, "cheer"),
    "box": Subject(things_kept.present, 0.86, 0.9, "hand", 0.25, "hold"),
    "ball": Subject(things_kept.ball, 0.9, 0.9, "beside", 0.2, "run"),
    "bicycle": Subject(things_kept.bicycle, 1.25, 0.8, "beside", 0.85, "stand"),
    "car": Subject(things_driven.car, 1.56, 0.49, "beside", 0.95, "stand"),
}
