"""What files are called at home."""

import re
from typing import Any


def home_name(production: dict[str, Any]) -> str:
    """Of the title and the id; productions of two branches lie beside each other."""
    branch = production["progress"]["branch"]
    of_branch = "" if branch == "main" else f"-{branch}"
    return f"{slug(production['title'])}-{production['id'][-6:]}{of_branch}"


def slug(title: str, limit: int = 48) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return words[:limit].rstrip("-") or "film"
