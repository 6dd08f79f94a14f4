"""Prompts: how a spec is put into words for the models that write, draw, film, compose and speak."""

from importlib.resources import files
from string import Template
from typing import Any

from functions.ad.archetypes import archetypes
from functions.ad.beats import filled, library
from functions.ad.request import AdRequest
from functions.ad.spec import Beat, Draft, Spec

WORDS_PER_SECOND = 2.5
DRAFT_SCHEMA: dict[str, Any] = Draft.model_json_schema()
"""JSON Schema of a draft: every field required and no others, as structured output wants it."""

_SPOKEN = (
    f"`narration` is what is said while the beat is seen: at most {WORDS_PER_SECOND} words a second, or null."
)
_WRITTEN = "`caption` is read while the beat is seen: at most six words, or null."
_LONGER = "The movement goes on from the picture before."
_NO_QUOTES = str.maketrans("", "", '"“”„«»')


def temperature(creativity: float) -> float:
    """Sampling temperature for a creativity between 0 and 1."""
    return 0.2 + 0.6 * creativity


def plan_prompt(request: AdRequest) -> str:
    """The whole prompt for the model that plans. What the user wrote is put in as it is, and expanded no further."""
    wishes = [request.prompt, request.description, f"Title: {request.title}" if request.title else None]
    beats = [
        f"- {beat.id}: {beat.position}, usually {beat.seconds} s, {beat.shot}, {beat.camera}, energy {beat.energy}, "
        f"for {', '.join(beat.products)}. {_capital(filled(beat.action, product='the product'))}."
        for beat in library().values()
    ]
    ways = [
        f"- {way.id} ({', '.join(way.moods)}): {way.pacing}. Light: {way.lighting}. Camera: {way.camera}. "
        f"Beats: {', '.join(way.beats)}. Palettes: {' or '.join(' '.join(p) for p in way.palettes)}."
        for way in archetypes().values()
    ]
    odd = request.duration % 5
    template = Template(files("functions.ad").joinpath("prompts/plan.md").read_text(encoding="utf-8"))
    return template.substitute(
        request="\n".join(wish for wish in wishes if wish),
        duration=request.duration,
        aspect_ratio=request.aspect_ratio,
        remainder=f" Exactly one of them, not the first, lasts {5 + odd} or {10 + odd} instead."
        if odd
        else "",
        narration=_SPOKEN if request.narration else "Nobody speaks: `narration` is null in every beat.",
        captions=_WRITTEN if request.captions else "There are no captions: `caption` is null in every beat.",
        library="\n".join(beats),
        archetypes="\n".join(ways),
    )


def image_prompt(spec: Spec, beat: Beat) -> str:
    """Shot, action and product first, then what all pictures of the film share, so that they look like one film."""
    action = beat.action.rstrip(".!? ")
    pictured = filled(library()[beat.beat].prompt, product=spec.product, action=action)
    style = spec.style
    sentences = [
        f"{beat.shot}. {_capital(pictured)}.",
        f"Product: {spec.product}.",
        f"Setting: {style.place} {_when(style.time_of_day)}.",
        f"Mood: {style.mood}.",
        f"Lighting: {style.lighting}.",
        f"Palette: {', '.join(style.palette)}.",
    ]
    if beat.role == "closing":
        sentences.append(f'Title: "{spec.tagline.translate(_NO_QUOTES)}".')
    return " ".join(sentences)


def video_prompt(spec: Spec, beat: Beat, part: int) -> str:
    """The picture's own prompt with the camera's movement; parts after 0 go on from the one before."""
    pace = "gentle" if beat.energy < 0.45 else "steady" if beat.energy < 0.75 else "fast"
    return " ".join(
        [image_prompt(spec, beat), f"Camera: {pace} {beat.camera}.", *([_LONGER] if part else [])]
    )


def music_prompt(spec: Spec) -> str:
    music = spec.music
    return (
        f"{_capital(music.direction.rstrip('. '))}. Mood: {music.mood}. {music.tempo_bpm} BPM. "
        f"Instrumental, builds to the end, ends on the cut, {spec.duration} seconds."
    )


def fit_narration(line: str, seconds: int) -> str:
    """As much of a line as can be said in the time: whole words, cut where a sentence or clause ends if possible."""
    words = line.split()
    limit = int(seconds * WORDS_PER_SECOND)
    if len(words) <= limit:
        return " ".join(words)
    kept = words[:limit]
    ends = [i for i, word in enumerate(kept, start=1) if word[-1] in ".!?;,:–—" and i > limit // 3]
    shortened = " ".join(kept[: ends[-1]] if ends else kept).rstrip(";,:–— ")
    return shortened if shortened.endswith((".", "!", "?")) else f"{shortened}."


def _when(time_of_day: str) -> str:
    return "by day" if time_of_day == "day" else f"at {time_of_day}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
