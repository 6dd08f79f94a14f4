"""What every table must do. Runs over DynamoDB as moto keeps it and as the embedded engine keeps it."""

import pytest

from rushes.aws.table import Table
from rushes.records.rows import Add, Changed, Delete, Exists, Put, Row


def row(sk: str, version: int = 1, **body: object) -> Row:
    return Row("p", sk, body, version)


def test_a_row_comes_back_exactly_as_it_was_written(table: Table) -> None:
    written = Row(
        "p", "a", {"float": 0.1, "text": "é ☃", "nested": {"none": None}}, 3, ("i", "s"), 4102444800
    )
    table.write([Put(written)])
    assert table.get("p", "a") == written


def test_a_row_that_is_not_there_is_none(table: Table) -> None:
    assert table.get("p", "nothing") is None


def test_creating_what_exists_is_refused_with_its_position_and_changes_nothing(table: Table) -> None:
    table.write([Put(row("a", n=1), expect=0)])
    with pytest.raises(Changed) as refused:
        table.write([Put(row("b"), expect=0), Put(row("a", n=2), expect=0)])
    assert refused.value.position == 1
    assert table.get("p", "a") == row("a", n=1)
    assert table.get("p", "b") is None


def test_saving_over_another_version_is_refused(table: Table) -> None:
    table.write([Put(row("a", version=1), expect=0)])
    table.write([Put(row("a", version=2), expect=1)])
    with pytest.raises(Changed):
        table.write([Put(row("a", version=2), expect=1)])


def test_a_write_that_needs_a_row_is_refused_without_it(table: Table) -> None:
    with pytest.raises(Changed) as refused:
        table.write([Put(row("a")), Exists("p", "needed")])
    assert refused.value.position == 1
    assert table.get("p", "a") is None
    table.write([Put(row("needed"))])
    table.write([Put(row("a")), Exists("p", "needed")])
    assert table.get("p", "a") is not None


def test_a_write_that_needs_a_row_at_a_version_is_refused_at_any_other(table: Table) -> None:
    for there in (None, row("needed", version=1), row("needed", version=3)):
        if there:
            table.write([Put(there)])
        with pytest.raises(Changed) as refused:
            table.write([Put(row("a")), Exists("p", "needed", version=2)])
        assert refused.value.position == 1
        assert table.get("p", "a") is None
    table.write([Put(row("needed", version=2))])
    table.write([Put(row("a")), Exists("p", "needed", version=2)])
    assert table.get("p", "a") is not None


def test_counters_add_up_from_nothing(table: Table) -> None:
    for _ in range(3):
        table.write([Add("p", "tally", {"cost": 5, "count": 1})])
    found = table.get("p", "tally")
    assert found is not None
    assert found.counters == {"cost": 15, "count": 3}


def test_a_counter_is_added_to_only_up_to_a_limit(table: Table) -> None:
    reserving = Add("p", "tally", {"committed": 4}, unless_above={"committed": 6})
    for _ in range(2):  # from nothing, then from 4
        table.write([reserving])
    with pytest.raises(Changed) as refused:
        table.write([Put(row("a")), reserving])
    assert refused.value.position == 1
    assert table.get("p", "a") is None
    found = table.get("p", "tally")
    assert found is not None
    assert found.counters == {"committed": 8}


def test_a_limit_is_reached_but_not_passed(table: Table) -> None:
    table.write([Add("p", "tally", {"committed": 6})])
    table.write([Add("p", "tally", {"committed": 1}, unless_above={"committed": 6})])
    with pytest.raises(Changed):
        table.write([Add("p", "tally", {"committed": 1}, unless_above={"committed": 6})])
    table.write([Add("p", "tally", {"committed": -1})])
    table.write([Add("p", "tally", {"committed": 1}, unless_above={"committed": 6})])


def test_a_limit_holds_for_a_counter_that_stands_at_zero_and_one_that_is_not_added_to(table: Table) -> None:
    table.write([Add("p", "tally", {"cost": 5})])
    table.write([Add("p", "tally", {"committed": 3}, unless_above={"committed": 0})])
    with pytest.raises(Changed):
        table.write([Add("p", "tally", {"committed": 3}, unless_above={"cost": 4})])


def test_a_limit_below_zero_still_admits_the_first(table: Table) -> None:
    """Which is why the books look before they reserve."""
    table.write([Add("p", "tally", {"committed": 3}, unless_above={"committed": -1})])
    with pytest.raises(Changed):
        table.write([Add("p", "tally", {"committed": 3}, unless_above={"committed": -1})])


def test_many_rows_come_at_once_and_those_that_are_missing_are_left_out(table: Table) -> None:
    table.pour([Put(row(f"r{n:03d}", n=n)) for n in range(230)])  # more than two batches
    table.write([Put(Row("q", "other")), Add("p", "tally", {"cost": 5})])
    keys = [("p", f"r{n:03d}") for n in range(230)]
    found = table.get_many([*keys, keys[0], ("p", "nothing"), ("q", "other"), ("p", "tally")])
    assert set(found) == {*keys, ("q", "other"), ("p", "tally")}
    assert found["p", "r229"] == row("r229", n=229)
    assert found["p", "tally"].counters == {"cost": 5}
    assert table.get_many([]) == {}


def test_a_deleted_row_is_gone_and_deleting_it_again_is_nothing(table: Table) -> None:
    table.write([Put(row("a"))])
    table.write([Delete("p", "a")])
    table.write([Delete("p", "a")])
    assert table.get("p", "a") is None


def test_a_query_gives_the_rows_of_a_prefix_in_order(table: Table) -> None:
    table.write([Put(row(sk)) for sk in ("event#3", "event#1", "event#2", "eventual", "a")])
    assert [r.sk for r in table.query("p", "event#")] == ["event#1", "event#2", "event#3"]
    assert [r.sk for r in table.query("p", "event#", newest_first=True, limit=1)] == ["event#3"]
    assert [r.sk for r in table.query("p", "event#", after="event#2")] == ["event#2", "event#3"]
    assert [r.sk for r in table.query("p")] == ["a", "event#1", "event#2", "event#3", "eventual"]


def test_a_query_reads_on_past_a_page(table: Table) -> None:
    long = "x" * 60_000
    for n in range(20):  # 1.2 MB: more than one page of DynamoDB
        table.write([Put(row(f"big#{n:02d}", text=long))])
    assert len(list(table.query("p", "big#"))) == 20


def test_the_index_lists_newest_first_from_a_place(table: Table) -> None:
    table.write([Put(Row("p", f"r{n}", index=("mine", f"{n}"))) for n in range(5)])
    table.write([Put(Row("p", "other", index=("theirs", "9")))])
    assert [r.sk for r in table.query("mine", newest_first=True, indexed=True)] == [
        "r4",
        "r3",
        "r2",
        "r1",
        "r0",
    ]
    after = table.query("mine", newest_first=True, indexed=True, after="2")
    assert [r.sk for r in after] == ["r2", "r1", "r0"]
