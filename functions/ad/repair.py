"""From draft to spec: every rule made true, and every repair told.

The rules, each once, are in `problems`; `repair` is what makes them hold.
"""

import re

from functions.ad.archetypes import archetypes, named
from functions.ad.beats import LibraryBeat, Position, fitting, lengths_are_legal, lengths_for, library
from functions.ad.request import AdRequest
from functions.ad.spec import Beat, Draft, DraftBeat, Music, Spec, Style

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TEMPO = (60, 180)


def problems(spec: Spec) -> list[tuple[str, str]]:
    """What is against the rules, as (field, sentence). Empty for everything `repair` makes."""
    found = []
    known = library()
    for i, beat in enumerate(spec.beats):
        if beat.beat not in known:
            found.append((f"beats.{i}.beat", f"there is no beat {beat.beat!r} in the library"))
        elif known[beat.beat].position != _position(i, len(spec.beats)):
            found.append((f"beats.{i}.beat", f"{beat.beat} is a beat for the {known[beat.beat].position}"))
    if len(spec.beats) < 2:
        found.append(("beats", "a film has an opening and a closing: at least two beats"))
    lengths = [beat.seconds for beat in spec.beats]
    if sum(lengths) != spec.duration:
        found.append(("beats", f"the beats last {sum(lengths)} seconds, and the film {spec.duration}"))
    elif not lengths_are_legal(spec.duration, lengths):
        found.append(("beats", "a beat lasts 5, 10 or 15 seconds"))
    if spec.archetype not in archetypes():
        found.append(("archetype", f"there is no archetype {spec.archetype!r}"))
    if not 3 <= len(spec.style.palette) <= 6 or not all(map(_HEX.fullmatch, spec.style.palette)):
        found.append(("style.palette", "a palette is 3 to 6 colours like #1b2a49"))
    if not _TEMPO[0] <= spec.music.tempo_bpm <= _TEMPO[1]:
        found.append(("music.tempo_bpm", "a tempo is 60 to 180 beats a minute"))
    return found


def repair(draft: Draft, request: AdRequest) -> Spec:
    """A spec that `problems` finds nothing wrong with. Repairing what is right changes nothing and tells nothing."""
    told: list[str] = []
    archetype = named(draft.archetype, draft.style.mood)
    if archetype.id != draft.archetype:
        told.append(f"The archetype {draft.archetype!r} is unknown; {archetype.id} fits the mood.")
    product = draft.product.strip() or "the product"
    return Spec(
        title=request.title or f"{product}: {draft.tagline}".strip(": "),
        duration=request.duration,
        aspect_ratio=request.aspect_ratio,
        product=product,
        audience=draft.audience,
        archetype=archetype.id,
        style=_style(draft.style, archetype.palette, told),
        music=_music(draft.music, told),
        tagline=draft.tagline,
        beats=_beats(draft.beats, request.duration, archetype.beats, told),
        repairs=told,
    )


def _beats(
    drafted: list[DraftBeat], duration: int, preferred: tuple[str, ...], told: list[str]
) -> list[Beat]:
    wished = [min(max(beat.seconds, 5), 15) for beat in drafted] or [5]
    wished = wished if len(wished) > 1 else [*wished, 5]
    lengths = lengths_for(duration, wished)
    beats = _as_many(drafted, len(lengths), told)
    if [beat.seconds if beat else 0 for beat in beats] != lengths:
        told.append(
            f"The beats' lengths are {', '.join(map(str, lengths))} seconds, so that they fill {duration} exactly."
        )
    sequence: list[Beat] = []
    for i, (beat, seconds) in enumerate(zip(beats, lengths, strict=True)):
        used = [each.beat for each in sequence]
        entry = _entry(beat, _position(i, len(lengths)), preferred, used, i, told)
        sequence.append(
            Beat(
                index=i,
                beat=entry.id,
                role=entry.role,
                seconds=seconds,
                shot=entry.shot,
                camera=entry.camera,
                energy=entry.energy,
                action=(beat.action.strip() if beat else "") or entry.action,
                narration=beat.narration if beat else None,
                caption=beat.caption if beat else None,
            )
        )
    return sequence


def _as_many(drafted: list[DraftBeat], count: int, told: list[str]) -> list[DraftBeat | None]:
    """The first and the last drafted beat, and as many between them as there is time for."""
    if len(drafted) > count:
        told.append(f"{len(drafted) - count} of {len(drafted)} beats had no time and were left out.")
        return [*drafted[: count - 1], drafted[-1]]
    if len(drafted) < count:
        told.append(f"{count - len(drafted)} beats were added to fill the time.")
    if not drafted:
        return [None] * count
    return [*drafted[:-1], *[None] * (count - len(drafted)), drafted[-1]] if count > 1 else list(drafted)


def _entry(
    beat: DraftBeat | None,
    position: Position,
    preferred: tuple[str, ...],
    used: list[str],
    index: int,
    told: list[str],
) -> LibraryBeat:
    """The library's beat for this place: the drafted one if it may stand here, otherwise the nearest that may."""
    known = library()
    drafted = known.get(beat.beat) if beat else None
    if drafted and drafted.position == position:
        return drafted
    candidates = fitting(position)
    energy = drafted.energy if drafted else 0.6
    nearest = min(
        candidates,
        key=lambda each: (each.id in used, each.id not in preferred, abs(each.energy - energy), each.id),
    )
    if beat:
        why = "does not stand there" if drafted else "is not in the library"
        told.append(f"Beat {index} is {nearest.id}: {beat.beat!r} {why}.")
    return nearest


def _position(index: int, count: int) -> Position:
    if index == 0:
        return "opening"
    return "closing" if index == count - 1 else "middle"


def _style(style: Style, usual: tuple[str, ...], told: list[str]) -> Style:
    colours = list(dict.fromkeys(colour for colour in style.palette if _HEX.fullmatch(colour)))
    palette = list(dict.fromkeys([*colours, *(usual if len(colours) < 3 else ())]))[:6]
    if palette != style.palette:
        told.append("The palette was made 3 to 6 valid colours.")
    return style.model_copy(update={"palette": palette})


def _music(music: Music, told: list[str]) -> Music:
    tempo = min(max(music.tempo_bpm, _TEMPO[0]), _TEMPO[1])
    if tempo != music.tempo_bpm:
        told.append(f"The tempo is {tempo} instead of {music.tempo_bpm} beats a minute.")
    return music.model_copy(update={"tempo_bpm": tempo})
