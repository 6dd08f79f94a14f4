"""Identifiers: opaque, URL-safe, and sortable by the time they were made."""

import hashlib
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32


def new_id(prefix: str) -> str:
    """`prefix_` and 26 characters: 48 bits of Unix milliseconds, 80 random bits (the layout of a ULID)."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return f"{prefix}_" + "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def derived_id(prefix: str, *parts: str) -> str:
    """The same parts always give the same id, so that doing a thing twice makes one thing."""
    return f"{prefix}_" + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:24]
