"""Subtitles: valid by the parsers of others, easy to read, and never in each other's way."""

from fractions import Fraction
from io import StringIO
from itertools import pairwise
from typing import Any

import pysubs2
import pytest
import srt as srt_parser
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from functions.highlights.speech.cues import cues
from functions.highlights.speech.subtitles import flat, pages, plain, srt, vtt
from functions.highlights.speech.transcript import Transcript, between, joined, milliseconds
from functions.highlights.speech.writing import width
from tests.unit.highlights.test_transcript import PIECES, WHATEVER, heard, pieces_of, said

LECTURE = (
    "Good morning, and welcome to the third lecture on distributed systems. Today we look at consensus, which is the "
    "problem of getting several machines to agree on a single value even when some of them fail. Is 3 < 4 && 5 > 2 --> "
    "true? Dr. Smith says so. Yes. Then let us begin with something simpler, because nobody is awake at nine."
)
SPOKEN = {"systems.": 3.0, "fail.": 0.3, "true?": 0.6, "so.": 2.0, "Yes.": 1.5}


def lecture(text: str = LECTURE, each: float = 0.35, pauses: dict[str, float] | None = None) -> Transcript:
    return joined([heard(said(text, each, SPOKEN if pauses is None else pauses))], Fraction(600))


def of_words(text: str, each: float = 0.35) -> list[list[str]]:
    return [cue.lines for cue in cues(lecture(text, each, {}))]


# ---------------------------------------------------------------------- valid for others


def test_an_srt_parser_reads_the_cues_as_they_are() -> None:
    read = list(srt_parser.parse(srt(lecture())))
    assert [each.index for each in read] == [*range(1, len(read) + 1)]
    shown = [(each.start.total_seconds(), each.end.total_seconds(), each.content) for each in read]
    assert shown == [
        (cue.start / 1000, cue.end / 1000, "\n".join(cue.lines).replace("-->", "→"))
        for cue in cues(lecture())
    ]


def test_a_webvtt_parser_reads_the_cues_as_they_are() -> None:
    read = webvtt.from_string(vtt(lecture())).captions
    shown = [(each.start, each.end) for each in read]
    assert shown == [(clock(cue.start), clock(cue.end)) for cue in cues(lecture())]
    assert any(
        "Is 3 &lt; 4 &amp;&amp; 5 &gt; 2 --&gt; true?" in each.raw_text.replace("\n", " ") for each in read
    )


@pytest.mark.parametrize("written", [srt, vtt])
def test_a_third_parser_reads_both_alike(written: Any) -> None:
    read = pysubs2.SSAFile.from_string(written(lecture())).events
    assert [(each.start, each.end) for each in read] == [(cue.start, cue.end) for cue in cues(lecture())]


def test_a_late_time_has_all_its_hours() -> None:
    late = joined([heard([("Late.", 1.5, 2.0)], start=3 * 3600, length=60)], Fraction(4 * 3600))
    assert "03:00:01,500 --> 03:00:02,500" in srt(late)
    assert "03:00:01.500 --> 03:00:02.500" in vtt(late)


def test_where_nothing_is_said_there_is_a_valid_file_without_cues() -> None:
    nothing = joined([heard()], Fraction(600))
    assert list(srt_parser.parse(srt(nothing))) == []
    assert webvtt.from_string(vtt(nothing)).captions == []
    assert (plain(nothing).strip(), flat(nothing)["words"], pages(nothing, 0, 100, "25")) == ("", [], [])


def test_a_span_counts_from_its_start() -> None:
    start = next(word.start for word in lecture().words if word.text == "Today")
    read = list(srt_parser.parse(srt(lecture(), start, start + 5)))
    assert read[0].start.total_seconds() == 0
    assert read[0].content.startswith("Today we look")
    assert read[-1].end.total_seconds() <= 5


# ---------------------------------------------------------------------- easy to read


def test_lines_are_balanced_and_break_after_clauses() -> None:
    assert of_words("When all of the logs are the same, the servers are the same.") == [
        ["When all of the logs are the same,", "the servers are the same."]
    ]


def test_no_line_ends_with_a_word_that_belongs_to_the_next() -> None:
    assert of_words("Every machine keeps a copy of the whole log in memory.") == [
        ["Every machine keeps a copy", "of the whole log in memory."]
    ]


