"""The door's first event: a workflow's task wants an artifact."""

from rushes.entry import callback_handler
from rushes.records.renders import Order

handler = callback_handler(lambda services, event: services.door.start(Order(**event)))
