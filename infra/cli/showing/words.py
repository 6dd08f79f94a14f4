"""Money, time and errors in words."""

from typing import Any

_ONE = {"call": "a call", "image": "an image", "second": "a second", "minute": "a minute"}


def usd(amount: float) -> str:
    """`$1.20`; amounts below ten cents to a hundredth of a cent: `$0.0250`."""
    return f"${amount:.4f}" if 0 < amount < 0.1 else f"${amount:.2f}"


def price(price: dict[str, Any]) -> str:
    """`$0.025 an image`, `$0.19 a 6 s clip`, `$0.10 / $0.50 a million tokens`, `free`."""
    if price["clips"]:
        clips = sorted((int(seconds), cost) for seconds, cost in price["clips"].items())
        return ", ".join(f"{_exact(cost)} a {seconds} s clip" for seconds, cost in clips)
    if not (price["usd"] or price["usd_output"]):
        return "free"
    if price["unit"] == "million_tokens":
        output = "" if price["usd_output"] is None else f" / {_exact(price['usd_output'])}"
        return f"{_exact(price['usd'])}{output} a million tokens"
    return f"{_exact(price['usd'])} {_ONE.get(price['unit'], 'a ' + price['unit'])}"


def duration(seconds: float) -> str:
    """`45 s`, `2 min 5 s`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")


def clock(seconds: float) -> str:
    """A time in a recording: `0:07`, `12:40`, `1:02:03`."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def sentence(error: dict[str, Any]) -> str:
    """The API's, after the item it is about unless it begins with that itself."""
    item, message = error["item"], error["message"]
    return f"{item}: {message}" if item and not message.startswith(item) else message


def _exact(amount: float) -> str:
    """To the cent, and as far as it goes beyond."""
    return f"${amount:.2f}" if round(amount, 2) == amount else f"${amount:.6f}".rstrip("0")
