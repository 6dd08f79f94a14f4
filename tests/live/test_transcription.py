"""Nine seconds of speech, heard by the real services: a tenth of a cent each. Skipped without a key."""

import json
import os
from pathlib import Path

import pytest

from rushes.providers.catalog import Catalog, entries
from tests.unit.providers.hearing import hearing

SPOKEN = Path(__file__).parents[1] / "fakes/spoken/page_fault.ogg"
MODELS = {"OPENAI_API_KEY": "whisper", "GROQ_API_KEY": "groq_whisper"}


@pytest.mark.parametrize(
    "model_id",
    [
        pytest.param(model_id, marks=pytest.mark.skipif(not os.environ.get(key), reason=f"{key} is not set"))
        for key, model_id in MODELS.items()
    ],
)
def test_speech_is_heard_word_by_word_where_it_is_spoken(model_id: str, tmp_path: Path) -> None:
    catalog = Catalog(entries(), os.environ.get)
    job = hearing(model_id, SPOKEN, tmp_path)
    finished = catalog.provider(job.model.provider).submit(job)
    heard = json.loads(finished.path.read_text())
    words = {word["text"].strip(".,").lower(): word for word in heard["words"]}
    assert {"mapping", "processor", "demand", "paging"} <= set(words)
    assert abs(words["paging"]["end"] - 8.03) < 0.5
    assert heard["language"] == "en"
    assert 0 < (finished.cost_micro_usd or 0) <= 2000
