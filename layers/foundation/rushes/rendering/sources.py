"""Ingredients resolved: from a name and a fingerprint to a file here."""

from dataclasses import dataclass
from pathlib import Path

from rushes.aws.bucket import Bucket
from rushes.errors import Refused
from rushes.media.timeline import FPS
from rushes.productions.artifact import key_of
from rushes.productions.production import Production
from rushes.productions.recipe import Ingredient, Moment
from rushes.records.productions import Productions


class Missing(Refused):
    """An ingredient was not made. That is the failure to speak of; this one only follows from it."""


@dataclass(frozen=True)
class StoredSource:
    """A `Source` in the bucket, fetched when it is asked for."""

    role: str
    moment: Moment
    key: str
    folder: Path
    bucket: Bucket
    seconds: int | None = None
    """How much of it is used, when a stand-in made it longer than it was asked for."""

    def path(self) -> Path:
        file = self.folder / self.key.rsplit("/", 1)[-1]
        if not file.exists():
            self.bucket.fetch(self.key, file)
        if self.moment == "whole":
            return file
        from rushes.media.frames import frame_at, last_frame

        picture = file.with_suffix(".last.png")
        if self.seconds:
            frame_at(file, self.seconds * FPS - 1).save(picture)
        else:
            picture.write_bytes(last_frame(file))
        return picture

    def url(self) -> str:
        return self.bucket.link(self.key)


def resolve(
    ingredient: Ingredient, production: Production, records: Productions, bucket: Bucket, folder: Path
) -> StoredSource:
    """Raises `Missing` when the ingredient was not made: asking again is no help."""
    artifact = records.made_from(production, ingredient.name, ingredient.fingerprint)
    if artifact is None:
        raise Missing(f"{ingredient.name} is needed first, and has not been made", ingredient=ingredient.name)
    key = key_of(production.owner, production.id, artifact.file)
    seconds = None
    if artifact.stand_in:
        seconds = records.recipe(production, ingredient.fingerprint).parameters.get("seconds")
    return StoredSource(ingredient.role, ingredient.moment, key, folder, bucket, seconds)
