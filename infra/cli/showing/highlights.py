"""Highlights of a lecture: what was heard, what it is about, what was chosen, and the clips."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from infra.cli.showing.words import clock, duration

Documents = Mapping[str, Any]

READS: Mapping[str, Sequence[str]] = {
    "listen": ("transcript", "silence", "layout"),
    "analyze": ("topics",),
    "select": ("highlights",),
    "compile": ("highlights",),
}
"""Phase → the documents that tell what came of it."""


def outcome(result: dict[str, Any], taken: Mapping[str, Path]) -> list[RenderableType]:
    """What was brought home."""
    table = _table("#", "title", "from – to", "seconds", "importance")
    for clip in result["clips"]:
        table.add_row(
            str(clip["order"]), Text(clip["title"]), _span(clip), _seconds(clip), f"{clip['importance']:.2f}"
        )
    places = [
        Text.assemble((f"{word:>8}  ", "dim"), (str(taken[key]), "bold green"))
        for key, word in (("folder", "clips"), ("reel", "reel"), ("contact_sheet", "sheet"))
        if key in taken
    ]
    return [table if result["clips"] else Text("No part of it became a clip."), *places]


def review(phase: str, found: Documents, short: str) -> list[RenderableType]:
    """What there is to look at. `found`: those of the documents of `READS` that there are."""
    show: dict[str, Callable[[], list[RenderableType]]] = {
        "listen": lambda: [*_heard(found), *_seen(found)],
        "analyze": lambda: _topics(found["topics"]),
        "select": lambda: [*_chosen(found["highlights"]), _how_to_edit(found["highlights"], short)],
        "compile": lambda: _chosen(found["highlights"]),
    }
    whole = all(name in found for name in READS.get(phase, ()))
    return show[phase]() if phase in show and whole else []


# ---------------------------------------------------------------------- listen


def _heard(found: Documents) -> list[RenderableType]:
    transcript, silence = found["transcript"], found["silence"]
    silent = sum(each["end"] - each["start"] for each in silence["silences"])
    pauses = f"{len(silence['silences'])} pauses, {duration(silent)} of {duration(silence['duration'])}"
    if not transcript["heard"]:
        return [Text("Nobody transcribed it: pauses and slides tell its parts."), Text(pauses)]
    words = sum(len(each["words"]) for each in transcript["segments"])
    language = transcript["language"] or "a language that nobody named"
    said = f"{words:,} words in {len(transcript['segments'])} sentences, {language}; {pauses}"
    opening = " ".join(each["text"] for each in transcript["segments"][:2])
    return [Text(said), Text(opening, "italic", overflow="ellipsis", no_wrap=True)]


def _seen(found: Documents) -> list[RenderableType]:
    layout = found["layout"]
    table = _table("from – to", "layout", "confidence")
    for segment in layout["segments"]:
        name = segment["layout"].replace("_", " ")
        table.add_row(_span(segment), name, f"{segment['confidence']:.2f}")
    return [table, Text(f"{layout['width']}×{layout['height']}, {len(layout['slides'])} changes of slides")]


# ---------------------------------------------------------------------- analyze, select


def _topics(topics: dict[str, Any]) -> list[RenderableType]:
    table = _table("topic", "from – to", "importance", "title", "keywords")
    for topic in topics["topics"]:
        keywords = Text(", ".join(topic["keywords"]), "dim")
        importance = f"{topic['importance']:.2f}"
        table.add_row(topic["id"], _span(topic), importance, Text(topic["title"]), keywords)
    refused = [Text(f"refused: {each['title']}: {each['reason']}", "yellow") for each in topics["refused"]]
    return [table, *refused, Text(f"found by {topics['by']}", "dim")]


def _chosen(highlights: dict[str, Any]) -> list[RenderableType]:
    table = _table("clip", "from – to", "seconds", "importance", "title")
    for clip in highlights["clips"]:
        told = Text(clip["title"]).append("\n" + "; ".join(clip["reasons"]), "dim")
        table.add_row(clip["id"], _span(clip), _seconds(clip), f"{clip['importance']:.2f}", told)
    passed = [
        Text(f"passed over: {each['topic']}: {each['reason']}", "dim") for each in highlights["passed_over"]
    ]
    return [table, *passed]


def _how_to_edit(highlights: dict[str, Any], short: str) -> Text:
    if not highlights["clips"]:
        return Text(f"rushes edit {short} adds a clip, in your editor")
    first, last = highlights["clips"][0], highlights["clips"][-1]
    moved = f"rushes edit {short} --set clips.{first['id']}.start={first['start'] + 1:g} moves a boundary"
    return Text(f"{moved}; --set clips.{last['id']}=null drops a clip; rushes edit {short} opens your editor")


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="dim")
    for column in columns:
        right = column in ("#", "seconds", "importance", "confidence")
        table.add_column(
            column, justify="right" if right else "left", no_wrap=column not in ("title", "keywords")
        )
    return table


def _span(each: dict[str, Any]) -> str:
    return f"{clock(each['start'])} – {clock(each['end'])}"


def _seconds(clip: dict[str, Any]) -> str:
    return f"{clip['duration']:.1f}"
