"""The studio on this machine."""

from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from infra.local.address import Address


def address(running: Address, file: Path, lost: int) -> RenderableType:
    page = running.api.removesuffix("v1")
    lines = [
        Text.assemble(("  studio  ", "dim"), (page, "bold"), "  (rushes open signs you in)"),
        Text.assemble(("     API  ", "dim"), (running.api, "bold")),
        Text.assemble(("    docs  ", "dim"), f"{page}docs"),
        *(
            Text.assemble((" machine  ", "dim"), f"{name}: {arn}")
            for name, arn in running.state_machines.items()
        ),
        Text.assemble(("   token  ", "dim"), f"in {file}"),
        Text.assemble(("     try  ", "dim"), _curl(running, file)),
    ]
    if lost:
        lines.append(
            Text(f"{lost} interrupted executions were found; running productions go on by themselves")
        )
    lines.append(Text("Ctrl-C stops it; its state is kept.", style="dim"))
    return Group(*lines)


def _curl(running: Address, file: Path) -> str:
    token = f'$(python3 -c \'import json;print(json.load(open("{file}"))["token"])\')'
    return f'curl -H "Authorization: Bearer {token}" {running.api}/productions'
