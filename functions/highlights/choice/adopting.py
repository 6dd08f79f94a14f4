"""Clips taken over as they were chosen elsewhere, at another checkpoint of the same lecture."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from functions.highlights.names import clip_of
from functions.problems import Problem, refusal

Clip = dict[str, Any]

_REEL = "reel"


def covers(name: str) -> bool:
    """Is it made as the choice says?"""
    return name == _REEL or clip_of(name) is not None


def taken(
    document: Mapping[str, Any], there: Mapping[str, Any], names: Mapping[str, str] | None
) -> dict[str, Any]:
    """The document `highlights` with these clips as the one `there` has them: boundaries, title, topic and reasons.

    `names` are of what is made of clips: here → there. All of them, as well as the reel, are the whole choice.
    Raises BadRequest where one overlaps a clip that stays, or what is of another kind is to take its place.
    """
    if names is None:
        return dict(there)
    if strange := [
        (name, f"{own} is no {_kind(name)}") for name, own in names.items() if _kind(own) != _kind(name)
    ]:
        raise refusal(strange)
    if _REEL in names:
        return dict(there)
    others = {clip["id"]: clip for clip in there["clips"]}
    coming: dict[str, Clip] = {}
    for name, own in names.items():
        here, source = clip_of(name), clip_of(own)
        assert here
        assert source
        coming[here] = {**others[source], "id": here}
    at_home: list[Clip] = document["clips"]
    known = {clip["id"] for clip in at_home}
    clips = [coming.get(clip["id"]) or clip for clip in at_home]
    clips += [clip for id, clip in coming.items() if id not in known]
    if wrong := list(_overlaps(clips, coming)):
        raise refusal(wrong)
    topics = {clip["topic"] for clip in clips}
    passed_over = [each for each in document["passed_over"] if each["topic"] not in topics]
    return {**document, "clips": clips, "passed_over": passed_over}


def _kind(name: str) -> str:
    return name.partition("_")[0]


def _overlaps(clips: Sequence[Clip], coming: Mapping[str, Clip]) -> Iterator[Problem]:
    for new in coming.values():
        for clip in clips:
            if clip["id"] != new["id"] and clip["start"] < new["end"] and new["start"] < clip["end"]:
                span = f"{new['start']:.10g} to {new['end']:.10g} s"
                other = f"{clip['id']}, which is {clip['start']:.10g} to {clip['end']:.10g} s"
                yield (
                    f"clips.{new['id']}",
                    f"it is {span} there, and overlaps {other}: drop or move one first",
                )