def test_a_long_sentence_is_parted_where_a_clause_ends() -> None:
    text = (
        "If all the machines that we have in the room agree, they can go on with the work, "
        "but nobody has ever seen that in practice."
    )
    assert [lines[-1].split()[-1] for lines in of_words(text)] == ["agree,", "practice."]


def test_sentences_do_not_share_a_cue_unless_they_are_too_short_alone() -> None:
    assert of_words("This is the first sentence. This is the second sentence.") == [
        ["This is the first sentence."], ["This is the second sentence."],
    ]  # fmt: skip
    assert of_words("Yes. No. Maybe.") == [["Yes. No. Maybe."]]


def test_a_word_longer_than_a_line_is_the_only_one_that_is_split() -> None:
    long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    lines = [line for cue in of_words(f"Das {long} gilt.") for line in cue]
    assert "".join(lines).replace(" ", "") == f"Das{long}gilt."
    assert all(width(line) <= 42 for line in lines)


def test_a_cue_stays_in_the_pause_after_it_until_it_is_read() -> None:
    fast = lecture("Everything is said in a hurry here. Then comes the rest.", 0.1, {"here.": 4.0})
    first, _ = cues(fast)
    assert (first.start, first.end) == (0, 2059)


def test_a_short_cue_stays_for_a_second_and_a_long_word_for_seven() -> None:
    (short,) = cues(lecture("Yes.", 0.2))
    (long,) = cues(lecture("Aaaah.", 20.0))
    assert (short.end - short.start, long.end - long.start) == (1000, 7000)


def test_a_cue_stays_until_the_next_when_that_comes_soon() -> None:
    first, second = cues(
        lecture("This is the first sentence. This is the second sentence.", 0.4, {"sentence.": 0.4})
    )
    assert first.end == second.start


def test_upright_clips_have_short_lines() -> None:
    assert all(width(line) <= 20 for cue in cues(lecture(), characters=20) for line in cue.lines)


def test_chinese_lines_are_counted_in_wide_letters_and_do_not_begin_with_a_sign() -> None:
    text = "今天天气很好，所以我们决定去公园里散步，然后再去喝一杯咖啡，最后大家一起回家。"
    found = cues(joined([heard(segments=[(text, 0.0, 12.0)])], Fraction(60)), characters=20)
    lines = [line for cue in found for line in cue.lines]
    assert "".join(lines) == text
    assert all(width(line) <= 20 and line[0] not in "，。" for line in lines)


def test_hebrew_and_arabic_are_set_like_any_other_text() -> None:
    assert of_words("שלום לכולם, ברוכים הבאים.") == [["שלום לכולם, ברוכים הבאים."]]
    assert of_words("أهلا بكم، مرحبا.") == [["أهلا بكم، مرحبا."]]


# ---------------------------------------------------------------------- text and data


def test_plain_text_has_a_paragraph_after_each_long_pause() -> None:
    paragraphs = plain(lecture()).strip().split("\n\n")
    assert [each.split()[-1] for each in paragraphs] == ["systems.", "so.", "nine."]


def test_flat_data_has_sentences_and_words_side_by_side() -> None:
    told = flat(lecture("One two. Three."), 0.35, 1.05)
    assert told == {
        "language": "en", "duration": 0.7, "text": "two. Three.",
        "segments": [
            {"number": 0, "start": 0.0, "end": 0.35, "text": "two.", "confidence": 0.5},
            {"number": 1, "start": 0.35, "end": 0.7, "text": "Three.", "confidence": 0.5},
        ],
        "words": [
            {"text": "two.", "start": 0.0, "end": 0.35, "confidence": 0.5},
            {"text": "Three.", "start": 0.35, "end": 0.7, "confidence": 0.5},
        ],
    }  # fmt: skip


# ---------------------------------------------------------------------- captions to be drawn


def test_pages_count_the_frames_of_their_clip() -> None:
    text = lecture("One two three. Four.", 0.4, {"three.": 5.0})
    assert pages(text, 5, 60, "25", characters=20) == [
        {
            "start": 0, "end": 25,
            "lines": [[
                {"text": "One", "start": 0, "end": 5}, {"text": "two", "start": 5, "end": 15},
                {"text": "three.", "start": 15, "end": 25},
            ]],
        },
    ]  # fmt: skip


