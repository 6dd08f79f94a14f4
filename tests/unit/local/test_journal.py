"""The journal continues the newest snapshot, whenever the process dies."""

from pathlib import Path

import pytest

from infra.local.journal import Journal


def test_what_was_appended_is_read_in_order(tmp_path: Path):
    journal = Journal(tmp_path)
    for number in range(3):
        journal.append(["write", number])
    assert list(Journal(tmp_path).records()) == [["write", 0], ["write", 1], ["write", 2]]


def test_a_snapshot_makes_what_came_before_it_history(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.append("before")
    journal.begin(snapshot(tmp_path))
    journal.append("after")
    assert list(Journal(tmp_path).records()) == ["after"]


def test_dying_before_the_snapshot_is_whole_loses_nothing(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.begin(snapshot(tmp_path))
    journal.append("before")

    def dies(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal.begin(dies)
    journal.append("after")
    assert list(Journal(tmp_path).records()) == ["before", "after"]


def test_dying_after_the_snapshot_and_before_the_clean_up_applies_nothing_twice(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.append("in the snapshot")
    old = next(tmp_path.glob("journal-*")).read_bytes()
    journal.begin(snapshot(tmp_path))
    (tmp_path / "journal-0.jsonl").write_bytes(old)
    assert list(Journal(tmp_path).records()) == []


def test_a_last_line_cut_short_was_never_acknowledged(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.append("whole")
    with next(tmp_path.glob("journal-*")).open("ab") as file:
        file.write(b'"cut sho')
    assert list(Journal(tmp_path).records()) == ["whole"]


def test_only_its_owner_may_read_it(tmp_path: Path):
    Journal(tmp_path)
    assert next(tmp_path.glob("journal-*")).stat().st_mode & 0o077 == 0


def snapshot(directory: Path):
    """What durable.py writes last of all."""

    def write(number: int) -> None:
        (directory / "dynamodb.json").write_text(f'{{"journal": {number}, "payload": {{}}}}')

    return write
