"""The studio page: open to everybody, whole, from nowhere else, and strict about what it may do."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from functions.api.routes.page import STYLES
from tests.api.conftest import Api, as_somebody

PAGE = files("functions.api").joinpath("page")
NAMES = sorted(entry.name for entry in PAGE.iterdir())
SERVED = set(NAMES) - set(STYLES) | {"page.css"}
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@cache
def source(name: str) -> str:
    return PAGE.joinpath(name).read_text(encoding="utf-8")


@pytest.fixture
def stranger(wired: Any) -> Api:
    """Somebody without a token."""
    return as_somebody(None)


def test_the_page_is_open_to_everybody(stranger: Api) -> None:
    answer = stranger("GET", "/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == source("index.html")


@pytest.mark.parametrize("name", sorted(SERVED - {"page.css"}))
def test_each_of_its_files_is_served_as_what_it_is(stranger: Api, name: str) -> None:
    answer = stranger("GET", f"/page/{name}")
    assert answer.status == 200
    assert answer.headers["content-type"] == f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text == source(name)


def test_the_styles_of_the_first_look_are_one_answer(stranger: Api) -> None:
    answer = stranger("GET", "/page/page.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert all(source(name) in answer.text for name in STYLES)


def test_every_other_style_is_asked_for_by_the_page() -> None:
    others = {name for name in NAMES if name.endswith(".css")} - set(STYLES)
    assert set(re.findall(r'styled\("([^"]+)"\)', source("studio.js"))) == others


@pytest.mark.parametrize("file", ["main.py", "..%2fmain.py", "%2e%2e", ".", "studio.js%00", "nonesuch.js"])
def test_nothing_else_is_served(stranger: Api, file: str) -> None:
    answer = stranger("GET", f"/page/{file}")
    assert answer.status == 404
    assert answer.json["error"]["code"] == "NOT_FOUND"


def test_the_page_is_no_part_of_the_apis_description(api: Api) -> None:
    paths = api("GET", "/v1/openapi.json").json["paths"]
    assert not [path for path in paths if not path.startswith("/v1/")]


def test_its_policy_allows_only_its_own_scripts_and_no_markup_from_text(stranger: Api) -> None:
    policy = stranger("GET", "/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert not re.search(r"unsafe|data:|blob:|https?:(?!//)| \*[ ;]", policy)


def test_links_of_the_engine_and_of_s3_may_be_shown(stranger: Api) -> None:
    policy = stranger("GET", "/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for kind in ("img-src", "media-src", "connect-src"):
        assert "http://127.0.0.1:*" in rules[kind]
        assert "https://*.amazonaws.com" in rules[kind]


def test_a_file_that_is_known_already_is_not_sent_again(stranger: Api) -> None:
    tag = stranger("GET", "/page/studio.js").headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        answer = stranger("GET", "/page/studio.js", if_none_match=known)
        assert (answer.status, answer.text) == (304, "")
    assert stranger("GET", "/page/studio.js", if_none_match='"other"').status == 200


def test_the_browser_asks_each_time_so_that_two_deployments_never_mix(stranger: Api) -> None:
    assert stranger("GET", "/page/studio.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_from_elsewhere(name: str) -> None:
    """Addresses stand in comments and in the name of SVG's own namespace, nowhere else."""
    code = re.sub(r"/\*.*?\*/|//[^\n]*www\.w3\.org[^\n]*", "", source(name), flags=re.DOTALL)
    code = code.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"(https?:)?//[a-z0-9]", code)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".js")])
def test_no_text_ever_becomes_markup_or_code(name: str) -> None:
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
    assert not re.search(banned, source(name))


def test_the_token_is_kept_in_this_tab_only() -> None:
    everything = "".join(map(source, NAMES))
    assert "sessionStorage" in everything
    assert not re.search(r"localStorage|indexedDB|document\.cookie", everything)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".js", ".html"))])
def test_every_file_that_is_asked_for_is_there(name: str) -> None:
    asked = re.findall(r'(?:from |import\()"\./([^"]+)"|(?:href|src)="/page/([^"]+)"', source(name))
    assert {own or absolute for own, absolute in asked} <= SERVED
