"""A checkpoint opens: the execution is parked until somebody continues, or goes on at once."""

from rushes.entry import Event, callback_handler
from rushes.services import Services
from rushes.studio.review import open_review


def _open(services: Services, event: Event) -> None:
    if event["edit"]:  # whoever edits has a checkpoint already, and decides there
        services.callbacks.succeed(event["token"], {"decision": "edited"})
        return
    open_review(services, event["owner"], event["production_id"], event["checkpoint_id"], event["token"])


handler = callback_handler("review", _open)
