"""The door's second event: a provider has told, by a webhook whose signature was right, how a job stands."""

from rushes.entry import event_handler

handler = event_handler("finish", lambda services, event: services.door.news(event["ask_id"], event["body"]))
