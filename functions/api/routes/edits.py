"""Edits and decisions at a checkpoint. Every edit can be asked for as a preview first: it changes nothing."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.convertors import StringConvertor, register_url_convertor

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.parameters import (
    ARTIFACT,
    CHECKPOINT,
    DOCUMENTS,
    PRODUCTION,
    UPLOAD,
    ArtifactName,
    CheckpointId,
    DocumentName,
    IfMatch,
    Preview,
    ProductionId,
    version_of,
)
from functions.api.routes.productions import Continued, arrived, continued
from functions.api.trees import CheckpointView, EditView, checkpoint_facts, edit_view
from functions.fields import Description, Prompt
from functions.pipelines import amending, choice_of, phases_of
from rushes.services import services
from rushes.studio import review

router = APIRouter(prefix="/v1/productions/{production_id}/checkpoints/{checkpoint_id}", tags=["checkpoints"])


class Document(StringConvertor):
    """A document in a path: nothing else there takes a PATCH."""

    regex = "|".join(DOCUMENTS)


register_url_convertor("document", Document())

RevisionOf = Annotated[int | None, Field(ge=1, le=99999, description="The newest, if you do not say.")]


EDITED = {
    **answers(404, 409, 422),
    200: {"model": Envelope[EditView], "description": "A preview: nothing was done."},
}


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Regenerate(Asked):
    """Nothing: the same recipe, another take. What you give is changed, and stays so for the next time."""

    prompt: Prompt | None = None
    model: str | None = Field(default=None, pattern=r"^[a-z0-9_]{1,40}$", examples=["flux_schnell"])
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1)


class ArtifactOf(Asked):
    name: str = Field(pattern=ARTIFACT, examples=["beat_01"])
    version: int = Field(ge=1, le=99999)
    production_id: str | None = Field(
        default=None, pattern=PRODUCTION, description="This one, if you do not say."
    )


class Replace(Asked):
    """An upload, or an artifact."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["upload_id"],
                    "properties": {"upload_id": {"type": "string"}, "artifact": {"type": "null"}},
                },
                {
                    "required": ["artifact"],
                    "properties": {"upload_id": {"type": "null"}, "artifact": {"type": "object"}},
                },
            ]
        }
    )

    upload_id: str | None = Field(default=None, pattern=UPLOAD)
    artifact: ArtifactOf | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Replace":
        if (self.upload_id is None) == (self.artifact is None):
            raise ValueError("give upload_id or artifact, one of them")
        return self


class Adopt(Asked):
    from_checkpoint_id: str = Field(pattern=CHECKPOINT)
    from_name: str | None = Field(
        default=None, pattern=ARTIFACT, description="The same name, if you do not say."
    )
    from_revision: RevisionOf = None


class Merge(Asked):
    from_checkpoint_id: str = Field(pattern=CHECKPOINT)
    from_revision: RevisionOf = None
    names: list[Annotated[str, Field(pattern=ARTIFACT)]] | None = Field(
        default=None, min_length=1, max_length=200, description="All that differ, if you do not say."
    )


class Approve(Asked):
    comment: Description | None = None


class Reject(Asked):
    comment: Annotated[Description, Field(min_length=1)] = Field(description="What is to be changed.")


class Checkpoint:
    """The checkpoint a call is about, as its caller has looked at it."""

    def __init__(
        self,
        request: Request,
        response: Response,
        owner: Owner,
        production_id: ProductionId,
        checkpoint_id: CheckpointId,
        if_match: IfMatch = None,
        preview: Preview = False,
    ) -> None:
        self._request = request
        self._response = response
        self._where = (owner, production_id, checkpoint_id)
        self._changes = version_of(if_match)
        self._preview = preview

    def done(self, want: Any, status: int = 202) -> Envelope[EditView]:
        """What is wanted of it is done, or only said."""
        from rushes.studio.edits import edit

        owner, production_id, _ = self._where
        phases = phases_of(services().productions.load(owner, production_id).kind)
        edited = edit(services(), *self._where, phases, want, changes=self._changes, preview=self._preview)
        self._response.status_code = 200 if self._preview else status
        self._response.headers["ETag"] = f'"{edited.checkpoint.changes}"'
        return Envelope(data=edit_view(edited), meta=meta(self._request))


Editing = Annotated[Checkpoint, Depends()]


