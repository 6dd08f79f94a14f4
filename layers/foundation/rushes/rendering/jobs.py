"""Jobs: a recipe with all that a provider needs for it, in a folder that is gone afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from rushes.aws.bucket import Bucket
from rushes.errors import NotFound
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.providers.catalog import Catalog
from rushes.providers.models import Model
from rushes.providers.port import Job
from rushes.records.asks import Ask
from rushes.records.productions import Productions
from rushes.records.renders import Renders
from rushes.rendering.sources import resolve


class Jobs:
    """`webhook`: provider and ask id → the URL its job's end is told at, or None."""

    def __init__(
        self,
        productions: Productions,
        renders: Renders,
        bucket: Bucket,
        catalog: Catalog,
        webhook: Callable[[str, str], str | None],
    ) -> None:
        self._productions = productions
        self._renders = renders
        self._bucket = bucket
        self._catalog = catalog
        self._webhook = webhook

    @contextmanager
    def prepared(self, production: Production, recipe: Recipe, model: Model) -> Iterator[Job]:
        """With its ingredients. Raises `Refused` when one was not made."""
        with TemporaryDirectory(prefix="rushes-") as scratch:
            folder = Path(scratch)
            sources = [
                resolve(ingredient, production, self._productions, self._bucket, folder)
                for ingredient in recipe.ingredients
            ]
            yield Job(recipe, sources, folder, model)

    @contextmanager
    def remembered(self, ask: Ask) -> Iterator[Job]:
        """As its ask remembers it: without ingredients, and with as much of the recipe as is left of it."""
        model = self._catalog.get(ask.model)
        recipe = next(self._recipes(ask), model.recipe())
        with TemporaryDirectory(prefix="rushes-") as folder:
            yield Job(recipe, (), Path(folder), model, ask.id, self.webhook(ask))

    def webhook(self, ask: Ask) -> str | None:
        return self._webhook(ask.provider, ask.id)

    def _recipes(self, ask: Ask) -> Iterator[Recipe]:
        """The recipe, from each production that wants what was asked for and still has it."""
        for order in (ask.order, *self._renders.waiters(ask.order)):
            with suppress(NotFound):
                production = self._productions.load(order.owner, order.production_id)
                yield self._productions.recipe(production, ask.fingerprint)
