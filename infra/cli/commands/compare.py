"""`rushes compare`: two checkpoints, artifact by artifact."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from infra.cli import terminal
from infra.cli.checkpoints import Checkpoints
from infra.cli.client import Client
from infra.cli.options import Api, Json, Production, Revision, Token
from infra.cli.showing import comparison

app = typer.Typer()

_Pair = tuple[str, Path | None, Path | None]
_FILMS = ("final", "stitched", "reel")
"""The most finished first."""

Side = Annotated[
    str, typer.Argument(metavar="CHECKPOINT|BRANCH", help="Its id, its last letters, or a branch.")
]
Picture = Annotated[
    Path | None, typer.Option(dir_okay=False, help="Write the images that differ side by side: a png or jpg.")
]
Video = Annotated[
    Path | None,
    typer.Option(dir_okay=False, help="Write the films, or else the first clips that differ, so: an mp4."),
]


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes compare main main-1

    rushes compare k3j9 main-1 last --picture both.png --video both.mp4
""",
)
def compare(
    left: Side,
    right: Side,
    production: Production = "last",
    left_revision: Revision = None,
    right_revision: Revision = None,
    picture: Picture = None,
    video: Video = None,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Show what differs between two checkpoints: versions, recipes and costs. A branch is its newest checkpoint."""
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        sides = {"left": found.find(left)["id"], "right": found.find(right)["id"]}
        revisions = {
            "left_revision": left_revision or found.revision_at(left),
            "right_revision": right_revision or found.revision_at(right),
        }
        compared = client.get(f"productions/{found.production['id']}/compare", **sides, **revisions)
        terminal.tell(compared, comparison.comparison(compared), as_json)
        with TemporaryDirectory(prefix="rushes-") as folder:
            for path in _written(client, compared, picture, video, Path(folder)):
                if not as_json:
                    terminal.out.print(f"[bold green]{path}[/]", soft_wrap=True)


def _written(
    client: Client, compared: dict[str, Any], picture: Path | None, video: Path | None, folder: Path
) -> Iterator[Path]:
    if picture:
        from infra.cli.side_by_side import write_picture

        images = _of(compared, "image")
        pairs = [_downloaded(client, each, folder) for each in images]
        titles = [comparison.title(compared[side]) for side in ("left", "right")]
        write_picture(pairs, picture, *titles)
        yield picture
    if video:
        from infra.cli.side_by_side import write_video

        _name, left, right = _downloaded(client, _film(compared), folder)
        assert left
        assert right
        write_video(left, right, video)
        yield video


def _of(compared: dict[str, Any], media: str) -> Sequence[dict[str, Any]]:
    found = [each for each in compared["different"] if each["media"] == media]
    if not found:
        terminal.stop(f"no {media} differs: there is nothing to put side by side", terminal.WRONG)
    return found


def _film(compared: dict[str, Any]) -> dict[str, Any]:
    """The most finished video that is on both sides."""
    films = [each for each in _of(compared, "video") if each["left"] and each["right"]]
    if not films:
        terminal.stop("no video is on both sides: there is nothing to put side by side", terminal.WRONG)
    return min(films, key=lambda each: _FILMS.index(each["name"]) if each["name"] in _FILMS else len(_FILMS))


def _downloaded(client: Client, difference: dict[str, Any], folder: Path) -> _Pair:
    paths: list[Path | None] = []
    for side in ("left", "right"):
        artifact = difference[side]
        path = folder / f"{artifact['id']}-{side}{_ending(artifact)}" if artifact else None
        if path:
            client.download(artifact["url"], path)
        paths.append(path)
    return difference["name"], paths[0], paths[1]


def _ending(artifact: dict[str, Any]) -> str:
    """Of its file: `.png`. What follows it in a link is the signature."""
    return PurePosixPath(urlsplit(artifact["url"]).path).suffix
