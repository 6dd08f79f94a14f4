"""The timeline as a file for editing programs: every frame where it was, in both formats, and every file found."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import opentimelineio as otio
import pytest
import typer

from infra.cli.exporting import export, held_frames


def clip(name: str, start: int, frames: int, source: int | None, **more: Any) -> dict[str, Any]:
    media = {"beat": "image", "chunk": "video"}.get(name.partition("_")[0], "audio")
    ext = {"image": "png", "video": "mp4", "audio": "mp3"}[media]
    return {
        "name": name, "version": 1, "url": f"https://bucket/p/{name}_v1.{ext}?X-Sig=a%2Fb&x=1", "media": media,
        "start": start, "frames": frames, "source_start": 0, "source_frames": source, "note": None,
    } | more  # fmt: skip


def film(**more: Any) -> dict[str, Any]:
    """30 seconds, upright: a trimmed chunk, one that is too short, a still, nothing, and a chunk from its middle."""
    pictures = [
        clip("chunk_00", 0, 120, 121, note="the teapot · “Now.”"),
        clip("chunk_01", 120, 144, 141),
        clip("beat_02", 264, 240, None, note="<steam> & light"),
        clip("chunk_03", 600, 120, 300, source_start=48, version=2),
    ]
    music = [clip("music", 0, 240, 288), clip("music", 240, 288, 288)]
    lines = [clip("narration_01", 120, 61, 61, note="Warm."), clip("narration_02", 264, 100, None)]
    return {
        "title": "Tea & “calm”: čaj", "rate": "24", "width": 720, "height": 1280, "frames": 744,
        "tracks": [
            {"name": "V1 Picture", "kind": "video", "clips": pictures},
            {"name": "A1 Music", "kind": "audio", "clips": music},
            {"name": "A2 Narration", "kind": "audio", "clips": lines},
        ],
        "captions": [{"text": "Tea <time>", "start": 0, "end": 120}, {"text": "чай", "start": 520, "end": 600}],
    } | more  # fmt: skip


class Server:
    """Remembers what was asked for; the file's content is its address."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def download(self, url: str, path: Path) -> None:
        self.asked.append(url)
        path.write_text(url)


def clips_of(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for track in view["tracks"]:
        yield from track["clips"]


def test_another_suffix_is_refused_and_the_two_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match=r"film\.mov .*\.otio .*\.fcpxml"):
        export(film(), tmp_path / "film.mov", None)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------- media


@pytest.mark.parametrize("suffix", ["otio", "fcpxml"])
def test_every_version_is_downloaded_once_into_a_folder_beside_the_file(tmp_path: Path, suffix: str) -> None:
    server = Server()
    out = tmp_path / "new" / f"čaj 1.{suffix}"
    written = export(film(), out, server.download)
    media = out.with_name("čaj 1_media")
    names = ["beat_02_v1.png", "chunk_00_v1.mp4", "chunk_01_v1.mp4", "chunk_03_v2.mp4"]
    assert sorted(path.name for path in media.iterdir()) == [
        *names, "music_v1.mp3", "narration_01_v1.mp3", "narration_02_v1.mp3"
    ]  # fmt: skip
    assert sorted(written[1:]) == sorted(media.iterdir())
    assert written[0] == out
    assert len(server.asked) == len(set(server.asked)) == 7


@pytest.mark.parametrize("suffix", ["otio", "fcpxml"])
def test_a_download_that_fails_leaves_no_timeline(tmp_path: Path, suffix: str) -> None:
    def download(url: str, path: Path) -> None:
        raise OSError("the link has expired")

    with pytest.raises(OSError, match="expired"):
        export(film(), tmp_path / f"film.{suffix}", download)
    assert not (tmp_path / f"film.{suffix}").exists()


def test_otio_links_to_the_folder_beside_it_and_without_one_to_the_studio(tmp_path: Path) -> None:
    export(film(), tmp_path / "č 1.otio", Server().download)
    urls = {each.media_reference.target_url for each in read(tmp_path / "č 1.otio").find_clips()}
    assert "%C4%8D%201_media/chunk_03_v2.mp4" in urls
    assert all((tmp_path / unquote(url)).exists() for url in urls)
    export(film(), tmp_path / "film.otio", None)
    linked = {each.media_reference.target_url for each in read(tmp_path / "film.otio").find_clips()}
    assert linked == {each["url"] for each in clips_of(film())}


def test_fcpxml_links_to_absolute_files_and_without_them_to_the_studio(tmp_path: Path) -> None:
    export(film(), tmp_path / "č 1.fcpxml", Server().download)
    links = [each.attrib["src"] for each in parsed(tmp_path / "č 1.fcpxml").iter("media-rep")]
    assert len(links) == 7
    assert all(
        link.startswith("file:///") and Path(url2pathname(urlsplit(link).path)).exists() for link in links
    )
    export(film(), tmp_path / "film.fcpxml", None)
    links = [each.attrib["src"] for each in parsed(tmp_path / "film.fcpxml").iter("media-rep")]
    assert set(links) == {each["url"] for each in clips_of(film())}


