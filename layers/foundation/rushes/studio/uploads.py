"""Files from outside: a form to send one with, and what is made of it in a production."""

import hashlib
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from rushes.errors import BadRequest, Conflict, NotFound
from rushes.ids import new_id
from rushes.productions.artifact import Artifact, Made, key_of
from rushes.productions.production import Production
from rushes.productions.recipe import Media
from rushes.records.productions import Deleted, save_artifact
from rushes.records.uploads import Purpose, Upload
from rushes.services import Services
from rushes.studio.giving import GIVEN, NOT_MADE_HERE, copy_of, drafted_given, given_recipe

_MIB = 2**20
MOST_BYTES: Mapping[tuple[Purpose, Media], int] = {
    ("replace", "image"): 25 * _MIB,
    ("replace", "video"): 200 * _MIB,
    ("replace", "audio"): 200 * _MIB,
    ("lecture", "video"): 500 * _MIB,
}
_EXTENSIONS = {("image", "jpeg"): "jpg", ("video", "mpegts"): "ts", ("audio", "mp4"): "m4a"}
"""Of files that are not called like their container."""


def begin_upload(
    services: Services,
    owner: str,
    filename: str,
    content_type: str,
    bytes: int,
    purpose: Purpose,
    request: dict[str, Any] | None = None,
) -> tuple[Upload, dict[str, Any]]:
    """The upload, and the form (`{url, fields}`) that S3 takes for an hour, for this type and at most so many bytes.

    `request` is that of the production it begins by its arrival. Raises `BadRequest` for a file that is none of image,
    video, audio, cannot be what the purpose needs, or is too large.
    """
    media = _media_of(content_type)
    most = MOST_BYTES.get((purpose, media))
    if most is None:
        raise BadRequest(f"a {purpose} is a video, and {content_type} is none", field="content_type")
    if bytes > most:
        raise BadRequest(
            f"the file has {bytes / _MIB:.1f} MB; {most // _MIB} MB are the most", field="bytes", most=most
        )
    upload = Upload(
        id=new_id("up"),
        owner=owner,
        filename=_safe(filename),
        content_type=content_type,
        media=media,
        most_bytes=bytes,
        purpose=purpose,
        request=request,
        created_at=services.now(),
    )
    services.uploads.remember(upload)
    return upload, services.bucket.form(upload.key, content_type, upload.most_bytes)


def receive(
    services: Services,
    production: Production,
    name: str,
    *,
    upload_id: str | None = None,
    artifact: Artifact | None = None,
    artifact_production: Production | None = None,
    keep: bool = True,
) -> Artifact:
    """What is to take the place of `name`, as an artifact of the production. Doing it twice makes one version; it is
    only looked at, and has none, if it is not to be kept.

    Either an upload, or an artifact (of `artifact_production`, if that is another). Raises `NotFound` for an upload
    nobody knows, `Conflict` for one that has not come, `Unplayable` or `BadRequest` for a file that cannot be used.
    """
    if artifact is not None:
        home = artifact_production or production
        if home.id == production.id:
            return artifact
        draft = drafted_given(services, f"{GIVEN}_{name}", *copy_of(artifact, home))
        source = key_of(home.owner, home.id, artifact.file)
        return _kept(services, production, draft, source) if keep else draft
    upload = services.uploads.load(production.owner, upload_id or "")
    draft = drafted_given(services, f"{GIVEN}_{name}", looked_at(services, upload))
    return _kept(services, production, draft, upload.key) if keep else draft


def looked_at(services: Services, upload: Upload) -> Made:
    """What the file really is. Raises `Conflict` when it has not come, `BadRequest` or `Unplayable` for what it is."""
    from rushes.media.probe import probe

    try:
        size = services.bucket.size(upload.key)
    except NotFound as error:
        sentence = f"“{upload.filename}” has not arrived yet; send it with the upload's form first"
        raise Conflict(sentence, upload_id=upload.id) from error
    if size > upload.most_bytes:
        raise BadRequest(
            f"“{upload.filename}” has {size} bytes; {upload.most_bytes} were announced", upload_id=upload.id
        )
    with TemporaryDirectory(prefix="rushes-") as folder:
        file = Path(folder, upload.filename)
        services.bucket.fetch(upload.key, file)
        facts = probe(file)
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Made(
        media=facts.kind,
        ext=_EXTENSIONS.get((facts.kind, facts.container), facts.container),
        bytes=size,
        sha256=digest,
        facts=facts.told(),
        made_by=f"uploaded: {upload.filename}",
        **NOT_MADE_HERE,
    )


def _kept(services: Services, production: Production, draft: Artifact, source: str) -> Artifact:
    """A copy in the production."""
    services.productions.remember_recipes(production, [given_recipe(draft)])
    artifact = services.productions.allocate(production, draft)
    if artifact.ready:
        return artifact
    key = key_of(production.owner, production.id, artifact.file)
    services.bucket.copy(source, key)
    ready = artifact.model_copy(update={"ready": True})
    try:
        services.productions.remember(production, [save_artifact(production, ready)])
    except Deleted:
        services.bucket.delete_all(key)
        raise
    return ready


def _media_of(content_type: str) -> Media:
    match content_type.partition("/")[0]:
        case "image":
            return "image"
        case "video":
            return "video"
        case "audio":
            return "audio"
    raise BadRequest(
        f"{content_type} cannot be used: an image, a video or a sound is needed", field="content_type"
    )


def _safe(filename: str) -> str:
    """Without folders and what cannot be seen; at most 60 characters, the suffix kept."""
    base = PurePosixPath(filename.replace("\\", "/")).name
    shown = "".join(letter for letter in base if unicodedata.category(letter)[0] != "C")
    path = PurePosixPath(" ".join(shown.split()))
    return f"{path.stem[:50]}{path.suffix[:10]}".strip(". ") or "file"
