"""The host's settings, and what it adds to them for the functions, which inherit its environment.

Keys stay in the environment: nothing here writes one to a file, a log or a template.
"""

import base64
import logging
import secrets
from collections.abc import MutableMapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from infra.local.errors import HostError
from rushes.errors import RushesError
from rushes.providers.catalog import Catalog, entries

PUBLIC_URL = "RUSHES_PUBLIC_URL"
_log = logging.getLogger("rushes.host")

Environment = MutableMapping[str, str]


def number(environment: Environment, name: str, default: float, *, least: float, most: float) -> float:
    """Raises HostError, naming the setting, when it is no number or out of bounds."""
    given = environment.get(name) or str(default)
    try:
        found = float(given)
    except ValueError:
        found = float("nan")
    if not least <= found <= most:
        raise HostError(f"{name} has to be a number from {least:g} to {most:g}, not {given!r}.")
    return found


def whole_number(environment: Environment, name: str, default: int, *, least: int, most: int) -> int:
    found = number(environment, name, default, least=least, most=most)
    if found != int(found):
        raise HostError(f"{name} has to be a whole number, not {environment[name]!r}.")
    return int(found)


def complete(environment: Environment, port: int) -> None:
    """Adds where providers can call us, and the secrets their webhooks are signed with, unless they were set by hand.

    Raises HostError when there is no such model catalog.
    """
    catalog = _catalog(environment)
    environment.setdefault(PUBLIC_URL, _reached_at(environment, port))
    for name, provider in catalog.providers().items():
        secret = provider.webhook_secret
        if secret and not environment.get(secret):
            # Without the provider's own nobody but the relay can sign.
            environment[secret] = _told_by(catalog, name) or _made_up()


def public_name(environment: Environment) -> str | None:
    """The name by which providers call us, when somebody set it."""
    return urlsplit(environment.get(PUBLIC_URL, "")).hostname


def _catalog(environment: Environment) -> Catalog:
    file = environment.get("RUSHES_CATALOG")
    try:
        return Catalog(entries(file), environment.get)
    except (OSError, ValueError, TypeError) as error:
        raise HostError(f"RUSHES_CATALOG: {file} is no model catalog: {error}") from error


def _reached_at(environment: Environment, port: int) -> str:
    """Nobody outside can call a laptop. What runs on it, as the tests' doubles do, can."""
    provider = urlsplit(environment.get("REPLICATE_BASE_URL", "")).hostname
    return f"http://127.0.0.1:{port}" if provider and _loopback(provider) else ""


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _told_by(catalog: Catalog, provider: str) -> str | None:
    """Its own, when it has our key and can be asked."""
    from rushes.providers.replicate.webhooks import signing_secret

    if provider != "replicate":
        return None
    try:
        return signing_secret(catalog.account(provider))
    except RushesError as error:
        _log.info("%s does not say how it signs webhooks: %s", provider, error.message)
        return None


def _made_up() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