def test_media_without_a_link_is_missing_and_named(tmp_path: Path) -> None:
    tracks = [{"name": "V1", "kind": "video", "clips": [clip("chunk_00", 0, 744, 744, url=None)]}]
    server = Server()
    written = export(film(tracks=tracks, captions=[]), tmp_path / "film.otio", server.download)
    (found,) = read(written[0]).find_clips()
    assert isinstance(found.media_reference, otio.schema.MissingReference)
    assert found.media_reference.available_range.duration.to_frames() == 744
    export(film(tracks=tracks, captions=[]), tmp_path / "film.fcpxml", server.download)
    (media,) = checked(tmp_path / "film.fcpxml").iter("media-rep")
    assert media.attrib["src"] == "chunk_00_v1.mp4"
    assert server.asked == []


def test_names_of_artifacts_cannot_leave_the_folder_and_need_not_be_plain(tmp_path: Path) -> None:
    odd = ["../../up", "a/b", "č & <c>", "nul\x00", "x" * 60]
    clips = [clip(name, i * 24, 24, None, url=f"https://bucket/{i}") for i, name in enumerate(odd)]
    view = film(tracks=[{"name": "A1", "kind": "audio", "clips": clips}], captions=[])
    for suffix in ("otio", "fcpxml"):
        written = export(view, tmp_path / f"film.{suffix}", Server().download)
        assert {path.parent for path in written[1:]} == {tmp_path / "film_media"}
        assert len(set(written)) == 6
        assert all(path.suffix == ".mp3" for path in written[1:])
    links = [each.attrib["src"] for each in checked(tmp_path / "film.fcpxml").iter("media-rep")]
    assert all(Path(url2pathname(urlsplit(link).path)).exists() for link in links)
    assert all((tmp_path / unquote(each.media_reference.target_url)).exists()
               for each in read(tmp_path / "film.otio").find_clips())  # fmt: skip


# ---------------------------------------------------------------------- OpenTimelineIO


def read(path: Path) -> otio.schema.Timeline:
    found = otio.adapters.read_from_file(str(path))
    assert isinstance(found, otio.schema.Timeline)
    return found


def frames(span: otio.opentime.TimeRange) -> tuple[int, int]:
    """Start and length. Everything is at the film's rate and whole."""
    for time in (span.start_time, span.duration):
        assert (time.rate, time.value % 1) == (24, 0)
    return int(span.start_time.value), int(span.duration.value)


def test_otio_read_back_has_every_clip_at_its_frame(tmp_path: Path) -> None:
    view = film()
    export(view, tmp_path / "film.otio", None)
    timeline = read(tmp_path / "film.otio")
    assert (timeline.name, frames(otio.opentime.TimeRange(duration=timeline.duration()))) == (
        view["title"],
        (0, 744),
    )
    assert [(track.name, track.kind.lower()) for track in timeline.tracks] == [
        (track["name"], track["kind"]) for track in view["tracks"]
    ]
    for track, wanted in zip(timeline.tracks, view["tracks"], strict=True):
        moving = [each for each in track.find_clips() if not each.effects]
        for found, each in zip(moving, wanted["clips"], strict=True):
            length = each["frames"] - held_frames(each)
            assert frames(found.range_in_parent()) == (each["start"], length)
            assert frames(found.source_range) == (each["source_start"], length)
            facts = {name: each[name] for name in ("name", "version", "media", "note") if each[name]}
            assert dict(found.metadata["rushes"]) == facts


def test_otio_source_ranges_lie_inside_what_the_files_have(tmp_path: Path) -> None:
    export(film(), tmp_path / "film.otio", None)
    clips = [
        each for each in read(tmp_path / "film.otio").find_clips() if each.media_reference.available_range
    ]
    for each in clips:
        first, length = frames(each.source_range)
        _, available = frames(each.media_reference.available_range)
        assert first + (1 if each.effects else length) <= available
    assert len(clips) == 8


def test_otio_holds_the_last_frame_of_a_file_that_is_too_short(tmp_path: Path) -> None:
    export(film(), tmp_path / "film.otio", None)
    timeline = read(tmp_path / "film.otio")
    (held,) = [each for each in timeline.find_clips() if each.effects]
    assert isinstance(held.effects[0], otio.schema.FreezeFrame)
    assert (frames(held.range_in_parent()), frames(held.source_range)) == ((261, 3), (140, 3))


