"""S3 tells, through EventBridge, of an object below `uploads/`: a lecture's production begins."""

from functions.highlights.request import LECTURE, check_lecture
from functions.pipelines import commissioned
from rushes.entry import Event, event_handler
from rushes.services import Services
from rushes.studio.arriving import arrived


def _arrived(services: Services, event: Event) -> None:
    arrived(services, event["detail"]["object"]["key"], LECTURE, commissioned, check_lecture)


handler = event_handler("arrival", _arrived)
