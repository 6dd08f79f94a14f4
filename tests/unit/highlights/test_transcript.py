"""One transcript of many pieces: every word once, in order, with the lecture's time, in sentences."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.highlights.speech.transcript import (
    Heard,
    Transcript,
    exact,
    joined,
    milliseconds,
    sentences_between,
    words_between,
)
from functions.highlights.speech.writing import parted

Told = tuple[str, float, float]


def heard(
    words: Sequence[Told] = (),
    segments: Sequence[Told] = (),
    start: Fraction | int = 0,
    length: Fraction | int = 600,
    **more: Any,
) -> Heard:
    content = {
        "language": "en",
        "heard": True,
        "model": "test",
        "words": [_told(*each) for each in words],
        "segments": [_told(*each) for each in segments],
    }
    return Heard(Fraction(start), Fraction(length), content | more)


def _told(text: str, start: float, end: float, confidence: float | None = 0.5) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "confidence": confidence}


def said(text: str, each: float = 0.3, pauses: dict[str, float] | None = None) -> list[Told]:
    """The words of the text one after another, with pauses after some."""
    found, at = [], 0.0
    for word in text.split():
        found.append((word, round(at, 3), round(at + each, 3)))
        at += each + (pauses or {}).get(word, 0)
    return found


def transcript(*pieces: Heard) -> Transcript:
    return joined(pieces, max((piece.start + piece.length for piece in pieces), default=Fraction(0)))


def texts(text: str, **more: Any) -> list[str]:
    return [sentence.text for sentence in transcript(heard(said(text, **more))).segments]


def spans(found: Transcript) -> list[tuple[str, float, float]]:
    return [(word.text, word.start, word.end) for word in found.words]


# ---------------------------------------------------------------------- times


def test_words_have_the_time_of_the_lecture_exactly() -> None:
    first = heard([("One.", 0.1, 0.5)], length=Fraction(5, 3))
    second = heard([("Two.", 0.1, 0.5)], start=Fraction(5, 3), length=2)
    assert spans(transcript(first, second)) == [("One.", 0.1, 0.5), ("Two.", 1.767, 2.167)]


def test_pieces_are_joined_in_the_order_of_their_time() -> None:
    later, earlier = heard([("Two.", 0, 1)], start=10, length=5), heard([("One.", 0, 1)], length=10)
    assert spans(transcript(later, earlier)) == [("One.", 0, 1), ("Two.", 10, 11)]


def test_a_word_past_the_end_of_its_piece_is_drawn_into_it() -> None:
    late = heard([("One", 9.0, 9.6), ("two.", 9.6, 10.4)], length=10)
    after = heard([("Three.", 0.0, 0.4)], start=10, length=10)
    assert spans(transcript(late, after)) == [
        ("One", 9.0, 9.6), ("two.", 9.6, 10.0), ("Three.", 10.0, 10.4),
    ]  # fmt: skip


def test_words_wholly_past_the_end_stand_before_it() -> None:
    found = spans(
        transcript(heard([("One", 9.0, 9.5), ("two", 10.2, 10.4), ("three", 10.4, 10.9)], length=10))
    )
    assert found == [("One", 9.0, 9.5), ("two", 9.96, 9.98), ("three", 9.98, 10.0)]


def test_words_that_overlap_part_in_the_middle() -> None:
    assert spans(transcript(heard([("One", 1.0, 2.0), ("two", 1.5, 3.0)]))) == [
        ("One", 1.0, 1.75), ("two", 1.75, 3.0),
    ]  # fmt: skip


def test_one_wrong_end_leaves_all_other_words_where_they_are() -> None:
    found = spans(transcript(heard([("One", 1.0, 599.0), ("two", 1.5, 1.9), ("three", 2.0, 2.5)])))
    assert found == [("One", 1.0, 1.7), ("two", 1.7, 1.9), ("three", 2.0, 2.5)]


def test_words_without_length_get_some_where_there_is_room() -> None:
    found = spans(transcript(heard([("One", 1.0, 1.0), ("two", 1.0, 1.0), ("three", 1.5, 1.5)])))
    assert found == [("One", 1.0, 1.02), ("two", 1.02, 1.04), ("three", 1.5, 1.52)]


def test_what_follows_a_hyphen_is_one_word_with_what_stands_before_it() -> None:
    found = transcript(heard([("gives", 0, 0.4), ("off", 0.4, 0.6), ("-carbon", 0.6, 1.0)]))
    assert spans(found) == [("gives", 0.0, 0.4), ("off-carbon", 0.4, 1.0)]


def test_segments_without_words_share_their_time_out_by_letters() -> None:
    found = transcript(heard(segments=[("Four fifteen.", 1.0, 2.3)]))
    assert spans(found) == [("Four", 1.0, 1.433), ("fifteen.", 1.433, 2.3)]
    assert found.segments[0].confidence == 0.5


# ---------------------------------------------------------------------- sentences


@pytest.mark.parametrize("text", [
    "Take Dr. Smith, for example.", "It is fast, e.g. Rust is.", "See Fig. 3 and Eq. 12 there.",
    "It grew by 3.5 percent.", "We could… perhaps not.", "Well... maybe.", "Use i.e. Python here.",
    "By J. R. Tolkien himself.", "The U.S. Army came.", "It is 5 p.m. here.", "“Why?” she asked.",
    "Smith et al. Found it.", "Nr. 5 lebt.", "It was version 3. 5 then.",
])  # fmt: skip
def test_this_is_one_sentence(text: str) -> None:
    assert texts(text) == [text]


@pytest.mark.parametrize(("first", "second"), [
    ("The answer is no.", "Then we stop."), ("Really?!", "Yes."), ("It was 2020.", "Then it ended."),
    ("“It works.”", "She smiled."), ("So do I.", "Good."), ("(This is so.)", "That is not."),
    ("It ends…", "Something begins."), ("هل تسمع؟", "نعم."), ("यह ठीक है।", "चलो।"),
])  # fmt: skip
def test_these_are_two_sentences(first: str, second: str) -> None:
    assert texts(f"{first} {second}") == [first, second]


def test_an_abbreviation_before_a_pause_ends_the_sentence() -> None:
    assert texts("Cats, dogs, etc. Next topic.", pauses={"etc.": 0.5}) == ["Cats, dogs, etc.", "Next topic."]


def test_where_everything_is_small_a_small_letter_begins_a_sentence_too() -> None:
    assert texts("it is small. all of it. really.") == ["it is small.", "all of it.", "really."]


def test_a_capital_that_only_a_beginning_explains_ends_a_sentence_without_a_sign() -> None:
    assert texts("We and they look And so we are done.") == ["We and they look", "And so we are done."]
    assert texts("It is, as it was, New York in the White House.") == [
        "It is, as it was, New York in the White House.",
    ]  # fmt: skip


def test_a_sentence_that_a_capital_ends_is_not_divided_at_its_pauses() -> None:
    found = texts("It was so and so And it was.", pauses={"It": 1.2, "was": 0.9})
    assert found == ["It was so and so", "And it was."]


def test_after_a_comma_a_capital_is_a_quotation_unless_the_speaker_pauses() -> None:
    said = "She said, What do we know and what do they know?"
    assert texts(said) == [said]
    assert texts(said, pauses={"said,": 1.2}) == ["She said,", "What do we know and what do they know?"]


def test_where_every_word_has_a_capital_none_begins_a_sentence() -> None:
    assert texts("What We Know And What They Know.") == ["What We Know And What They Know."]


def test_without_signs_pauses_end_sentences() -> None:
    assert texts("we begin here then we go on", pauses={"here": 0.8, "then": 0.7}) == [
        "we begin here", "then we go on",
    ]  # fmt: skip


def test_what_is_too_long_is_divided_at_its_longest_pause() -> None:
    words = [f"w{number}" for number in range(80)]
    found = texts(" ".join(words) + ".", pauses={"w35": 0.5})
    assert [text.split()[-1] for text in found] == ["w35", "w79."]


def test_chinese_needs_no_spaces() -> None:
    found = transcript(heard(segments=[("今天天气很好。我们去「公园」玩，好不好？GPT很好。", 0.0, 9.0)]))
    assert [each.text for each in found.segments] == [
        "今天天气很好。", "我们去「公园」玩，好不好？", "GPT 很好。",
    ]  # fmt: skip


def test_bare_words_get_the_signs_of_their_segments() -> None:
    bare = said("hello world this is fine isn't it yes 10 of it")
    segments = [("Hello, world. This is “fine”, isn't it?", 0.0, 2.1), ("Yes, 10% of it.", 2.1, 3.3)]
    found = transcript(heard(bare, segments))
    assert [each.text for each in found.segments] == [
        "Hello, world.", "This is “fine”, isn't it?", "Yes, 10% of it.",
    ]  # fmt: skip
    assert [(word.start, word.end) for word in found.words] == [(start, end) for _, start, end in bare]


def test_a_word_its_segment_does_not_know_stays_as_it_is() -> None:
    bare, segments = said("one umm two three"), [("One, two. Three.", 0.0, 1.2)]
    assert [word.text for word in transcript(heard(bare, segments)).words] == [
        "One,",
        "umm",
        "two.",
        "Three.",
    ]


def test_words_written_otherwise_in_their_segment_are_found_all_the_same() -> None:
    bare = said("The state of the art costs 5 dollars He said quietly no never")
    segments = [("The state-of-the-art costs $5 dollars? He said (quietly): umm, no — never!", 0.0, 4.0)]
    assert [each.text for each in transcript(heard(bare, segments)).segments] == [
        "The state of the art costs $5 dollars?", "He said (quietly): no never!",
    ]  # fmt: skip


def test_a_sign_that_stands_alone_belongs_to_the_word_before() -> None:
    assert texts("Vraiment ? Oui .") == ["Vraiment?", "Oui."]


# ---------------------------------------------------------------------- the whole


def test_nobody_listened_if_nobody_listened_to_any_piece() -> None:
    deaf = heard(heard=False, language=None)
    assert transcript(deaf).heard is False
    assert transcript(deaf, heard(start=600)).heard is True
    assert transcript(deaf).model_dump(mode="json") == {
        "language": None, "heard": False, "duration": 600.0, "segments": [],
    }  # fmt: skip


def test_the_language_is_that_of_most_words() -> None:
    german = heard(said("Ja."), language="de")
    assert transcript(german, heard(said("Yes, it is."), start=600)).language == "en"


def test_a_span_has_the_words_and_sentences_that_are_heard_in_it() -> None:
    found = transcript(heard(said("One two. Three four. Five six.")))
    assert [word.text for word in words_between(found, 0.3, 0.9)] == ["two.", "Three"]
    assert [each.text for each in sentences_between(found, Fraction(6, 10), 0.9)] == ["Three four."]


# ---------------------------------------------------------------------- whatever is heard

TEXTS = st.one_of(
    st.sampled_from(
        ["Yes.", "no", "e.g.", "3.5", "…", "?", "字", "字。", "Dr.", "I", "so,", "-->", "العربية", "ไทย"]
    ),
    st.text(max_size=8),
)
SECONDS = st.integers(-1000, 25_000).map(lambda milliseconds: milliseconds / 1000)
TOLD = st.tuples(TEXTS, SECONDS, SECONDS)
PIECES = st.lists(
    st.tuples(
        st.fractions(1, 20, max_denominator=48_000),
        st.lists(TOLD, max_size=10),
        st.lists(TOLD, max_size=3),
    ),
    max_size=3,
)

WHATEVER = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pieces_of(drawn: list[tuple[Fraction, list[Told], list[Told]]]) -> list[Heard]:
    found, at = [], Fraction(0)
    for length, words, segments in drawn:
        found.append(heard(words, segments, at, length))
        at += length
    return found


def letters(texts: list[str]) -> str:
    return "".join(char for text in texts for char in text.lower() if char.isalnum())


@WHATEVER
@given(PIECES)
def test_every_word_is_there_once_and_in_order(drawn: Any) -> None:
    found = transcript(*pieces_of(drawn))
    told = [word[0] for _, words, segments in drawn for word in (words if words else segments)]
    assert letters([word.text for word in found.words]) == letters(told)
    assert all(word.text == " ".join(word.text.split()) != "" for word in found.words)


@WHATEVER
@given(PIECES)
def test_words_follow_one_another_inside_the_lecture(drawn: Any) -> None:
    found = transcript(*pieces_of(drawn))
    edges = [edge for word in found.words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(word.start < word.end for word in found.words)
    assert all(0 <= edge <= found.duration and exact(edge) * 1000 == milliseconds(edge) for edge in edges)


@WHATEVER
@given(PIECES)
def test_sentences_are_numbered_and_divide_the_words(drawn: Any) -> None:
    found = transcript(*pieces_of(drawn))
    assert [each.number for each in found.segments] == [*range(len(found.segments))]
    for each in found.segments:
        assert (each.start, each.end) == (each.words[0].start, each.words[-1].end)
        assert letters([each.text]) == letters([word.text for word in each.words])
        assert len(each.words) == 1 or (each.end - each.start <= 30 and len(each.words) <= 60)
    assert all(a.end <= b.start for a, b in pairwise(found.segments))


@WHATEVER
@given(PIECES)
def test_a_transcript_that_was_written_down_is_read_back_as_it_was(drawn: Any) -> None:
    found = transcript(*pieces_of(drawn))
    assert Transcript.model_validate_json(found.model_dump_json()) == found


@WHATEVER
@given(PIECES)
def test_what_is_in_order_stays_as_it_is(drawn: Any) -> None:
    found = transcript(*pieces_of(drawn[:1]))
    again = transcript(heard(spans(found), length=exact(found.duration))) if found.words else found
    assert spans(again) == spans(found)


@WHATEVER
@given(st.text() | st.text(alphabet="字あー「」。，、 aZ1"))
def test_parting_a_text_without_spaces_loses_nothing(text: str) -> None:
    assert "".join(parted(text)) == "".join(text.split())
