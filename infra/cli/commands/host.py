"""Commands about the studio itself: up, open."""

import webbrowser
from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.connection import address_of, home
from infra.cli.options import Api, Token
from infra.cli.showing.host import address

app = typer.Typer()


@app.command("open")
def open_(api: Api = None, token: Token = None) -> None:
    """Open the studio page in your browser, signed in."""
    with terminal.refusals():
        url, bearer = address_of(api, token)
    page = f"{url.removesuffix('/v1')}/"
    # After the # it stays in the browser: no server is sent it, and the page takes it out of the address bar.
    if not webbrowser.open(f"{page}#token={bearer}"):
        terminal.out.print(f"There is no browser here. The studio page is at {page}")


@app.command()
def up(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65534, help="The API's port on 127.0.0.1 [8700]; AWS itself is on the next."),
    ] = None,
) -> None:
    """Run the studio on this machine until Ctrl-C. Its state is kept in `.rushes/`."""
    from infra.local import up as host

    def say(text: str) -> None:
        terminal.err.print(f"[dim]{text} …[/]")

    with terminal.refusals(), host.up(home(), port, say=say) as running:
        told = address(running.address, home() / "local.json", running.lost_executions)
        terminal.out.print(told, soft_wrap=True)
        host.wait_until_told_to_stop()
        terminal.err.print("[dim]stopping; the state is kept[/]")
