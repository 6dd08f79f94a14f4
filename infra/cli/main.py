"""`rushes`: the command line.

Exit codes: 0 done · 1 the production failed or was cancelled · 2 the request was wrong · 3 it waits for your review ·
4 no studio could be reached · 130 you pressed Ctrl-C.
"""

import json
import re
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from functions.ad.request import AspectRatio
from infra.cli import showing
from infra.cli.client import Client, Refused, Unreachable
from infra.cli.connection import address_of, connected, home
from infra.cli.story import Story
from infra.cli.watching import follow, story_so_far, take_home
from infra.local.errors import HostError
from rushes.productions.production import Status

DONE, FAILED, WRONG, WAITING, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130
_LOOKED_AT = 100
"""Productions among which an id's last letters are looked for: one page of the list."""
_PRODUCTION = re.compile("prod_[0-9a-z]{26}")
_OUTCOME = {"completed": DONE, "paused": WAITING, "failed": FAILED, "cancelled": FAILED}

app = typer.Typer(
    help="A film studio on your machine, or on AWS.",
    epilog="Exit codes: 0 done, 1 failed or cancelled, 2 wrong request, 3 waits for your review, "
    "4 no studio reached, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
out = Console()
err = Console(stderr=True)


class Phase(StrEnum):
    PLAN = "plan"
    STORYBOARD = "storyboard"
    CHUNKS = "chunks"
    REFINE = "refine"


Api = Annotated[
    str | None, typer.Option(envvar="RUSHES_API", help="A studio elsewhere: its URL, ending in /v1.")
]
Token = Annotated[
    str | None, typer.Option(envvar="RUSHES_TOKEN", help="A bearer token for it.", show_envvar=True)
]
Json = Annotated[bool, typer.Option("--json", help="JSON for programs.")]
Production = Annotated[str, typer.Argument(help="A production's id, its last letters, or `last`.")]
Out = Annotated[Path, typer.Option(help="The folder for the finished film.")]


@app.command(
    epilog="""
Examples:

    rushes film "Create a 30-second Nike sneaker ad, energetic style" --auto

    rushes film "A quiet film about our new teapot" --duration 15 --aspect-ratio 9:16 --pause-at storyboard
"""
)
def film(
    prompt: Annotated[str, typer.Argument(help="What the film is about: 3 to 4,000 characters.")],
    auto: Annotated[bool, typer.Option("--auto", help="Approve every phase; stop for nothing.")] = False,
    pause_at: Annotated[
        list[Phase] | None,
        typer.Option(help="Stop for a review only after this phase; give it again for another."),
    ] = None,
    duration: Annotated[int, typer.Option(min=10, max=60, help="Seconds.")] = 30,
    aspect_ratio: Annotated[AspectRatio, typer.Option(help="The film's shape.")] = "16:9",
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    model: Annotated[str | None, typer.Option(help="A video model; `rushes models` lists them.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Another seed is another film.")] = None,
    narration: Annotated[bool, typer.Option("--narration", help="Somebody speaks.")] = False,
    captions: Annotated[bool, typer.Option("--captions", help="Words on the picture.")] = False,
    music: Annotated[bool | None, typer.Option("--music/--no-music", help="Music, or none.")] = None,
    out_folder: Annotated[Path, typer.Option("--out", help="The folder for the finished film.")] = Path(
        "out"
    ),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Make a film from a prompt. Starts a studio for itself if none runs."""
    if auto and pause_at:
        raise typer.BadParameter("--auto stops for nothing: leave out --auto, or --pause-at")
    body: dict[str, Any] = {
        "kind": "ad",
        "prompt": prompt,
        "duration": duration,
        "aspect_ratio": aspect_ratio,
        "auto_continue": auto,
        "narration": narration,
        "captions": captions,
    }
    optional = {"pause_at": pause_at or None, "title": title, "model": model, "seed": seed, "music": music}
    body |= {name: value for name, value in optional.items() if value is not None}
    with _studio(api, token, as_json) as client:
        production_id = client.post("productions", body)["id"]
        if not as_json:
            out.print(f"[bold]{production_id}[/]")
        _see_through(client, production_id, out_folder, as_json)


@app.command()
def watch(
    production: Production = "last",
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Follow a production until it rests, and take the film home when it is finished."""
    with _studio(api, token, as_json) as client:
        _see_through(client, _find(client, production), out_folder, as_json)


@app.command("continue")
def continue_(
    production: Production = "last",
    checkpoint: Annotated[
        str | None, typer.Option(help="The checkpoint you have looked at; the newest if not given.")
    ] = None,
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Approve the checkpoint a production waits at, and follow it on."""
    with _studio(api, token, as_json) as client:
        production_id = _find(client, production)
        checkpoint_id = checkpoint or client.production(production_id)["current_checkpoint"]
        if checkpoint_id is None:
            _stop("it has no checkpoint yet; `rushes watch` shows how far it is", WRONG)
        story = story_so_far(client, production_id)
        client.post(f"productions/{production_id}/continue", {"checkpoint_id": checkpoint_id})
        _see_through(client, production_id, out_folder, as_json, story)


@app.command()
def retry(
    production: Production = "last",
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Go on with a failed production. What was made is kept."""
    with _studio(api, token, as_json) as client:
        production_id = _find(client, production)
        story = story_so_far(client, production_id)
        client.post(f"productions/{production_id}/retry")
        _see_through(client, production_id, out_folder, as_json, story)


@app.command()
def cancel(production: Production, as_json: Json = False, api: Api = None, token: Token = None) -> None:
    """Stop a production. What is finished stays."""
    with _studio(api, token, as_json) as client:
        ended = client.post(f"productions/{_find(client, production)}/cancel")
        if as_json:
            _print_json(ended)
        else:
            out.print(f"{ended['id']} is cancelled; it cost ${ended['spent_usd']:.2f}")


@app.command("rm")
def remove(production: Production, api: Api = None, token: Token = None) -> None:
    """Delete a production with its checkpoints, events and files."""
    with _studio(api, token) as client:
        production_id = _find(client, production)
        client.delete(f"productions/{production_id}")
        out.print(f"{production_id} is deleted")


@app.command("ls")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 20,
    status: Annotated[Status | None, typer.Option(help="Only those with this status.")] = None,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """List productions, newest first."""
    with _studio(api, token, as_json) as client:
        found = client.get("productions", limit=limit, **({"status": status} if status else {}))
        _print_json(found) if as_json else out.print(showing.listing(found))


@app.command()
def show(
    production: Production = "last", as_json: Json = False, api: Api = None, token: Token = None
) -> None:
    """Show a production: status, artifacts, checkpoints, cost."""
    with _studio(api, token, as_json) as client:
        found = client.production(_find(client, production))
        _print_json(found) if as_json else out.print(showing.production(found))


@app.command()
def models(as_json: Json = False, api: Api = None, token: Token = None) -> None:
    """List the models, with what they can do and cost."""
    with _studio(api, token, as_json) as client:
        found = client.get("models")
        _print_json(found) if as_json else out.print(showing.models(found))


@app.command("open")
def open_(api: Api = None, token: Token = None) -> None:
    """Open the studio page in your browser, signed in."""
    with _refusals():
        url, bearer = address_of(api, token)
    page = f"{url.removesuffix('/v1')}/"
    # After the # it stays in the browser: no server is sent it, and the page takes it out of the address bar.
    if not webbrowser.open(f"{page}#token={bearer}"):
        out.print(f"There is no browser here. The studio page is at {page}")


@app.command()
def up(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65534, help="The API's port on 127.0.0.1 [8700]; AWS itself is on the next."),
    ] = None,
) -> None:
    """Run the studio on this machine until Ctrl-C. Its state is kept in `.rushes/`."""
    from infra.local import up as host

    with _refusals(), host.up(home(), port, say=lambda text: err.print(f"[dim]{text} …[/]")) as running:
        told = showing.address(running.address, home() / "local.json", running.lost_executions)
        out.print(told, soft_wrap=True)
        host.wait_until_told_to_stop()
        err.print("[dim]stopping; the state is kept[/]")


def main() -> None:
    app()


# ---------------------------------------------------------------------- what the commands share


@contextmanager
def _studio(api: str | None, token: str | None, as_json: bool = False) -> Iterator[Client]:
    def say(text: str) -> None:
        if not as_json:
            err.print(f"[dim]{text} …[/]")

    with _refusals(), connected(api, token, say) as client:
        yield client


@contextmanager
def _refusals() -> Iterator[None]:
    """Every error becomes a sentence and an exit code."""
    try:
        yield
    except Refused as error:
        _stop(str(error), WRONG)
    except (Unreachable, HostError) as error:
        _stop(str(error), UNREACHABLE)
    except OSError as error:
        _stop(str(error), WRONG)  # a folder for the film that is none, or that nobody may write to
    except KeyboardInterrupt:
        _stop(
            "interrupted; the production goes on if its studio does: `rushes watch` follows it again",
            INTERRUPTED,
        )


def _stop(sentence: str, code: int) -> NoReturn:
    err.print(Text.assemble(("rushes: ", "red"), sentence), soft_wrap=True)
    raise typer.Exit(code)


def _see_through(
    client: Client, production_id: str, folder: Path, as_json: bool, story: Story | None = None
) -> None:
    """Follows the production; asks for a review where a person can answer; leaves with the exit code that fits."""
    story = story or Story()
    follow(client, production_id, out, as_json, story)
    while story.status == "paused" and not as_json and sys.stdin.isatty() and out.is_terminal:
        found = client.production(production_id)
        out.print(showing.review(found))
        if not typer.confirm("Continue?", default=True):
            break
        client.post(f"productions/{production_id}/continue", {"checkpoint_id": found["current_checkpoint"]})
        follow(client, production_id, out, as_json, story)
    found = client.production(production_id)
    taken = take_home(client, found, folder) if found["result"] else {}
    if as_json:
        _print_json({**found, "files": {kind: str(path) for kind, path in taken.items()}})
    else:
        out.print(showing.outcome(found, taken), soft_wrap=True)
    raise typer.Exit(_OUTCOME.get(found["status"], DONE))


def _find(client: Client, wanted: str) -> str:
    """A production's id from an id, the end of one, or `last`."""
    if _PRODUCTION.fullmatch(wanted):
        return wanted
    listed = [item["id"] for item in client.get("productions", limit=_LOOKED_AT)]
    found = listed[:1] if wanted == "last" else [id for id in listed if id.endswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not listed:
        _stop("there is no production yet; `rushes film` makes one", WRONG)
    what = f"{len(found)} productions end" if found else f"none of your newest {_LOOKED_AT} ends"
    _stop(f"which production? {what} in {wanted!r}; `rushes ls` lists them", WRONG)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
