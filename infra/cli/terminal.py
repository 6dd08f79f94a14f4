"""What every command shares: where it prints, how it reaches its studio, and how it ends."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from infra.cli.client import Client, Refused, Unreachable
from infra.cli.connection import connected
from infra.local.errors import HostError
from rushes.errors import RushesError

DONE, FAILED, WRONG, WAITING, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130
_LOOKED_AT = 100
"""Productions among which an id's last letters are looked for: one page of the list."""
_PRODUCTION = re.compile("prod_[0-9a-z]{26}")

out = Console()
err = Console(stderr=True)


@contextmanager
def studio(api: str | None, token: str | None, as_json: bool = False) -> Iterator[Client]:
    def say(text: str) -> None:
        if not as_json:
            err.print(f"[dim]{text} …[/]")

    with refusals(), connected(api, token, say) as client:
        yield client


@contextmanager
def refusals() -> Iterator[None]:
    """Every error becomes a sentence and an exit code."""
    try:
        yield
    except Refused as error:
        stop(_told(error), WRONG)
    except (Unreachable, HostError) as error:
        stop(str(error), UNREACHABLE)
    except RushesError as error:
        stop(error.message, WRONG)  # a file that is not what it should be
    except OSError as error:
        stop(str(error), WRONG)  # a folder for the film that is none, or that nobody may write to
    except KeyboardInterrupt:
        stop(
            "interrupted; the production goes on if its studio does: `rushes watch` follows it again",
            INTERRUPTED,
        )


def _told(error: Refused) -> str:
    """The sentence, and a line for each further field that is wrong."""
    fields = error.problem.get("details", {}).get("fields", [])
    return "\n".join([str(error), *(f"  {each['field']}: {each['problem']}" for each in fields[1:])])


def stop(sentence: str, code: int) -> NoReturn:
    err.print(Text.assemble(("rushes: ", "red"), sentence), soft_wrap=True)
    raise typer.Exit(code)


def tell(found: Any, shown: RenderableType, as_json: bool) -> None:
    """The one for programs, or the other for people."""
    print_json(found) if as_json else out.print(shown, soft_wrap=isinstance(shown, Text))


def print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def find(client: Client, wanted: str) -> str:
    """A production's id from an id, the end of one, or `last`."""
    if _PRODUCTION.fullmatch(wanted):
        return wanted
    listed = [item["id"] for item in client.get("productions", limit=_LOOKED_AT)]
    found = listed[:1] if wanted == "last" else [id for id in listed if id.endswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not listed:
        stop("there is no production yet; `rushes film` makes one", WRONG)
    what = f"{len(found)} productions end" if found else f"none of your newest {_LOOKED_AT} ends"
    stop(f"which production? {what} in {wanted!r}; `rushes ls` lists them", WRONG)
