"""Colours as (red, green, blue), 0..255, and what a painter does with them."""

import colorsys

Colour = tuple[float, float, float]

WHITE: Colour = (255.0, 255.0, 255.0)
BLACK: Colour = (0.0, 0.0, 0.0)


def parse(text: str) -> Colour:
    """ "#rrggbb" → colour."""
    return (float(int(text[1:3], 16)), float(int(text[3:5], 16)), float(int(text[5:7], 16)))


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`share` of b in a."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def scale(a: Colour, factor: float) -> Colour:
    return (min(255.0, a[0] * factor), min(255.0, a[1] * factor), min(255.0, a[2] * factor))


def tint(a: Colour, light: Colour) -> Colour:
    """The colour `a` has under a light of this colour."""
    return (a[0] * light[0] / 255, a[1] * light[1] / 255, a[2] * light[2] / 255)


def luminance(a: Colour) -> float:
    """Rec. 709 luma, 0..255."""
    return 0.2126 * a[0] + 0.7152 * a[1] + 0.0722 * a[2]


def saturation(a: Colour) -> float:
    """0..1; what is nearly black or white has hardly any."""
    return (max(a) - min(a)) / 255


def saturate(a: Colour, factor: float) -> Colour:
    grey = luminance(a)
    return (
        max(0.0, min(255.0, grey + (a[0] - grey) * factor)),
        max(0.0, min(255.0, grey + (a[1] - grey) * factor)),
        max(0.0, min(255.0, grey + (a[2] - grey) * factor)),
    )


def turn(a: Colour, degrees: float) -> Colour:
    """The colour further round the wheel."""
    hue, light, depth = colorsys.rgb_to_hls(a[0] / 255, a[1] / 255, a[2] / 255)
    red, green, blue = colorsys.hls_to_rgb((hue + degrees / 360) % 1, light, depth)
    return (red * 255, green * 255, blue * 255)


def pixel(a: Colour) -> tuple[int, int, int]:
    return (
        round(max(0.0, min(255.0, a[0]))),
        round(max(0.0, min(255.0, a[1]))),
        round(max(0.0, min(255.0, a[2]))),
    )
