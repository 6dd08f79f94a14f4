"""A checkpoint opens: the execution is parked until somebody continues, or goes on at once."""

from rushes.entry import callback_handler
from rushes.studio.review import open_review

handler = callback_handler(
    "review",
    lambda services, event: open_review(
        services, event["owner"], event["production_id"], event["checkpoint_id"], event["token"]
    ),
)
