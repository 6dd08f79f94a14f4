"""An upload arrives, and the production it was sent for begins by itself.

S3 tells of an object at least once, and whoever is told may die at any line: the production's id follows from the
upload's, so that beginning again is beginning the same one. A file that cannot be used ends in words, at the upload;
so does one that whoever looked at it died of.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rushes.errors import NotFound, RushesError, Transient
from rushes.productions.artifact import Made
from rushes.productions.commission import Commission
from rushes.productions.failure import Failure
from rushes.records.uploads import UPLOADS, Upload
from rushes.services import Services
from rushes.studio.begin import KeyReused, begin
from rushes.studio.giving import Given, bring, drafted_given
from rushes.studio.uploads import looked_at

_TRIES = 2
_DIED = Failure(
    code="UNPLAYABLE", message="Reading the file broke off twice: it is damaged, or needs too much memory."
)

Commissioned = Callable[[Mapping[str, Any]], Commission]
"""A request → what a production is begun with."""
Check = Callable[[Made], None]
"""Raises `Refused` for a file that the pipeline cannot begin with."""


def arrived(services: Services, key: str, name: str, commissioned: Commissioned, check: Check) -> None:
    """The object at `key` is there. Where it was sent for a production, that begins with it, as artifact `name`.

    Raises `Transient` for what may pass.
    """
    owner, _, upload_id = key.removeprefix(UPLOADS).rpartition("/")
    try:
        upload = services.uploads.load(owner, upload_id)
    except NotFound:
        return
    request = upload.request
    if request is None or upload.state != "awaited":
        return
    if upload.tries >= _TRIES:
        services.uploads.save(upload.model_copy(update={"state": "refused", "error": _DIED}))
        return
    upload = upload.model_copy(update={"tries": upload.tries + 1})
    services.uploads.save(upload)
    try:
        _begin(services, upload, name, commissioned(request), check)
        ended: dict[str, Any] = {"state": "begun"}
    except Transient:
        services.uploads.save(upload.model_copy(update={"tries": upload.tries - 1}))
        raise
    except KeyReused:  # it was begun, and deleted since
        ended = {"state": "begun"}
    except RushesError as error:
        ended = {"state": "refused", "error": Failure(code=error.code, message=error.message)}
    services.uploads.save(upload.model_copy(update=ended))


def _begin(services: Services, upload: Upload, name: str, commission: Commission, check: Check) -> None:
    def give() -> Given:
        made = looked_at(services, upload)
        check(made)
        assert upload.production_id
        draft = drafted_given(services, name, made)
        return bring(services, upload.owner, upload.production_id, draft, upload.key)

    begin(services, upload.owner, commission, upload.id, give)
