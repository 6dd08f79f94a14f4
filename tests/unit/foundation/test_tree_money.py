"""What a tree costs: a preview's price is what the ledger says then, and every checkpoint has its own sum."""

import pytest

from rushes.errors import Transient
from rushes.productions.recipe import Recipe
from rushes.records.accounts import accounts_of
from rushes.studio.adopting import Elsewhere
from rushes.studio.changes import Wishes, regenerated
from rushes.studio.edits import Want
from tests.unit.foundation.reels import Reel, rewriting

DRAFT, IMAGE, CHUNK, MUSIC = 10_000, 30_000, 250_000, 10_000


@pytest.fixture
def reel() -> Reel:
    """Two beats of five seconds."""
    return Reel()


def cost(reel: Reel) -> int:
    return reel.services.productions.status("me", reel.id).cost_micro_usd


def the_books_agree(reel: Reel) -> None:
    services, production = reel.services, reel.production
    entries = services.productions.ledger(production)
    sums = {
        m: sum(e.micro_usd for e in entries if e.movement == m) for m in ("reserved", "spent", "released")
    }
    assert sums["spent"] == cost(reel)
    assert sum(spent for _, spent in services.productions.tree("me", reel.id)) == cost(reel)
    assert sums["reserved"] == sums["spent"] + sums["released"]
    for account in accounts_of(production):
        assert services.accounts.committed(account) == cost(reel)


def test_a_film_costs_what_was_made_for_it_and_a_branch_only_what_is_new(reel: Reel) -> None:
    reel.to_the_end()
    assert cost(reel) == DRAFT + 2 * IMAGE + 2 * CHUNK + MUSIC
    before = cost(reel)
    reel.regenerate("storyboard", "beat_00")
    assert cost(reel) - before == IMAGE
    reel.go_on("storyboard")
    reel.to_the_end("main-1")
    assert cost(reel) - before == IMAGE + CHUNK
    the_books_agree(reel)


def test_an_edit_is_booked_at_its_checkpoint_also_when_it_makes_what_an_earlier_phase_had_made(
    reel: Reel,
) -> None:
    reel.go_to("chunks")
    spent = dict(spent_by_phase(reel))
    reel.regenerate("chunks", "beat_00")
    now = spent_by_phase(reel)
    assert {phase: now[phase] - spent[phase] for phase in now} == {
        "plan": 0,
        "storyboard": 0,
        "chunks": IMAGE + CHUNK,
    }
    the_books_agree(reel)


def spent_by_phase(reel: Reel) -> dict[str, int]:
    return {c.phase: spent for c, spent in reel.services.productions.tree("me", reel.id)}


@pytest.mark.parametrize(
    ("phase", "want"),
    [
        ("plan", regenerated("draft", Wishes())),
        ("plan", rewriting({"beats": {"0": {"action": "a bicycle falls from the sky"}}})),
        ("plan", rewriting({"style": {"mood": "calm"}})),
        ("storyboard", regenerated("beat_00", Wishes(model="finer_image"))),
        ("chunks", regenerated("beat_00", Wishes())),
        ("chunks", regenerated("chunk_00", Wishes(model="longer_video"))),
        ("chunks", regenerated("music", Wishes())),
        ("refine", regenerated("chunk_01", Wishes())),
        ("refine", regenerated("poster", Wishes())),
    ],
)
def test_a_previews_prices_are_what_the_edit_and_going_on_from_it_then_cost(
    reel: Reel, phase: str, want: Want
) -> None:
    reel.to_the_end()
    before = cost(reel)
    preview = reel.edit(phase, want, preview=True)
    reel.edit(phase, want)
    assert cost(reel) - before == preview.money.expected
    assert preview.money.expected == sum(item.money.expected for item in preview.items)
    edited = cost(reel)
    branch = reel.go_on(phase).branch
    reel.to_the_end(branch)
    if preview.later.exact:
        assert cost(reel) - edited == preview.later.money.expected
    the_books_agree(reel)


def test_two_edits_at_once_cost_what_both_said(reel: Reel) -> None:
    reel.go_to("storyboard")
    before = cost(reel)
    said = [
        reel.edit("storyboard", regenerated(name, Wishes()), run=False).money.expected
        for name in ("beat_00", "beat_01")
    ]
    reel.director.run()
    assert cost(reel) - before == sum(said) == 2 * IMAGE
    the_books_agree(reel)


def test_what_is_adopted_or_merged_back_costs_nothing(reel: Reel) -> None:
    reel.go_to("chunks")
    first = Elsewhere(reel.at("chunks").id, revision=1)
    for name in ("chunk_00", "music"):
        reel.regenerate("chunks", name)
    before = cost(reel)
    assert reel.merge("chunks", first).money.most == 0
    assert cost(reel) == before
    the_books_agree(reel)


def test_equal_edits_of_two_branches_are_paid_once(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.rewrite({"beats": {"1": {"action": "a bicycle falls from the sky"}}})
    reel.go_on("plan")
    before = cost(reel)
    for branch in ("main", "main-1"):
        reel.edit("storyboard", regenerated("beat_00", Wishes(prompt="blue")), branch)
    assert cost(reel) - before == IMAGE
    assert reel.version("beat_00", "storyboard") == reel.version("beat_00", "storyboard", "main-1")
    the_books_agree(reel)


def test_an_edit_that_fails_has_cost_what_it_made(reel: Reel) -> None:
    def breaks(recipe: Recipe) -> None:
        if recipe.media == "video":
            raise Transient("overheated")

    reel.go_to("chunks")
    before = cost(reel)
    reel.marked.before = breaks
    reel.regenerate("chunks", "beat_00")
    assert cost(reel) - before == IMAGE
    the_books_agree(reel)
