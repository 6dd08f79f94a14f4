"""Stand-ins: which recipe is made instead when a model cannot be had, and how long it stays."""

from typing import Any

import pytest

from rushes.errors import (
    AnswerLost,
    BudgetExceeded,
    Contended,
    Declined,
    Refused,
    RushesError,
    Spoiled,
    Transient,
    Unavailable,
)
from rushes.productions.recipe import Recipe
from rushes.providers.models import Model
from rushes.rendering.standing_in import setback_of, stand_in
from rushes.services import Services
from rushes.studio import ending
from tests.fakes.bureau import Bureau
from tests.unit.foundation.errands import PRICE, SECOND_PRICE, Client, paid_and_settled, tell


def clip(**parameters: Any) -> Recipe:
    wanted = {"seconds": 5, "aspect_ratio": "16:9", **parameters}
    return Recipe(
        media="video", model="wanted", version="1", prompt="a car", parameters=wanted, seed=7, take=2
    )


def model(**able: Any) -> Model:
    price = {"unit": "clip", "source": "a fake", "date": "2026-11-21"}
    facts = {"id": "other", "title": "Other", "provider": "fake", "media": "video", "role": "video"}
    return Model.model_validate({**facts, "version": "9", "seconds": 1, "price": price, **able})


def test_a_stand_in_is_the_same_recipe_for_another_model() -> None:
    wanted = clip()
    other = stand_in(wanted, model())
    assert other
    assert (other.model, other.version) == ("other", "9")
    assert other.model_copy(update={"model": "wanted", "version": "1"}) == wanted
    assert other.fingerprint != wanted.fingerprint


@pytest.mark.parametrize(
    ("lengths", "wanted", "seconds"),
    [
        ((4, 6, 8), 5, 6),
        ((8, 6, 4), 5, 6),
        ((4, 6, 8), 6, 6),
        ((10,), 5, 10),
        ((4, 6, 8), 9, None),
        ((), 5, 5),
    ],
)
def test_a_clip_may_come_out_longer_never_shorter(
    lengths: tuple[int, ...], wanted: int, seconds: int | None
) -> None:
    other = stand_in(clip(seconds=wanted), model(lengths=lengths))
    assert (other.parameters["seconds"] if other else None) == seconds


@pytest.mark.parametrize(
    ("able", "wanted", "can"),
    [(("16:9", "9:16"), "9:16", True), (("16:9",), "9:16", False), ((), "9:16", True)],
)
def test_a_model_that_cannot_do_the_aspect_ratio_does_not_stand_in(
    able: tuple[str, ...], wanted: str, can: bool
) -> None:
    assert bool(stand_in(clip(aspect_ratio=wanted), model(aspect_ratios=able))) == can


@pytest.mark.parametrize(
    ("role", "able", "can"),
    [("first_frame", True, True), ("first_frame", False, False), ("music", False, True)],
)
def test_a_model_that_cannot_begin_at_a_picture_does_not_stand_in_where_one_is_given(
    role: str, able: bool, can: bool
) -> None:
    picture = Recipe(media="image", model="image", version="1").ingredient("beat_00", role=role)
    wanted = clip().model_copy(update={"ingredients": (picture,)})
    other = stand_in(wanted, model(first_frame=able))
    assert bool(other) == can
    assert other is None or other.ingredients == (picture,)


def test_the_recipe_that_was_wanted_stays_as_it_was() -> None:
    wanted = clip()
    stand_in(wanted, model(lengths=(8,)))
    assert wanted.parameters["seconds"] == 5


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Transient("busy"), "passing"),
        (Contended("many"), "passing"),
        (Unavailable("no key"), "unavailable"),
        (AnswerLost("gone"), "paid"),
        (Spoiled("no file"), "paid"),
        (Declined("no"), None),
        (Refused("no"), None),
        (BudgetExceeded("no"), None),
    ],
)
def test_what_calls_for_another_try_or_another_model(error: RushesError, kind: str | None) -> None:
    setback = setback_of(error)
    assert (setback.kind if setback else None) == kind
    assert setback is None or (setback.code, setback.message) == (error.code, error.message)


# ---------------------------------------------------------------------- in a production


def restarted(client: Client) -> None:
    """Its engine lost the execution; another goes on."""
    client.services.executions.dead.add(client.production.execution_name("main"))
    ending.retry(client.services, "me", client.id)
    client.enter()


def test_the_models_stand_in_for_one_another_in_the_catalogs_order(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Unavailable("no credit"), Unavailable("gone")]
    client = Client(agency)
    for _ in range(2):
        assert client.answer(client.calls())[0] == "Transient"
    assert client.answer(client.calls()) == {"name": "first", "version": 1}
    artifact = agency.productions.artifact(client.production, "first", 1)
    assert (artifact.model, artifact.facts["instead_of"]) == ("gratis", "sketch_text")
    assert artifact.fingerprint == client.fingerprint()
    assert artifact.stand_in == client.item().stand_in
    assert client.tally == {}


def test_a_stand_in_under_way_goes_on_in_the_next_execution(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Unavailable("no credit")]
    client = Client(agency)
    client.calls()
    client.calls()  # the second model is at work
    instead = client.item().stand_in
    restarted(client)
    assert client.item().stand_in == instead is not None
    order = client.calls()
    bureau.work()
    tell(agency, bureau)
    assert client.answer(order) == {"name": "first", "version": 1}
    assert bureau.asked.total() == 1
    assert client.tally == paid_and_settled(SECOND_PRICE)


def test_what_a_stand_in_made_is_kept_by_the_next_execution(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Unavailable("no credit")]
    client = Client(agency)
    client.calls()
    client.calls()
    bureau.work()
    tell(agency, bureau)
    client.services.executions.dead.add(client.production.execution_name("main"))
    ending.retry(agency, "me", client.id)
    assert client.enter() == []
    assert client.item().state == "ready"


def test_a_stand_in_that_failed_is_dropped_by_the_next_execution(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Unavailable("no credit"), Refused("not that")]
    client = Client(agency)
    client.calls()
    client.calls()
    assert client.item().state == "failed"
    assert client.item().stand_in
    restarted(client)
    item = client.item()
    assert (item.state, item.stand_in, item.failure) == ("waiting", None, None)
    assert item.estimate_micro_usd == PRICE


def test_two_productions_share_one_stand_in(agency: Services, bureau: Bureau) -> None:
    clients, orders = [Client(agency), Client(agency)], []
    for client in clients:
        bureau.refusals = [Unavailable("no credit")]
        client.calls()
        orders.append(client.calls())
    bureau.work()
    tell(agency, bureau)
    for client, order in zip(clients, orders, strict=True):
        assert client.answer(order) == {"name": "first", "version": 1}
        artifact = agency.productions.artifact(client.production, "first", 1)
        assert (artifact.model, artifact.facts["instead_of"]) == ("second", "sketch_text")
    assert bureau.asked.total() == 1
    assert [client.tally for client in clients] == [paid_and_settled(SECOND_PRICE), {}]


def test_a_deleted_productions_stand_in_is_forgotten_with_it(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Unavailable("no credit")]
    client = Client(agency)
    client.calls()
    client.calls()
    bureau.work()
    tell(agency, bureau)
    made_by = agency.productions.artifact(client.production, "first", 1).made_by_recipe
    assert made_by != client.fingerprint()
    ending.delete(agency, "me", client.id)
    assert agency.renders.find("me", made_by) is None
