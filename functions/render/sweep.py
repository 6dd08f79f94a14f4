"""The door's fourth event: every few minutes, jobs that should have ended by now are looked at."""

from rushes.entry import event_handler

handler = event_handler("sweep", lambda services, event: services.door.sweep())
