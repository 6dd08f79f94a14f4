"""The door's third event: nobody wants these jobs any more."""

from rushes.entry import event_handler

handler = event_handler(
    "stop", lambda services, event: services.door.stop(event["production_id"], event["ask_ids"])
)
