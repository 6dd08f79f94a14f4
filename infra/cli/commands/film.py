"""`rushes film`: make a film, or ask what it would cost."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from functions.ad.request import ModelRole
from functions.fields import AspectRatio
from infra.cli import terminal
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

app = typer.Typer()


class Phase(StrEnum):
    PLAN = "plan"
    STORYBOARD = "storyboard"
    CHUNKS = "chunks"
    REFINE = "refine"


Prompt = Annotated[str, typer.Argument(help="What the film is about: 3 to 4,000 characters.")]
PauseAt = Annotated[
    list[Phase] | None,
    typer.Option(help="Stop for a review only after this phase; give it again for another."),
]
Duration = Annotated[int, typer.Option(min=10, max=60, help="Seconds.")]
Shape = Annotated[AspectRatio, typer.Option(help="The film's shape.")]
VideoModel = Annotated[str | None, typer.Option(help="A video model; `rushes models` lists them.")]
Use = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ROLE=MODEL",
        help="Another model for text, image, music or speech: image=flux_schnell. Give it again for another role.",
    ),
]
Seed = Annotated[int | None, typer.Option(min=0, help="Another seed is another film.")]
Narration = Annotated[bool, typer.Option("--narration", help="Somebody speaks.")]
Captions = Annotated[bool, typer.Option("--captions", help="Words on the picture.")]
Music = Annotated[bool | None, typer.Option("--music/--no-music", help="Music, or none.")]


@app.command(
    epilog="""
Examples:

    rushes film "Create a 30-second Nike sneaker ad, energetic style" --auto

    rushes film "A quiet film about our new teapot" --duration 15 --aspect-ratio 9:16 --pause-at storyboard

    rushes film "A quiet film about our new teapot" --use image=flux_schnell --budget 2.50 --estimate
"""
)
def film(
    prompt: Prompt,
    auto: Auto = False,
    pause_at: PauseAt = None,
    duration: Duration = 30,
    aspect_ratio: Shape = "16:9",
    title: Title = None,
    model: VideoModel = None,
    use: Use = None,
    budget: Budget = None,
    client: Payer = None,
    campaign: Campaign = None,
    seed: Seed = None,
    narration: Narration = False,
    captions: Captions = False,
    music: Music = None,
    estimate: Estimate = False,
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Make a film from a prompt. Starts a studio for itself if none runs."""
    if auto and pause_at:
        raise typer.BadParameter("--auto stops for nothing: leave out --auto, or --pause-at")
    always = {
        "kind": "ad",
        "prompt": prompt,
        "duration": duration,
        "aspect_ratio": aspect_ratio,
        "auto_continue": auto,
        "narration": narration,
        "captions": captions,
    }
    chosen = {"pause_at": pause_at or None, "title": title, "model": model, "seed": seed, "music": music}
    chosen |= {
        "models": chosen_models(use, get_args(ModelRole), "; --model is for the video"),
        "budget_usd": budget,
        "client_id": client,
        "campaign_id": campaign,
    }
    body = always | {name: value for name, value in chosen.items() if value is not None}
    if estimate:
        _estimate(body, as_json, api, token)
    else:
        _make(body, out_folder, as_json, api, token)


def _estimate(body: dict[str, Any], as_json: bool, api: str | None, token: str | None) -> None:
    with terminal.studio(api, token, as_json) as client:
        found = client.post("productions/estimate", body)
        terminal.tell(found, estimates.estimate(found), as_json)


def _make(body: dict[str, Any], folder: Path, as_json: bool, api: str | None, token: str | None) -> None:
    with terminal.studio(api, token, as_json) as client:
        production_id = client.post("productions", body)["id"]
        if not as_json:
            terminal.out.print(f"[bold]{production_id}[/]")
        see_through(client, production_id, folder, as_json)
