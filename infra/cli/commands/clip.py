"""`rushes clip`: make clips of a recorded lecture, or ask what they would cost."""

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from functions.highlights.request import Aspect, ModelRole
from functions.highlights.request import Captions as CaptionsAs
from infra.cli import terminal
from infra.cli.client import Client
from infra.cli.options import (
    Api,
    Auto,
    Budget,
    Campaign,
    Estimate,
    Json,
    Out,
    Payer,
    Title,
    Token,
    chosen_models,
)
from infra.cli.seeing_through import see_through
from infra.cli.showing import estimates
from infra.cli.uploading import uploaded

app = typer.Typer()

_MIB = 2**20
_MOST_BYTES = 500 * _MIB
_KINDS = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".avi": "video/x-msvideo",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
}
_LOOK_SECONDS = 0.5
_PATIENCE_SECONDS = 300
"""How long a studio may take to look at what has arrived."""


class Phase(StrEnum):
    LISTEN = "listen"
    ANALYZE = "analyze"
    SELECT = "select"
    COMPILE = "compile"


Lecture = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="The recording: mp4, mov, avi, mkv or webm.")
]
Clips = Annotated[int, typer.Option(min=1, max=15, help="How many clips, at most.")]
Shortest = Annotated[int, typer.Option(min=5, max=600, help="Seconds of a clip, at least.")]
Longest = Annotated[int, typer.Option(min=5, max=600, help="Seconds of a clip, at most.")]
Shape = Annotated[
    Aspect, typer.Option(help="The clips' shape, laid out anew from slides and speaker; `source` as it is.")
]
Captions = Annotated[
    CaptionsAs, typer.Option(help="Words on the picture, in a file beside it only, or none.")
]
Emphasis = Annotated[bool, typer.Option("--emphasis/--no-emphasis", help="The spoken word stands out.")]
Reel = Annotated[bool, typer.Option("--reel/--no-reel", help="One film of all clips, too.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="What is spoken, as in `en`; found out if not given.")
]
About = Annotated[
    str | None, typer.Option("--about", metavar="TEXT", help="What you are looking for, in your own words.")
]
Use = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ROLE=MODEL",
        help="Another model for transcript or topics; `rushes models` lists them. Give it again for the other.",
    ),
]
PauseAt = Annotated[
    list[Phase] | None,
    typer.Option(help="Stop for a review only after this phase; give it again for another."),
]
Seed = Annotated[int | None, typer.Option(min=0, help="Another seed may find other topics.")]


@app.command(
    epilog="""
Examples:

    rushes clip lecture.mp4 --auto

    rushes clip lecture.mp4 --clips 3 --aspect-ratio 9:16 --pause-at select

    rushes clip lecture.mkv --use transcript=whisper --about "What a beginner needs" --budget 1 --estimate
"""
)
def clip(
    lecture: Lecture,
    auto: Auto = False,
    pause_at: PauseAt = None,
    clips: Clips = 5,
    shortest: Shortest = 20,
    longest: Longest = 120,
    aspect_ratio: Shape = "16:9",
    captions: Captions = "burned",
    emphasis: Emphasis = True,
    reel: Reel = True,
    language: Language = None,
    about: About = None,
    title: Title = None,
    use: Use = None,
    budget: Budget = None,
    client: Payer = None,
    campaign: Campaign = None,
    seed: Seed = None,
    estimate: Estimate = False,
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Make highlight clips of a recorded lecture. Starts a studio for itself if none runs."""
    if auto and pause_at:
        raise typer.BadParameter("--auto stops for nothing: leave out --auto, or --pause-at")
    if longest < shortest:
        raise typer.BadParameter(f"--longest {longest} is shorter than --shortest {shortest}")
    kind = _kind_of(lecture)
    always = {
        "clips": clips,
        "shortest": shortest,
        "longest": longest,
        "aspect_ratio": aspect_ratio,
        "captions": captions,
        "emphasis": emphasis,
        "reel": reel,
        "auto_continue": auto,
    }
    chosen = {
        "pause_at": pause_at or None,
        "language": language,
        "prompt": about,
        "title": title,
        "seed": seed,
    }
    chosen |= {"models": chosen_models(use, get_args(ModelRole)), "budget_usd": budget}
    chosen |= {"client_id": client, "campaign_id": campaign}
    options = always | {name: value for name, value in chosen.items() if value is not None}
    if estimate:
        _estimate(lecture, options, as_json, api, token)
        return
    with terminal.studio(api, token, as_json) as studio:
        upload_id = uploaded(studio, lecture, "lecture", kind, options=options)
        production_id = _begun(studio, upload_id, as_json)
        if not as_json:
            terminal.out.print(f"[bold]{production_id}[/]")
        see_through(studio, production_id, out_folder, as_json)


def _kind_of(lecture: Path) -> str:
    """Its media type. Raises `BadParameter` for what no studio would take."""
    size, kind = lecture.stat().st_size, _KINDS.get(lecture.suffix.lower())
    if not size:
        wrong = f"{lecture.name} is empty"
    elif size > _MOST_BYTES:
        wrong = f"{lecture.name} has {size / _MIB:,.0f} MB; {_MOST_BYTES // _MIB} MB are the most"
    elif not kind:
        wrong = f"{lecture.name} is not called like a recording: mp4, mov, avi, mkv or webm"
    else:
        return kind
    raise typer.BadParameter(wrong, param_hint="LECTURE")


def _estimate(
    lecture: Path, options: dict[str, Any], as_json: bool, api: str | None, token: str | None
) -> None:
    from rushes.media.probe import probe  # a library's start is not every command's

    with terminal.studio(api, token, as_json) as client:
        seconds = round(float(probe(lecture).duration or 0), 3)
        found = client.post("productions/estimate", {"kind": "highlights", "seconds": seconds, **options})
        terminal.tell(found, estimates.estimate(found), as_json)


def _begun(client: Client, upload_id: str, as_json: bool) -> str:
    """The id of the production, once the studio has looked at the file. Leaves when it was refused."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with terminal.err.status("The studio looks at it …"):
        while (found := client.get(f"uploads/{upload_id}"))["state"] == "awaited":
            if time.monotonic() > deadline:
                terminal.stop("the studio has not begun with it yet: `rushes ls` shows when", terminal.FAILED)
            time.sleep(_LOOK_SECONDS)
    if found["state"] == "refused":
        if as_json:
            terminal.print_json(found)
        terminal.stop(found["error"]["message"], terminal.FAILED)
    return found["production_id"]