def test_a_page_has_what_no_space_parts_as_one_word() -> None:
    found = pages(joined([heard(segments=[("今天天气很好。", 0.0, 7.0)])], Fraction(7)), 0, 175, "25")
    assert [word["text"] for word in found[0]["lines"][0]] == ["今天天气很好。"]


@WHATEVER
@given(PIECES, st.sampled_from(["25", "30000/1001", "10"]), st.integers(0, 60), st.integers(60, 300))
def test_pages_follow_one_another_and_so_do_their_words(
    drawn: Any, rate: str, start: int, frames: int
) -> None:
    found = pages(transcript(drawn), start, frames, rate, characters=12)
    words = [(word["start"], word["end"]) for page in found for line in page["lines"] for word in line]
    assert all(0 <= begin < end <= frames for begin, end in words)
    assert all(left[1] <= right[0] for left, right in pairwise(words))
    assert all(len(page["lines"]) <= 2 for page in found)
    assert all(page["start"] == page["lines"][0][0]["start"] for page in found)
    assert all(page["lines"][-1][-1]["end"] <= page["end"] <= frames for page in found)
    assert all(left["end"] <= right["start"] for left, right in pairwise(found))


# ---------------------------------------------------------------------- whatever is said


def transcript(drawn: Any) -> Transcript:
    pieces = pieces_of(drawn)
    return joined(pieces, sum((piece.length for piece in pieces), Fraction(0)))


@WHATEVER
@given(PIECES, st.sampled_from([12, 42]))
def test_cues_have_every_word_in_lines_that_fit(drawn: Any, characters: int) -> None:
    spoken = transcript(drawn)
    found = cues(spoken, characters=characters)
    assert letters("".join(line for cue in found for line in cue.lines)) == letters(
        "".join(word.text for word in spoken.words)
    )
    assert all(len(cue.lines) <= 2 and width(line) <= characters for cue in found for line in cue.lines)
    assert all("" not in cue.lines for cue in found)


@WHATEVER
@given(PIECES)
def test_cues_never_overlap_nor_flicker(drawn: Any) -> None:
    found = cues(transcript(drawn))
    assert all(0 < cue.end - cue.start <= 7000 for cue in found)
    assert all(right.start - left.end == 0 or right.start - left.end >= 84 for left, right in pairwise(found))


@WHATEVER
@given(PIECES)
def test_a_cue_is_too_short_to_read_only_where_the_next_begins(drawn: Any) -> None:
    spoken = transcript(drawn)
    found = cues(spoken)
    starts = [cue.start for cue in found] + [milliseconds(spoken.duration)]
    for cue, end in zip(found, starts[1:], strict=True):
        slow = width(" ".join(cue.lines)) * 1000 <= 17 * (cue.end - cue.start) and cue.end - cue.start >= 1000
        assert slow or cue.end in (end, end - 84)


@WHATEVER
@given(PIECES)
def test_parsers_read_whatever_is_said(drawn: Any) -> None:
    spoken = transcript(drawn)
    count = len(cues(spoken))
    assert len(list(srt_parser.parse(srt(spoken)))) == count
    assert len(list(webvtt.from_buffer(StringIO(vtt(spoken))).captions)) == count


@WHATEVER
@given(PIECES, st.fractions(0, 20), st.fractions(1, 20))
def test_a_span_has_what_is_heard_in_it_and_nothing_else(
    drawn: Any, start: Fraction, length: Fraction
) -> None:
    whole = transcript(drawn)
    span = between(whole, start, start + length)
    assert all(0 <= word.start < word.end <= span.duration for word in span.words)
    assert [word.text for word in span.words] == [
        word.text
        for word in whole.words
        if milliseconds(word.start) < milliseconds(start + length)
        and milliseconds(word.end) > milliseconds(start)
    ]


def clock(milliseconds: int) -> str:
    return f"00:{milliseconds // 60_000:02d}:{milliseconds // 1000 % 60:02d}.{milliseconds % 1000:03d}"


def letters(text: str) -> str:
    return "".join(text.split())
