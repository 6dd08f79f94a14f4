"""Uploads: files of your own."""

from datetime import timedelta
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.parameters import UploadId
from functions.highlights.request import Options, titled
from functions.pipelines import commissioned
from rushes.aws.bucket import LINK_SECONDS
from rushes.aws.clock import stamp
from rushes.productions.failure import Failure
from rushes.records.uploads import Purpose
from rushes.services import services
from rushes.studio import begin
from rushes.studio.uploads import MOST_BYTES, begin_upload

router = APIRouter(prefix="/v1", tags=["uploads"])


_EXAMPLE: dict[str, Any] = {
    "filename": "holiday.png",
    "content_type": "image/png",
    "bytes": 1204357,
    "purpose": "replace",
}
_LECTURE: dict[str, Any] = {
    "filename": "lecture.mp4",
    "content_type": "video/mp4",
    "bytes": 73400320,
    "purpose": "lecture",
    "options": {"clips": 5, "aspect_ratio": "9:16", "pause_at": ["select"]},
}
_SIZES: list[Any] = [
    {
        "properties": {
            "purpose": {"const": purpose},
            "content_type": {"pattern": f"^{media}/"},
            "bytes": {"maximum": most},
            **({} if purpose == "lecture" else {"options": {"type": "null"}}),
        },
        **({"required": ["purpose"]} if purpose == "lecture" else {}),
    }
    for (purpose, media), most in MOST_BYTES.items()
]
"""How much of which type, for the OpenAPI document; `begin_upload` is the judge."""


class NewUpload(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [_EXAMPLE, _LECTURE], "anyOf": _SIZES}
    )

    filename: str = Field(min_length=1, max_length=255)
    content_type: str = Field(
        pattern=r"^(image|video|audio)/[a-z0-9][a-z0-9.+-]{0,80}$",
        description="An image's, a video's or a sound's. What the file really is, its bytes tell.",
    )
    bytes: int = Field(
        ge=1,
        description="Its size: 25 MB for an image, 200 MB for a video or a sound, 500 MB for a lecture at most.",
    )
    purpose: Purpose = Field(
        default="replace",
        description="`replace`: to take an artifact's place. `lecture`: its production begins when it arrives.",
    )
    options: Options | None = Field(default=None, description="Of a lecture: what is wanted of it.")

    @model_validator(mode="after")
    def _options_are_a_lectures(self) -> "NewUpload":
        if self.options is not None and self.purpose != "lecture":
            raise ValueError("options are for the purpose `lecture`")
        return self


class UploadView(BaseModel):
    id: str = Field(examples=["up_06edj3p5w3r8t0z6m8rkq2k9aa"])
    url: str = Field(description="Where to POST the file, as multipart/form-data.")
    fields: dict[str, str] = Field(description="The form's fields. After them comes `file`, as the last one.")
    expires_at: str = Field(description="Until when the form is taken. What was sent is kept for 7 days.")
    max_bytes: int
    production_id: str | None = Field(
        description="Of the production that begins when a lecture arrives; null for other purposes."
    )


class UploadState(BaseModel):
    id: str
    filename: str
    purpose: Purpose
    state: Literal["awaited", "begun", "refused"] = Field(
        description="awaited: it has not come, or nobody has looked at it yet. begun: its production is there. "
        "refused: it cannot be used, and `error` says why. What takes an artifact's place stays awaited."
    )
    production_id: str | None
    error: Failure | None


@router.post("/uploads", status_code=201, responses=answers(422))
def create_upload(request: Request, owner: Owner, body: NewUpload) -> Envelope[UploadView]:
    """A form to send a file with. Its id is what takes an artifact's place, once the file is there."""
    expires_at = stamp(services().clock() + timedelta(seconds=LINK_SECONDS))
    wanted = _lecture_request(body) if body.purpose == "lecture" else None
    if wanted:
        begin.drafted(services(), owner, commissioned(wanted))  # a model that cannot be had is said now
    upload, form = begin_upload(
        services(), owner, body.filename, body.content_type, body.bytes, body.purpose, wanted
    )
    data = UploadView(
        id=upload.id,
        **form,
        expires_at=expires_at,
        max_bytes=upload.most_bytes,
        production_id=upload.production_id,
    )
    return Envelope(data=data, meta=meta(request))


@router.get("/uploads/{upload_id}", responses=answers(404, 422))
def show_upload(request: Request, owner: Owner, upload_id: UploadId) -> Envelope[UploadState]:
    """Whether a lecture has arrived, which production it began, or why it was refused."""
    upload = services().uploads.load(owner, upload_id)
    shown = {"id", "filename", "purpose", "state", "error"}
    data = UploadState(**upload.model_dump(include=shown), production_id=upload.production_id)
    return Envelope(data=data, meta=meta(request))


def _lecture_request(body: NewUpload) -> dict[str, Any]:
    """Of the production that begins when it arrives."""
    options = body.options or Options()
    wanted = options.model_dump(mode="json")
    return {**wanted, "kind": "highlights", "title": options.title or titled(body.filename)}
