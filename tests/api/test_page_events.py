"""The page's reader of events, run by node: https://html.spec.whatwg.org/multipage/server-sent-events.html."""

import json
import subprocess
from importlib.resources import files
from typing import Any

import pytest

READER = files("functions.api").joinpath("page/events.js").read_text(encoding="utf-8")

ANSWERS = """
const cut = (text, size) => new ReadableStream({
  start(stream) {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += size) stream.enqueue(bytes.slice(at, at + size));
    stream.close();
  },
});
const torn = (text) => new ReadableStream({
  pull(stream) {
    if (text) stream.enqueue(new TextEncoder().encode(text));
    else stream.error(new TypeError("network error"));
    text = "";
  },
});
const parsed = async (text, size) => {
  const connection = { lastId: "", retry: 3000 };
  const events = [];
  for await (const event of parse(cut(text, size), connection)) events.push(event);
  return { events, ...connection };
};
const followed = async (answers) => {
  const asked = [];
  const reach = async (path, { headers }) => {
    asked.push(headers["Last-Event-ID"] ?? null);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const heard = [];
  let refused = null;
  try {
    for await (const batch of follow("events", { reach })) heard.push(batch.map((event) => event.id));
  } catch (error) {
    refused = error.status;
  }
  return { asked, heard, refused };
};
const failure = (status) => Object.assign(new Error(), { status });
const told = (...ids) => {
  const events = ids.map((id) => `data: {}\\nid: ${id}\\n\\n`);
  return { status: 200, body: cut(`retry: 1\\n\\n${events.join("")}`, 7) };
};
const over = { status: 204 };
"""


def node(expression: str) -> Any:
    script = f"{READER}{ANSWERS}\nconsole.log(JSON.stringify(await ({expression})));"
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


STREAM = """\
: hello
retry: 250

event: progress
data: {é}
id: 7

data: one
data:two
data:  three

id: 8

data

"""
EVENTS = [
    {"type": "progress", "data": "{é}", "id": "7"},
    {"type": "message", "data": "one\ntwo\n three", "id": "7"},
    {"type": "message", "data": "", "id": "8"},
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_events_are_the_same_however_lines_end_and_wherever_the_bytes_are_cut(end: str) -> None:
    stream = json.dumps(STREAM.replace("\n", end))
    for found in node(f"Promise.all([1, 2, 3, 5, 8, 1000].map((size) => parsed({stream}, size)))"):
        assert found == {"events": EVENTS, "lastId": "8", "retry": 250}


def test_an_event_that_was_not_finished_is_not_heard() -> None:
    found = node(r'parsed("data: 1\nid: 1\n\ndata: 2\nid: 2\n", 4)')
    assert [event["id"] for event in found["events"]] == ["1"]
    assert found["lastId"] == "1"


def test_it_comes_back_with_the_last_id_until_the_answer_is_204() -> None:
    found = node("followed([told(1, 2), told(), told(3), over])")
    assert found == {"asked": [None, "2", "2", "3"], "heard": [["1", "2"], ["3"]], "refused": None}


def test_a_busy_or_unreachable_studio_is_asked_again() -> None:
    found = node("followed([told(1), failure(0), failure(503), failure(429), told(2), over])")
    assert found["heard"] == [["1"], ["2"]]


def test_what_was_heard_before_the_connection_broke_is_not_lost() -> None:
    found = node(
        r'followed([{ status: 200, body: torn("retry: 1\ndata: {}\nid: 1\n\ndata: {") }, told(2), over])'
    )
    assert found["heard"] == [["1"], ["2"]]
    assert found["asked"] == [None, "1", "2"]


def test_a_refusal_is_the_end() -> None:
    found = node("followed([told(1), failure(404), told(2)])")
    assert found == {"asked": [None, "1"], "heard": [["1"]], "refused": 404}
