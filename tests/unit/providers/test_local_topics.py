"""Topics found without a language model: by embeddings of sentences, and by counting words."""

import json
import random
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from functions.highlights.topics.windows import schema
from rushes.errors import BadRequest
from rushes.productions.recipe import Recipe
from rushes.providers.catalog import Catalog, entries
from rushes.providers.local.adapter import Local
from rushes.providers.local.embeddings import DIMENSIONS, embedded
from rushes.providers.port import Finished, Job, Provider
from rushes.providers.sketch.artist import Sketch
from rushes.providers.topical.boundaries import segments
from rushes.providers.topical.limits import LONGEST, SHORTEST
from rushes.providers.topical.sentences import Sentence
from rushes.providers.topical.words import stem, stems

PASSAGES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("passages.yaml").read_text())
ARTISTS: dict[str, Provider] = {"minilm": Local(), "sketch_topics": Sketch()}


def spoken(texts: list[str], seconds_a_word: float = 0.42) -> list[Sentence]:
    now, sentences = 0.0, []
    for number, text in enumerate(texts):
        end = round(now + seconds_a_word * len(text.split()), 3)
        sentences.append(Sentence(number, now, end, text))
        now = round(end + 0.3, 3)
    return sentences


def answer(model: str, sentences: list[Sentence], folder: Path) -> list[dict[str, Any]]:
    recipe = Recipe(
        media="text", model=model, version="1", parameters={"document": "topics", "sentences": sentences}
    )
    catalog = Catalog(entries(), lambda _: None)
    finished = ARTISTS[model].submit(Job(recipe, [], folder, catalog.get(model)))
    said = json.loads(cast(Finished, finished).path.read_text())
    assert Draft202012Validator(schema()).is_valid(said)
    return said["topics"]


@cache
def vectors(name: str) -> Any:
    return embedded(PASSAGES[name])


def composed(seed: int) -> tuple[list[Sentence], Any, list[int]]:
    """A lecture of five stretches about different things, their vectors, and where each but the first begins."""
    chance = random.Random(seed)
    texts: list[str] = []
    rows, begins = [], []
    for name in chance.sample(sorted(PASSAGES), 5):
        first = chance.randint(0, 3)
        last = first + chance.randint(8, 9)
        begins.append(len(texts))
        texts += PASSAGES[name][first:last]
        rows.append(vectors(name)[first:last])
    return spoken(texts), np.vstack(rows), begins[1:]


