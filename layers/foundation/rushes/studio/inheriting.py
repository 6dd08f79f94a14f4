"""What a branch has from the checkpoint it began at, or was given: shown with it, though it was made elsewhere."""

from collections.abc import Mapping

from rushes.productions.artifact import Artifact
from rushes.productions.checkpoint import Base
from rushes.productions.production import Branch, Production
from rushes.productions.work import ready_item
from rushes.services import Services


def inherit(
    services: Services, production: Production, branch: Branch, artifacts: Mapping[str, Artifact]
) -> None:
    """Its work shows these versions. Doing it again changes nothing."""
    before = services.productions.work(production, branch.name)
    others = {
        name: artifact
        for name, artifact in artifacts.items()
        if name not in before or before[name].version != artifact.version
    }
    if not others:
        return
    begun_with = dict.fromkeys(production.given, production.phases[0])
    phases = begun_with | _phases(services, production, branch.base)
    shown = [
        ready_item(branch.name, phases[name], artifact).model_copy(update={"reused": True})
        for name, artifact in others.items()
    ]
    services.productions.remember_work(production, shown)


def _phases(services: Services, production: Production, base: Base | None) -> dict[str, str]:
    """Name → the phase that first left it, along the checkpoints up to the root."""
    phases: dict[str, str] = {}
    while base:
        checkpoint = services.productions.checkpoint(production, base.checkpoint_id)
        selection = services.productions.revision(production, base.checkpoint_id, base.revision).selection
        phases |= dict.fromkeys(selection, checkpoint.phase)
        base = checkpoint.base
    return phases
