"""A film's timeline as a file for editing programs: OpenTimelineIO or FCPXML, by the file's suffix."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

import typer

Artifact = tuple[str, int]
"""Name and version."""
Download = Callable[[str, Path], None]

_AT_ONCE = 8
_USUAL = {"image": ".png", "video": ".mp4", "audio": ".mp3"}


def export(timeline: Mapping[str, Any], out: Path, download: Download | None) -> list[Path]:
    """Writes a TimelineView of the API to `out`; returns the written files, `out` first.

    With `download`, every artifact's file is put into the folder `{stem}_media` beside it, and linked from there;
    without, the links are the API's, which expire. An artifact without a link is marked as missing media. Raises
    typer.BadParameter for another suffix than .otio and .fcpxml, and whatever `download` raises; nothing is written
    to `out` then.
    """
    if out.suffix not in (".otio", ".fcpxml"):
        raise typer.BadParameter(
            f"{out.name} has to end in .otio (OpenTimelineIO) or .fcpxml (Final Cut Pro, DaVinci Resolve)"
        )
    urls = {(clip["name"], clip["version"]): clip for clip in clips_of(timeline)}
    links: dict[Artifact, str | None] = {artifact: clip["url"] for artifact, clip in urls.items()}
    written: dict[Artifact, Path] = {}
    if download:
        wanted = {artifact: clip for artifact, clip in urls.items() if clip["url"]}
        written = _downloaded(wanted, out.with_name(f"{out.stem}_media"), download)
    # Each writer brings its own needs along: `rushes --help` must not wait for them.
    if out.suffix == ".otio":
        from infra.cli.timeline_otio import write

        # Relative, so that the film and its folder can be moved together.
        local = {artifact: quote(f"{path.parent.name}/{path.name}") for artifact, path in written.items()}
    else:
        from infra.cli.timeline_fcpxml import write

        local = {artifact: path.resolve().as_uri() for artifact, path in written.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    write(timeline, links | local, out)
    return [out, *written.values()]


def clips_of(timeline: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for track in timeline["tracks"]:
        yield from track["clips"]


def held_frames(clip: Mapping[str, Any]) -> int:
    """For how many frames at the clip's end its file's last picture stands still, because the file is too short."""
    if clip["source_frames"] is None:
        return 0
    return max(0, clip["source_start"] + clip["frames"] - clip["source_frames"])


def file_name(clip: Mapping[str, Any]) -> str:
    """As the studio names it: `chunk_00_v1.mp4`. A link without a suffix has the medium's usual one."""
    suffix = PurePosixPath(urlsplit(clip["url"] or "").path).suffix or _USUAL[clip["media"]]
    return quote(f"{clip['name']}_v{clip['version']}{suffix}", safe=" ")


def _downloaded(
    clips: Mapping[Artifact, Mapping[str, Any]], folder: Path, download: Download
) -> dict[Artifact, Path]:
    """Each file once, several at a time. The first failure is raised, and what has not begun is left."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {artifact: folder / file_name(clip) for artifact, clip in clips.items()}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        running = [pool.submit(download, clips[artifact]["url"], path) for artifact, path in paths.items()]
        try:
            for each in running:
                each.result()
        finally:
            pool.shutdown(cancel_futures=True)
    return paths
