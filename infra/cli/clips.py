"""The clips of a lecture in a folder at home: films, subtitles, pictures, transcript, and one sheet to look at."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.cli.client import Client
from infra.cli.naming import slug

_AT_ONCE = 4
"""Downloads beside each other."""
_TRANSCRIPTS = ("srt", "vtt", "json", "txt")

Clip = dict[str, Any]


def take_clips_home(client: Client, production: dict[str, Any], folder: Path) -> dict[str, Path]:
    """Downloads them; answers with the paths: of the folder, and of what lies in it, by what it is."""
    result = production["result"]
    (folder / "thumbnails").mkdir(parents=True, exist_ok=True)
    files = dict(_files(result, folder))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(client.download, url, path) for path, url in files.items()]:
            done.result()
    taken = {"folder": folder}
    for clip in result["clips"]:
        taken[clip["id"]] = _film(folder, clip)
    if result["reel_url"]:
        taken["reel"] = folder / "reel.mp4"
    if result["transcript_url"]:
        for ending in _TRANSCRIPTS:
            taken[f"transcript_{ending}"] = folder / f"transcript.{ending}"
            client.save(
                f"productions/{production['id']}/transcript.{ending}", folder / f"transcript.{ending}"
            )
    if result["clips"]:
        taken["contact_sheet"] = _contact_sheet(production, folder)
    return taken


def _files(result: dict[str, Any], folder: Path) -> Iterator[tuple[Path, str]]:
    """Path and link of each."""
    for clip in result["clips"]:
        film = _film(folder, clip)
        linked = {"url": film, "subtitles_url": film.with_suffix(".vtt"), "thumbnail_url": _thumbnail(film)}
        yield from ((path, clip[link]) for link, path in linked.items() if clip[link])
    if result["reel_url"]:
        yield folder / "reel.mp4", result["reel_url"]


def _film(folder: Path, clip: Clip) -> Path:
    return folder / f"{clip['order']:02d}-{slug(clip['title'])}.mp4"


def _thumbnail(film: Path) -> Path:
    return film.parent / "thumbnails" / film.with_suffix(".jpg").name


def _contact_sheet(production: dict[str, Any], folder: Path) -> Path:
    from infra.cli.contact_sheet import contact_sheet

    clips = sorted(production["result"]["clips"], key=lambda clip: clip["order"])
    pictures = [_thumbnail(_film(folder, clip)) for clip in clips]
    path = folder / "contact.jpg"
    contact_sheet(production["title"], clips, pictures).save(path, quality=90)
    return path
