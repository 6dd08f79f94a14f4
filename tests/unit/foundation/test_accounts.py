"""Accounts: whatever is reserved, spent, given back or lost, and in whatever order, the sums are right."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rushes.errors import BudgetExceeded
from rushes.productions.artifact import Artifact, Made
from rushes.providers.models import Estimate
from rushes.records.accounts import COMMITTED, COST, Account, accounts_of
from rushes.records.asks import Ask
from rushes.records.renders import Render
from rushes.rendering.books import Books
from rushes.services import Services
from tests.fakes.bureau import Bureau
from tests.unit.foundation.conftest import paid
from tests.unit.foundation.errands import Client, account, tally
from tests.unit.foundation.test_paying_once import afresh

MOVES = st.tuples(
    st.sampled_from(["reserve", "reserve", "settle", "decline", "release", "lose"]),
    st.integers(0, 400),  # micro-dollars
    st.integers(0, 100),  # which of the open asks
)


class Bookkeeping:
    """Books over a table of their own, and a production whose every text may be asked for once."""

    def __init__(self, services: Services, budgets: dict[str, int | None], texts: int) -> None:
        self.services = services = paid(afresh(services), Bureau())
        self.client = Client(
            services,
            texts={f"text_{n}": f"prompt {n}" for n in range(texts)},
            campaign_id="spring",
            budget_usd=None if budgets["production"] is None else budgets["production"] / 1_000_000,
        )
        self.production = self.client.production
        self.budgets = {of: budgets.get(of.kind) for of in accounts_of(self.production)}
        services.accounts.set_budget(account(self.production, "campaign"), budgets["campaign"])
        self.books = Books(
            services.table,
            services.productions,
            services.renders,
            services.asks,
            services.accounts,
            services.now,
        )
        self.names: Iterator[str] = iter(self.client.errand.items)
        self.open: list[Ask] = []
        self.lost: list[Ask] = []

    def committed(self, of: Account) -> int:
        return self.services.accounts.committed(of)

    def reserve(self, most: int) -> None:
        order = self.client.wants(next(self.names))
        model = self.services.catalog.get("sketch_text")
        fits = all(
            budget is None or self.committed(of) + most <= budget for of, budget in self.budgets.items()
        )
        before = {of: self.committed(of) for of in self.budgets}
        try:
            self.open.append(self.books.intend(self.production, order, None, model, Estimate(most, most)))
        except BudgetExceeded:
            assert not fits
            assert {of: self.committed(of) for of in self.budgets} == before
        else:
            assert fits
            for of, budget in self.budgets.items():
                assert budget is None or self.committed(of) <= budget

    def settle(self, ask: Ask, cost: int) -> None:
        """Its file has come."""
        made = Made(
            media="text", ext="json", bytes=1, sha256="0" * 64, provider=ask.provider, model=ask.model,
            made_by="a fake", cost_micro_usd=cost,
        )  # fmt: skip
        draft = Artifact(
            **made.model_dump(),
            name=ask.order.name,
            version=0,
            fingerprint=ask.fingerprint,
            created_at=self.services.now(),
        )
        artifact = self.services.productions.allocate(self.production, draft)
        render = self.services.renders.find(ask.owner, ask.fingerprint) or Render(
            state="free", holder=ask.order
        )
        self.books.settle(self.production, ask.order, render, artifact, made, ask)

    def move(self, kind: str, amount: int, which: int) -> None:
        if kind == "reserve":
            return self.reserve(amount)
        if kind == "settle" and self.lost and which % 2:
            return self.settle(self.lost.pop(which % len(self.lost)), amount)  # it is heard of after all
        if not self.open:
            return None
        ask = self.open.pop(which % len(self.open))
        if kind == "settle":
            self.settle(ask, min(amount, ask.held))
        elif kind == "decline":
            self.books.close(ask, "settled", cost=min(amount, ask.held))
        elif kind == "release":
            self.books.close(ask, "released")
        else:
            self.books.close(ask, "lost", cost=ask.held)
            found = self.services.asks.find(ask.id)
            assert found
            self.lost.append(found)
        return None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(MOVES, min_size=1, max_size=14),
    production=st.none() | st.integers(0, 1000),
    campaign=st.none() | st.integers(0, 1000),
)
def test_whatever_happens_to_reservations_no_budget_is_passed_and_the_books_agree(
    services: Services, moves: list[tuple[str, int, int]], production: int | None, campaign: int | None
) -> None:
    budgets = {"production": production, "campaign": campaign}
    kept = Bookkeeping(services, budgets, texts=sum(kind == "reserve" for kind, *_ in moves) or 1)
    for move in moves:
        kept.move(*move)
        held = sum(ask.held for ask in kept.open)
        for of in kept.budgets:
            counters = tally(kept.services, of)
            assert counters.get(COMMITTED, 0) - counters.get(COST, 0) == held
    while kept.open:
        kept.move("release", 0, 0)
    spent = sum(kept.client.booked("spent"))
    for of in kept.budgets:
        counters = tally(kept.services, of)
        assert counters.get(COMMITTED, 0) == counters.get(COST, 0) == spent
    assert list(kept.services.asks.pending()) == []


def test_a_production_has_an_account_and_so_have_its_campaign_and_client(agency: Services) -> None:
    production = Client(agency, campaign_id="spring", client_id="acme").production
    assert [of.kind for of in accounts_of(production)] == ["production", "campaign", "client"]
    assert {of.owner for of in accounts_of(production)} == {"me"}
    assert [of.kind for of in accounts_of(Client(agency).production)] == ["production"]


@pytest.mark.parametrize("kind", ["campaign", "client"])
def test_an_account_nobody_has_spent_from_stands_at_zero(agency: Services, kind: Any) -> None:
    of = Account(owner="me", kind=kind, id="spring")
    standing = agency.accounts.standing(of)
    assert (standing.budget_usd, standing.spent_usd, standing.reserved_usd) == (None, 0, 0)
    agency.accounts.set_budget(of, 2_500_000)
    assert agency.accounts.standing(of).budget_usd == 2.5
    agency.accounts.set_budget(of, None)
    assert agency.accounts.standing(of).budget_usd is None


def test_a_campaign_and_a_client_of_the_same_name_are_two_accounts(agency: Services) -> None:
    client = Client(agency, campaign_id="acme", client_id="acme")
    client.calls()
    assert len({of.pk for of in accounts_of(client.production)}) == 3
    for of in accounts_of(client.production):
        assert tally(agency, of) == {COMMITTED: 100_000}