def test_otio_has_the_captions_as_markers(tmp_path: Path) -> None:
    export(film(), tmp_path / "film.otio", None)
    markers = read(tmp_path / "film.otio").tracks.markers
    assert [(each.name, *frames(each.marked_range)) for each in markers] == [
        ("Tea <time>", 0, 120),
        ("чай", 520, 80),
    ]


# ---------------------------------------------------------------------- FCPXML

CONNECTED, MARKERS = "(audio |video |asset-clip )*", "(marker )*"
DTD = {
    "fcpxml": ("resources event ", "version"),
    "resources": ("(asset |format )*", ""),
    "format": ("", "id name? frameDuration? width? height? colorSpace?"),
    "asset": ("(media-rep )+(metadata )?", "id name? start? duration? hasVideo? format? hasAudio? videoSources? "
              "audioSources? audioChannels? audioRate?"),
    "media-rep": ("", "kind? src"),
    "metadata": ("(md )*", ""),
    "md": ("", "key value? type?"),
    "event": ("project ", "name?"),
    "project": ("sequence ", "name?"),
    "sequence": ("spine ", "format duration? tcStart? tcFormat? audioLayout? audioRate?"),
    "spine": ("(video |asset-clip |gap )*", ""),
    "gap": (f"{CONNECTED}{MARKERS}", "name? offset? start? duration"),
    "video": (f"(note )?(timeMap )?{CONNECTED}{MARKERS}", "ref lane? offset? name? start? duration"),
    "asset-clip": (f"(note )?(timeMap )?{CONNECTED}{MARKERS}", "ref lane? offset? name? start? duration? srcEnable? "
                   "format? tcFormat? audioRole?"),
    "timeMap": ("(timept )*", "frameSampling?"),
    "timept": ("", "time value interp?"),
    "marker": ("", "start duration? value"),
    "note": ("", ""),
}  # fmt: skip
"""What we use of Apple's DTD of version 1.10: an element's children in their order, and its attributes."""
TIMES = {"start", "duration", "offset", "tcStart", "frameDuration", "time"}


def parsed(path: Path) -> Element:
    return ElementTree.parse(path).getroot()


def checked(path: Path) -> Element:
    """The document, after a look at every element, reference and time in it."""
    root = parsed(path)
    for element in root.iter():
        children, attributes = DTD[element.tag]
        assert re.fullmatch(children, "".join(f"{child.tag} " for child in element)), element.tag
        known = attributes.split()
        assert set(element.attrib) <= {name.rstrip("?") for name in known}, element.tag
        assert {name for name in known if not name.endswith("?")} <= set(element.attrib), element.tag
        for name in TIMES & set(element.attrib):
            assert re.fullmatch(r"\d+(/\d+)?s", element.attrib[name])
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert all(
        element.attrib.get(name, ids[0]) in ids for element in root.iter() for name in ("ref", "format")
    )
    return root


def count(element: Element, name: str) -> int:
    """A time in frames of 1/24 s, which have to be whole."""
    exact = Fraction(element.attrib[name].removesuffix("s")) * 24
    assert exact.denominator == 1
    return int(exact)


def test_fcpxml_fills_its_storyline_without_a_hole_to_the_length_of_the_film(tmp_path: Path) -> None:
    export(film(), tmp_path / "film.fcpxml", None)
    root = checked(tmp_path / "film.fcpxml")
    spine = next(root.iter("spine"))
    assert [(each.tag, each.get("name"), count(each, "offset"), count(each, "duration")) for each in spine] == [
        ("asset-clip", "chunk_00", 0, 120), ("asset-clip", "chunk_01", 120, 144), ("video", "beat_02", 264, 240),
        ("gap", "Gap", 504, 96), ("asset-clip", "chunk_03", 600, 120), ("gap", "Gap", 720, 24),
    ]  # fmt: skip
    assert (
        sum(count(each, "duration") for each in spine)
        == count(next(root.iter("sequence")), "duration")
        == 744
    )


def test_fcpxml_parts_lie_inside_their_assets_or_hold_the_last_frame(tmp_path: Path) -> None:
    export(film(), tmp_path / "film.fcpxml", None)
    root = checked(tmp_path / "film.fcpxml")
    assets = {asset.attrib["id"]: asset for asset in root.iter("asset")}
    for each in root.iter("asset-clip"):
        end = count(each, "start") + count(each, "duration")
        times = list(each.iter("timept"))
        shown = int(Fraction(times[-1].attrib["value"].removesuffix("s")) * 24) + 1 if times else end
        assert shown <= count(assets[each.attrib["ref"]], "duration")
    (held,) = root.iter("timeMap")
    assert [(count(each, "time"), count(each, "value")) for each in held] == [(0, 0), (140, 140), (144, 140)]


