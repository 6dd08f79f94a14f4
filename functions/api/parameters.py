"""Parameters the routes share. A wrong shape is refused before anything is looked up."""

from typing import Annotated, Literal, get_args

from fastapi import Header, Path, Query

PRODUCTION = r"^prod_[0-9a-z]{26}$"
CHECKPOINT = r"^cp_[0-9a-f]{24}$"
UPLOAD = r"^up_[0-9a-z]{26}$"
ARTIFACT = r"^[a-z][a-z0-9_]{0,40}$"

ProductionId = Annotated[
    str,
    Path(
        pattern=PRODUCTION,
        description="A production's id.",
        examples=["prod_06edj3p5w3r8t0z6m8rkq2k9aa"],
    ),
]
CheckpointId = Annotated[
    str,
    Path(
        pattern=CHECKPOINT,
        description="A checkpoint's id.",
        examples=["cp_0f1e2d3c4b5a69788796a5b4"],
    ),
]
ArtifactName = Annotated[str, Path(pattern=ARTIFACT, description="An artifact's name.", examples=["beat_00"])]
UploadId = Annotated[
    str, Path(pattern=UPLOAD, description="An upload's id.", examples=["up_06edj3p5w3r8t0z6m8rkq2k9aa"])
]
DocumentName = Annotated[
    Literal["spec", "transcript", "highlights"],
    Path(description="`spec` of an ad; `transcript` and `highlights` of a lecture.", examples=["spec"]),
]
DOCUMENTS = get_args(get_args(DocumentName)[0])
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[str | None, Query(pattern=PRODUCTION, description="`next_cursor` of the page before.")]
Version = Annotated[int | None, Query(ge=1, le=99999, description="The newest, if you do not say.")]
RevisionNumber = Annotated[
    int | None, Query(ge=1, le=99999, description="The checkpoint's newest, if you do not say.")
]
OfCheckpoint = Annotated[str, Query(pattern=CHECKPOINT)]
Preview = Annotated[bool, Query(description="Only say what it would do, and cost.")]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^"?[0-9]{1,9}"?$',
        description="The ETag of the checkpoint you have looked at; if it was changed since, nothing is done.",
        examples=['"3"'],
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key with the same request makes one thing, however often it is sent.",
    ),
]
LastEventId = Annotated[
    str | None, Header(pattern=r"^[0-9]{1,9}$", description="The number of the last event you have.")
]


def version_of(if_match: str | None) -> int | None:
    return int(if_match.strip('"')) if if_match else None
