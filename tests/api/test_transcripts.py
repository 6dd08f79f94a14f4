"""A lecture's transcript over HTTP, as a file of four formats."""

import json
from fractions import Fraction
from typing import Any

import pysubs2
import pytest
import srt
import webvtt
from fastapi import FastAPI
from mangum import Mangum

from functions.api.failures import answer_failures
from functions.api.routes.transcripts import router
from functions.highlights.speech.transcript import Heard, joined
from rushes.phase import Assembly, Brief, Document
from rushes.records.productions import save_production
from rushes.services import Services
from rushes.studio import phases
from tests.api.conftest import Api
from tests.api.test_productions import created
from tests.fakes.artists import text_recipe

WORDS = [("Welcome", 0.5, 0.9), ("back.", 0.9, 1.25), ("Is", 4.0, 4.2), ("3<4?", 4.2, 4.8), ("Ja!", 4.8, 5.0)]


class Listened:
    """A first phase that leaves a transcript, or, with None, nothing."""

    name = "plan"
    reads = ()

    def __init__(self, content: dict[str, Any] | None) -> None:
        self._content = content

    def recipes(self, brief: Brief) -> tuple[Any, ...]:
        return ()

    def assemble(self, brief: Brief) -> Assembly:
        name = "transcript" if self._content else "notes"
        return Assembly(frozenset(), (Document(name, text_recipe("t"), self._content or {}),))


def lecture(heard: bool = True) -> dict[str, Any]:
    told = [{"text": text, "start": start, "end": end, "confidence": 0.9} for text, start, end in WORDS]
    content = {"language": "en", "heard": heard, "segments": [], "words": told if heard else []}
    return joined([Heard(Fraction(0), Fraction(6), content)], Fraction(6)).model_dump(mode="json")


def listened(api: Api, services: Services, content: dict[str, Any] | None) -> tuple[str, str]:
    """A production that has left the checkpoint of its first phase, and that checkpoint."""
    production_id = created(api, prompt="Größe: “1/2”\tof a lecture")
    production = services.productions.load("me", production_id)
    cursor = phases.Cursor(
        owner="me", production_id=production_id, branch="main", execution=production.execution_name("main")
    )
    moved = production.enter("main", "plan", cursor.execution, services.now())
    services.productions.commit(production, [save_production(moved)], [])
    return production_id, phases.assemble(services, Listened(content), cursor)["checkpoint_id"]


@pytest.fixture
def ask(api: Api) -> Api:
    """The router by itself, as the API has it."""
    app = FastAPI()
    app.include_router(router)
    answer_failures(app)
    return Api(Mangum(app, lifespan="off"))


def test_the_transcript_is_a_file_in_each_of_four_formats(api: Api, ask: Api, wired: Services) -> None:
    production_id, _ = listened(api, wired, lecture())
    told = {form: ask("GET", f"/v1/productions/{production_id}/transcript.{form}") for form in FORMATS}
    assert [answer.status for answer in told.values()] == [200] * 4
    assert {form: answer.headers["content-type"] for form, answer in told.items()} == FORMATS
    assert [cue.content for cue in srt.parse(told["srt"].text)] == ["Welcome back.", "Is 3<4? Ja!"]
    assert [cue.text for cue in webvtt.from_string(told["vtt"].text)] == ["Welcome back.", "Is 3&lt;4? Ja!"]
    assert len(pysubs2.SSAFile.from_string(told["vtt"].text).events) == 2
    assert told["txt"].text == "Welcome back.\n\nIs 3<4? Ja!\n"


def test_json_has_sentences_and_words_in_no_envelope(api: Api, ask: Api, wired: Services) -> None:
    production_id, _ = listened(api, wired, lecture())
    told = json.loads(ask("GET", f"/v1/productions/{production_id}/transcript.json").text)
    assert (told["language"], told["duration"]) == ("en", 6.0)
    assert told["segments"][0] == {
        "number": 0, "start": 0.5, "end": 1.25, "text": "Welcome back.", "confidence": 0.9,
    }  # fmt: skip
    assert [(word["text"], word["start"], word["end"]) for word in told["words"]] == WORDS


def test_the_file_is_named_after_the_production(api: Api, ask: Api, wired: Services) -> None:
    production_id, _ = listened(api, wired, lecture())
    answer = ask("GET", f"/v1/productions/{production_id}/transcript.srt")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Gr_e _1 2_ of a lecture.srt"; '
        "filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%9C1%202%E2%80%9D%20of%20a%20lecture.srt"
    )


def test_a_checkpoint_may_be_named(api: Api, ask: Api, wired: Services) -> None:
    production_id, checkpoint_id = listened(api, wired, lecture())
    path = f"/v1/productions/{production_id}/transcript.txt"
    assert ask("GET", path, query={"checkpoint_id": checkpoint_id}).status == 200
    assert ask("GET", path, query={"checkpoint_id": "cp_" + "0" * 24}).status == 404
    assert ask("GET", path, query={"checkpoint_id": "newest"}).status == 422


def test_before_anybody_listened_and_in_films_there_is_no_transcript(
    api: Api, ask: Api, wired: Services
) -> None:
    film, _ = listened(api, wired, None)
    for production_id in (created(api), film):
        answer = ask("GET", f"/v1/productions/{production_id}/transcript.vtt")
        assert answer.status == 404
        assert "listen" in answer.json["error"]["message"]


def test_where_nobody_could_listen_the_answer_says_what_to_do(api: Api, ask: Api, wired: Services) -> None:
    production_id, _ = listened(api, wired, lecture(heard=False))
    answer = ask("GET", f"/v1/productions/{production_id}/transcript.vtt")
    assert (answer.status, answer.json["error"]["code"]) == (409, "CONFLICT")
    assert "OPENAI_API_KEY" in answer.json["error"]["message"]


def test_a_format_there_is_not_is_a_422_and_somebody_elses_transcript_a_404(
    api: Api, ask: Api, wired: Services
) -> None:
    production_id, _ = listened(api, wired, lecture())
    assert ask("GET", f"/v1/productions/{production_id}/transcript.docx").status == 422
    assert ask("GET", f"/v1/productions/prod_{'0' * 26}/transcript.txt").status == 404


FORMATS = {
    "srt": "application/x-subrip; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
