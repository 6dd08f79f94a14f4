"""From draft to spec: every rule made true, and every repair told."""

import difflib

from functions.ad.archetypes import Archetype, named
from functions.ad.beats import LibraryBeat, Position, filled, fitting, library, position_of
from functions.ad.lengths import count_for, lengths_are_legal, lengths_for
from functions.ad.prompting import fit_narration
from functions.ad.request import AdRequest
from functions.ad.rules import ACTION, CAPTION, COLOUR, COLOURS, TEMPO, TEXTS, plain
from functions.ad.spec import Beat, Draft, DraftBeat, Music, Spec, Style

UNNAMED = "the product"

Told = list[str]


def repair(draft: Draft, request: AdRequest) -> Spec:
    """A spec that `problems` finds nothing wrong with. Repairing what is right changes nothing and tells nothing."""
    told: Told = []
    archetype = named(draft.archetype, draft.style.mood)
    if archetype.id != draft.archetype:
        told.append(f"The archetype {draft.archetype[:40]!r} is unknown; {archetype.id} fits best.")
    product = _text("product", draft.product, UNNAMED, told)
    tagline = _text("tagline", draft.tagline, product, told)
    return Spec(
        title=plain(request.title or f"{product}: {tagline}", TEXTS["title"]),
        duration=request.duration,
        aspect_ratio=request.aspect_ratio,
        product=product,
        audience=_text("audience", draft.audience, "everybody", told),
        archetype=archetype.id,
        style=_style(draft.style, archetype, told),
        music=_music(draft.music, archetype, told),
        tagline=tagline,
        beats=_beats(draft.beats, request.duration, product, archetype.beats, told),
        repairs=told,
    )


# ---------------------------------------------------------------------- texts, colours, tempo


def _text(field: str, given: str, usual: str, told: Told) -> str:
    text = plain(given, TEXTS[field]) or usual
    if text != given:
        said = "was not one clean line of a fitting length" if given.strip() else "was empty"
        told.append(f"{field} {said}; now it is {text!r}.")
    return text


def _style(style: Style, archetype: Archetype, told: Told) -> Style:
    usual = {
        "mood": archetype.moods[0],
        "lighting": archetype.lighting,
        "camera": archetype.camera,
        "place": "a studio",
        "time_of_day": "day",
    }
    texts = {
        name: _text(f"style.{name}", getattr(style, name), default, told) for name, default in usual.items()
    }
    colours = list(dict.fromkeys(colour for colour in style.palette if COLOUR.fullmatch(colour)))
    if len(colours) not in COLOURS:
        colours = list(dict.fromkeys([*colours, *archetype.palettes[0]]))[: COLOURS[-1]]
    if colours != style.palette:
        told.append(f"The palette was made {len(colours)} valid colours: {', '.join(colours)}.")
    return Style(palette=colours, **texts)


def _music(music: Music, archetype: Archetype, told: Told) -> Music:
    tempo = min(max(music.tempo_bpm, TEMPO[0]), TEMPO[-1])
    if tempo != music.tempo_bpm:
        told.append(f"The tempo is {tempo} instead of {music.tempo_bpm} beats a minute.")
    direction = _text("music.direction", music.direction, archetype.music, told)
    return Music(
        direction=direction, mood=_text("music.mood", music.mood, archetype.moods[0], told), tempo_bpm=tempo
    )


# ---------------------------------------------------------------------- the sequence of beats


def _beats(
    drafted: list[DraftBeat], duration: int, product: str, preferred: tuple[str, ...], told: Told
) -> list[Beat]:
    kept = _kept(drafted, duration, told)
    entries = _entries(kept, preferred, told)
    wished = [beat.seconds if beat else entry.seconds for beat, entry in zip(kept, entries, strict=True)]
    lengths = lengths_for(duration, wished)
    if lengths != wished:
        told.append(f"The beats now last {', '.join(map(str, lengths))} seconds: {duration} in all.")
    parts = zip(entries, lengths, kept, strict=True)
    return [_beat(i, entry, seconds, beat, product, told) for i, (entry, seconds, beat) in enumerate(parts)]


def _kept(drafted: list[DraftBeat], duration: int, told: Told) -> list[DraftBeat | None]:
    """As many beats as there is time for, evenly chosen, the first and the last among them; None is one to be added."""
    if lengths_are_legal(duration, [beat.seconds for beat in drafted]):
        return list(drafted)
    count = count_for(duration, len(drafted))
    if len(drafted) > count:
        told.append(f"{len(drafted) - count} of {len(drafted)} beats had no time and were left out.")
        return [drafted[i * (len(drafted) - 1) // (count - 1)] for i in range(count)]
    missing = count - len(drafted)
    if missing:
        told.append(f"{missing} {'beat was' if missing == 1 else 'beats were'} added to fill the time.")
    return [*drafted[:-1], *[None] * missing, *drafted[-1:]]


def _entries(kept: list[DraftBeat | None], preferred: tuple[str, ...], told: Told) -> list[LibraryBeat]:
    """The library's beat for each place: the drafted one if it may stand there, otherwise the nearest that may."""
    entries: list[LibraryBeat] = []
    for i, beat in enumerate(kept):
        position = position_of(i, len(kept))
        entry = library().get(beat.beat) if beat else None
        if entry is None or entry.position != position:
            used = [each.id for each in entries]
            nearest = _nearest(beat.beat if beat else "", entry, position, preferred, used)
            if beat:
                why = f"does not belong to the {position}" if entry else "is not in the library"
                told.append(f"Beat {i} is {nearest.id}: {beat.beat[:40]!r} {why}.")
            entry = nearest
        entries.append(entry)
    return entries


def _nearest(
    name: str, misplaced: LibraryBeat | None, position: Position, preferred: tuple[str, ...], used: list[str]
) -> LibraryBeat:
    candidates = {beat.id: beat for beat in fitting(position)}
    spelled = name.lower().replace(" ", "_").replace("-", "_")
    if alike := difflib.get_close_matches(spelled, candidates, n=1):
        return candidates[alike[0]]
    energy = misplaced.energy if misplaced else 0.6
    return min(
        candidates.values(),
        key=lambda each: (each.id in used, each.id not in preferred, abs(each.energy - energy), each.id),
    )


def _beat(
    i: int, entry: LibraryBeat, seconds: int, drafted: DraftBeat | None, product: str, told: Told
) -> Beat:
    given = drafted.action if drafted else ""
    action = plain(given, ACTION) or plain(filled(entry.action, product=product), ACTION)
    if drafted and action != given:
        told.append(f"The action of beat {i} was not one clean line; now it is {action!r}.")
    narration = fit_narration(plain((drafted and drafted.narration) or "", ACTION), seconds) or None
    if drafted and narration != drafted.narration:
        told.append(f"The narration of beat {i} was fitted to its {seconds} seconds.")
    caption = plain((drafted and drafted.caption) or "", CAPTION) or None
    if drafted and caption != drafted.caption:
        told.append(f"The caption of beat {i} was made one short line.")
    return Beat(
        index=i,
        beat=entry.id,
        role=entry.role,
        seconds=seconds,
        shot=entry.shot,
        camera=entry.camera,
        energy=entry.energy,
        action=action,
        narration=narration,
        caption=caption,
    )