def test_similarities_are_those_published_for_the_model() -> None:
    """https://www.sbert.net/docs/quickstart.html: 0.6660, 0.1046 and 0.1411."""
    weather, sunny, stadium = embedded(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    assert [weather @ sunny, weather @ stadium, sunny @ stadium] == pytest.approx(
        [0.6660, 0.1046, 0.1411], abs=1e-4
    )


def test_an_embedding_has_length_1_and_does_not_depend_on_its_company() -> None:
    alone = embedded(["The lid keeps the steam in."])
    among = embedded(["Short.", "The lid keeps the steam in.", "A much longer sentence, " * 30])
    assert alone.shape == (1, DIMENSIONS)
    assert np.linalg.norm(among, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert among[1] == pytest.approx(alone[0], abs=1e-5)


def test_nothing_and_endless_texts_have_embeddings_too() -> None:
    assert embedded([]).shape == (0, DIMENSIONS)
    assert np.isfinite(embedded(["", "word " * 600, "講義 🎓"])).all()


def test_boundaries_by_meaning_are_where_the_subject_changes() -> None:
    """Over 30 lectures; of the passages some hardly repeat a word."""
    right = found_in_all = true_in_all = 0
    for seed in range(30):
        sentences, rows, begins = composed(seed)
        found = [segment.start for segment in segments(sentences, rows, 15)][1:]
        right += len(set(found) & set(begins))
        found_in_all += len(found)
        true_in_all += len(begins)
    assert right / found_in_all > 0.9
    assert right / true_in_all > 0.9


@pytest.mark.parametrize("model", ARTISTS)
def test_topics_cover_the_whole_in_parts_of_allowed_length(model: str, tmp_path: Path) -> None:
    sentences = spoken([text for name in ("interest", "jazz", "tectonics") for text in PASSAGES[name]])
    topics = answer(model, sentences, tmp_path)
    assert topics[0]["first_sentence"] == 0
    assert topics[-1]["last_sentence"] == len(sentences) - 1
    for one, other in pairwise(topics):
        assert other["first_sentence"] == one["last_sentence"] + 1
    for topic in topics:
        seconds = sentences[topic["last_sentence"]].end - sentences[topic["first_sentence"]].start
        assert SHORTEST <= seconds <= LONGEST
        assert 0 <= topic["importance"] <= 1


@pytest.mark.parametrize("model", ARTISTS)
def test_a_topic_is_named_by_what_is_said_in_it(model: str, tmp_path: Path) -> None:
    names = ["sourdough", "interest", "congestion"]
    topics = answer(model, spoken([text for name in names for text in PASSAGES[name]]), tmp_path)
    words = [set(stems(" ".join([topic["title"], *topic["keywords"]]))) for topic in topics]
    for about in ("dough starter loaf", "inflation bank rate", "packets network window"):
        assert any(named & set(stems(about)) for named in words)
    for topic in topics:
        assert 0 < len(topic["title"]) <= 60
        assert topic["title"][0].isupper()
        assert topic["keywords"]
        assert topic["concepts"]


@pytest.mark.parametrize("model", ARTISTS)
def test_names_keep_their_capitals(model: str, tmp_path: Path) -> None:
    (topic, *_) = answer(model, spoken(PASSAGES["photosynthesis"]), tmp_path)
    assert "Calvin cycle" in topic["concepts"]


@pytest.mark.parametrize("model", ARTISTS)
def test_the_same_lecture_is_answered_in_the_same_words(model: str, tmp_path: Path) -> None:
    sentences = spoken(PASSAGES["jazz"])
    assert answer(model, sentences, tmp_path) == answer(model, sentences, tmp_path)


@pytest.mark.parametrize("model", ARTISTS)
@pytest.mark.parametrize(
    "texts", [["Well."], ["Hm.", "Hm."], ["…"] * 40, ["word"] * 200, ["Bonjour à tous."] * 3, ["a b c"] * 60]
)
def test_poor_transcripts_have_topics_too(model: str, texts: list[str], tmp_path: Path) -> None:
    topics = answer(model, spoken(texts), tmp_path)
    assert topics[0]["first_sentence"] == 0
    assert topics[-1]["last_sentence"] == len(texts) - 1
    assert all(topic["title"] for topic in topics)


@pytest.mark.parametrize("model", ARTISTS)
def test_a_recipe_without_sentences_is_refused(model: str, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no"):
        answer(model, [], tmp_path)


def test_a_window_of_sentences_keeps_its_numbers(tmp_path: Path) -> None:
    later = [sentence._replace(number=sentence.number + 400) for sentence in spoken(PASSAGES["chess"])]
    topics = answer("sketch_topics", later, tmp_path)
    assert (topics[0]["first_sentence"], topics[-1]["last_sentence"]) == (400, 411)


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("packets", "packet"),
        ("queues", "queue"),
        ("theories", "theory"),
        ("organizations", "organize"),
        ("bus", "bus"),
    ],
)
def test_forms_of_a_word_have_the_same_stem(word: str, same: str) -> None:
    assert stem(word) == stem(same)


def test_without_a_key_topics_are_found_on_this_machine_and_in_the_end_by_counting() -> None:
    catalog = Catalog(entries(), lambda _: None)
    assert catalog.settle({}, ["topics"]) == {"topics": "minilm"}
    asked: list[str] = ["gpt_topics"]
    while following := catalog.get(asked[-1]).fallback:
        asked.append(following)
    assert asked[-2:] == ["minilm", "sketch_topics"]
    assert all(catalog.get(model).role == "topics" for model in asked)