def test_fcpxml_sounds_hang_below_the_picture_they_begin_with_at_the_right_frame(tmp_path: Path) -> None:
    export(film(), tmp_path / "film.fcpxml", None)
    spine = next(checked(tmp_path / "film.fcpxml").iter("spine"))
    found = {
        (each.attrib["name"], int(each.attrib["lane"]), each.attrib["audioRole"],
         count(parent, "offset") + count(each, "offset") - count(parent, "start"), count(each, "duration"))
        for parent in spine for each in parent if "lane" in each.attrib
    }  # fmt: skip
    assert found == {
        ("music", -1, "music", 0, 240), ("music", -1, "music", 240, 288),
        ("narration_01", -2, "dialogue", 120, 61), ("narration_02", -2, "dialogue", 264, 100),
    }  # fmt: skip


def test_fcpxml_places_what_hangs_on_a_part_from_a_files_middle_in_that_parts_own_time(
    tmp_path: Path,
) -> None:
    line = clip("narration_03", 610, 48, 48)
    tracks = [*film()["tracks"], {"name": "A3", "kind": "audio", "clips": [line]}]
    export(film(tracks=tracks), tmp_path / "film.fcpxml", None)
    parent = next(
        each
        for each in checked(tmp_path / "film.fcpxml").iter("asset-clip")
        if each.get("name") == "chunk_03"
    )
    assert [count(each, "offset") for each in parent] == [48 + 10]


def test_fcpxml_says_of_each_asset_what_it_is(tmp_path: Path) -> None:
    sound = clip("chunk_00", 0, 120, 121)
    tracks = [*film()["tracks"], {"name": "A3 Sound", "kind": "audio", "clips": [sound]}]
    export(film(tracks=tracks), tmp_path / "film.fcpxml", None)
    root = checked(tmp_path / "film.fcpxml")
    assets = {asset.attrib["name"]: asset for asset in root.iter("asset")}
    formats = {each.attrib["id"]: each for each in root.iter("format")}

    def told(name: str) -> tuple[str | None, str | None, int, str | None]:
        asset = assets[name]
        kind = formats[asset.attrib["format"]].get("frameDuration") if "format" in asset.attrib else None
        return asset.get("hasVideo"), asset.get("hasAudio"), count(asset, "duration"), kind

    assert told("chunk_00 v1") == ("1", "1", 121, "100/2400s")
    assert told("chunk_01 v1") == ("1", None, 141, "100/2400s")
    assert told("beat_02 v1") == ("1", None, 0, None)
    assert told("narration_01 v1") == (None, "1", 61, None)
    assert told("music v1") == (None, "1", 288, None)
    assert {(each.attrib["width"], each.attrib["height"]) for each in formats.values()} == {("720", "1280")}
    facts = {each.attrib["key"]: each.attrib["value"] for each in assets["chunk_03 v2"].iter("md")}
    assert facts == {"com.rushes.artifact": "chunk_03", "com.rushes.version": "2"}
    enabled = [each.get("srcEnable") for each in root.iter("asset-clip") if each.get("name") == "chunk_00"]
    assert enabled == ["video", "audio"]


def test_fcpxml_keeps_notes_and_captions_and_drops_only_what_xml_cannot_hold(tmp_path: Path) -> None:
    captions = [{"text": "Tea\x0b <time>", "start": 0, "end": 120}, {"text": "чай", "start": 620, "end": 700}]
    export(film(title="a\x00b & c", captions=captions), tmp_path / "film.fcpxml", None)
    root = checked(tmp_path / "film.fcpxml")
    assert [each.text for each in root.iter("note")] == ["the teapot · “Now.”", "Warm.", "<steam> & light"]
    assert [(each.attrib["value"], count(each, "start"), count(each, "duration")) for each in root.iter("marker")] == [
        ("Tea <time>", 0, 120), ("чай", 48 + 20, 80)
    ]  # fmt: skip
    assert next(root.iter("project")).attrib["name"] == "ab & c"
    assert (
        (tmp_path / "film.fcpxml")
        .read_text()
        .startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>')
    )


def test_a_storyboard_is_exported_before_anything_sounds(tmp_path: Path) -> None:
    stills = [clip(f"beat_{i:02d}", i * 120, 120, None) for i in range(3)]
    view = film(tracks=[{"name": "V1", "kind": "video", "clips": stills}], captions=[], frames=360)
    export(view, tmp_path / "film.fcpxml", None)
    assert [each.tag for each in next(checked(tmp_path / "film.fcpxml").iter("spine"))] == ["video"] * 3
    export(view, tmp_path / "film.otio", None)
    (track,) = read(tmp_path / "film.otio").tracks
    assert [frames(each.source_range) for each in track.find_clips()] == [(0, 120)] * 3
