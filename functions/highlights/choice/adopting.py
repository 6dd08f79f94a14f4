"""Clips taken over as they were chosen elsewhere, at another checkpoint of the same lecture."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from functions.problems import Problem, refusal

Clip = dict[str, Any]

_NUMBERED = re.compile(r"(?:clip|thumb|subtitles)_(\d+)")
_REEL = "reel"


def covers(name: str) -> bool:
    """Is it made as the choice says?"""
    return name == _REEL or _NUMBERED.fullmatch(name) is not None


def taken(
    document: Mapping[str, Any], there: Mapping[str, Any], names: Mapping[str, str] | None
) -> dict[str, Any]:
    """The document `highlights` with these clips as the one `there` has them: boundaries, title, topic and reasons.

    `names` are of what is made of clips: here → there. All of them, as well as the reel, are the whole choice.
    Raises BadRequest where one overlaps a clip that stays.
    """
    if names is None or _REEL in names:
        return dict(there)
    others = {clip["id"]: clip for clip in there["clips"]}
    coming: dict[str, Clip] = {
        _clip(name): {**others[_clip(own)], "id": _clip(name)} for name, own in names.items()
    }
    at_home: list[Clip] = document["clips"]
    known = {clip["id"] for clip in at_home}
    clips = [coming.get(clip["id"]) or clip for clip in at_home]
    clips += [clip for id, clip in coming.items() if id not in known]
    if wrong := list(_overlaps(clips, coming)):
        raise refusal(wrong)
    topics = {clip["topic"] for clip in clips}
    passed_over = [each for each in document["passed_over"] if each["topic"] not in topics]
    return {**document, "clips": clips, "passed_over": passed_over}


def _clip(name: str) -> str:
    found = _NUMBERED.fullmatch(name)
    assert found
    return f"clip_{found[1]}"


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
