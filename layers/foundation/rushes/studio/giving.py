"""What a production is given: files that nobody made in it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rushes.phase import selection_of
from rushes.productions.artifact import Artifact, Made, Origin, key_of
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.records.productions import save_artifact, save_recipe
from rushes.records.rows import Change
from rushes.services import Services

GIVEN = "given"
"""The model, and the provider, of what nobody made here."""

NOT_MADE_HERE: dict[str, Any] = {"provider": GIVEN, "model": GIVEN, "job_id": None, "cost_micro_usd": 0}


@dataclass(frozen=True)
class Given:
    """What a new production begins with. Its file has been brought already."""

    production_id: str
    artifact: Artifact

    @property
    def facts(self) -> dict[str, Any]:
        """Of the production."""
        return {"id": self.production_id, "given": selection_of({self.artifact.name: self.artifact})}

    def rows(self, production: Production) -> list[Change]:
        return [
            save_recipe(production, given_recipe(self.artifact)),
            save_artifact(production, self.artifact),
        ]


def given_recipe(made: Made) -> Recipe:
    """It says only which bytes they are."""
    return Recipe(media=made.media, model=GIVEN, version="1", parameters={"sha256": made.sha256})


def drafted_given(services: Services, name: str, made: Made, origin: Origin | None = None) -> Artifact:
    """As an artifact of this name, without a version yet."""
    return Artifact(
        **made.model_dump(include=set(Made.model_fields)),
        name=name,
        version=0,
        fingerprint=given_recipe(made).fingerprint,
        origin=origin,
        created_at=services.now(),
    )


def imagined(services: Services, name: str, seconds: float) -> Artifact:
    """A recording that nobody has seen yet, for an estimate: only its length is true."""
    facts = {"duration": str(Fraction(str(seconds))), "width": 1280, "height": 720, "fps": "25"}
    made = Made(media="video", ext="mp4", bytes=0, sha256="", facts=facts, made_by="", **NOT_MADE_HERE)
    return drafted_given(services, name, made)


def copy_of(artifact: Artifact, home: Production) -> tuple[Made, Origin]:
    """An artifact of another production, as something that is given here."""
    made = Made(**{**artifact.model_dump(include=set(Made.model_fields)), **NOT_MADE_HERE})
    return made, Origin(production_id=home.id, name=artifact.name, version=artifact.version)


def bring(services: Services, owner: str, production_id: str, draft: Artifact, source: str) -> Given:
    """The file at the key `source`, copied to where the first version of a new production's artifact lies."""
    artifact = draft.model_copy(update={"version": 1, "ready": True})
    services.bucket.copy(source, key_of(owner, production_id, artifact.file))
    return Given(production_id, artifact)