@router.patch("/{document:document}", responses=answers(404, 409, 422))
def edit_document(
    editing: Editing,
    document: DocumentName,
    body: Annotated[
        dict[str, Any],
        Body(
            examples=[
                {"style": {"mood": "calm"}, "beats": {"2": {"action": "The shoe lands in fresh snow"}}},
                {"clips": {"clip_02": {"start": 95.5}, "clip_03": None}},
            ],
        ),
    ],
) -> Envelope[EditView]:
    """Change a document where it was written. Objects are merged. A spec's `beats` is an object of beats by their
    index, or a list: the new sequence, whose elements refer to beats by `index` or are new; highlights' `clips` are the
    same by `id`, and null drops one. It is judged as strictly as what was made."""
    from rushes.studio.changes import rewritten

    def want(scene: Any) -> Any:
        amend = amending(scene.production.kind, document)
        return rewritten(document, lambda content, brief: amend(content, body, brief))(scene)

    return editing.done(want, status=200)


@router.post("/artifacts/{name}/regenerate", status_code=202, responses=EDITED)
def regenerate(
    editing: Editing,
    name: ArtifactName,
    body: Regenerate | None = None,
) -> Envelope[EditView]:
    """Make it again: another take, or with another prompt, model or seed. What is made from it follows."""
    from rushes.studio.changes import Wishes, regenerated

    wishes = Wishes(**(body or Regenerate()).model_dump())
    want = regenerated(name, wishes)
    return editing.done(want)


@router.post("/artifacts/{name}/replace", status_code=202, responses=EDITED)
def replace(
    editing: Editing,
    name: ArtifactName,
    body: Replace,
) -> Envelope[EditView]:
    """Put a file of yours, or another artifact, in its place. It is scaled and cut to fit, or refused."""
    from rushes.studio.changes import replaced

    want = replaced(name, lambda scene: _received(scene, name, body))
    return editing.done(want)


@router.post("/artifacts/{name}/adopt", status_code=202, responses=EDITED)
def adopt(
    editing: Editing,
    name: ArtifactName,
    body: Adopt,
) -> Envelope[EditView]:
    """Take it over from another checkpoint, on any branch, or from an earlier revision of this one."""
    from rushes.studio.adopting import Elsewhere, adopted

    elsewhere = Elsewhere(body.from_checkpoint_id, body.from_revision)
    return editing.done(adopted(name, elsewhere, body.from_name, choice_of))


@router.post("/adopt", status_code=202, responses=EDITED)
def merge(
    editing: Editing,
    body: Merge,
) -> Envelope[EditView]:
    """Take over several at once: those you name, or all that differ."""
    from rushes.studio.adopting import Elsewhere, merged

    elsewhere = Elsewhere(body.from_checkpoint_id, body.from_revision)
    return editing.done(merged(elsewhere, body.names, choice_of))


@router.post("/approve", responses=answers(404, 409, 422))
def approve(
    request: Request,
    owner: Owner,
    production_id: ProductionId,
    checkpoint_id: CheckpointId,
    body: Approve | None = None,
    if_match: IfMatch = None,
) -> Envelope[Continued]:
    """It is good: go on from it, as `continue` does, even if it was rejected before."""
    wish = review.Wish(
        checkpoint_id,
        comment=body.comment if body else None,
        approved=True,
        changes=version_of(if_match),
        asked_at=arrived(request),
    )
    return continued(request, review.continue_from(services(), owner, production_id, wish))


@router.post("/reject", responses=answers(404, 409, 422))
def reject(
    request: Request,
    owner: Owner,
    production_id: ProductionId,
    checkpoint_id: CheckpointId,
    body: Reject,
    if_match: IfMatch = None,
) -> Envelope[CheckpointView]:
    """It is not good: it waits for an edit now."""
    changes = version_of(if_match)
    rejected = review.reject(services(), owner, production_id, checkpoint_id, body.comment, changes)
    production = services().productions.load(owner, production_id)
    spent = services().productions.spent_on(production, checkpoint_id)
    return Envelope(data=CheckpointView(**checkpoint_facts(rejected, spent)), meta=meta(request))


def _received(scene: Any, name: str, body: Replace) -> Any:
    from rushes.studio.uploads import receive

    if body.artifact is None:
        return receive(services(), scene.production, name, upload_id=body.upload_id, keep=not scene.preview)
    home = services().productions.load(
        scene.production.owner, body.artifact.production_id or scene.production.id
    )
    artifact = services().productions.artifact(home, body.artifact.name, body.artifact.version)
    return receive(
        services(),
        scene.production,
        name,
        artifact=artifact,
        artifact_production=home,
        keep=not scene.preview,
    )
