"""How a provider is reached."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Account:
    """`key` and `webhook_secret` never appear in a repr, a log or an error."""

    name: str
    title: str
    base_url: str
    key: str = field(repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    output_hosts: tuple[str, ...] = ()
    """Where its files may be fetched from: host names, `*.` for any below."""
    configured_host: str | None = None
    """The host of a base URL that was set by hand. It may be a private one, and serve files too."""

    def without_secrets(self, text: str) -> str:
        """A provider's own words may repeat what we sent it."""
        for secret in (self.key, self.webhook_secret):
            text = text.replace(secret, "…") if secret else text
        return text


def host_of(url: str) -> str | None:
    return urlsplit(url).hostname
