"""Whom we trust to be who they say they are."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """Reading the authorities' certificates takes a tenth of a second, so it is done once."""
    return httpx.create_ssl_context()
