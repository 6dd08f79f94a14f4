from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.highlights.frame import clip_size
from functions.highlights.framing import shots

WIDE = (1920, 1080)
WHOLE = [0, 0, 1920, 1080]
SCREEN, CAMERA = [0, 0, 1440, 1080], [1440, 270, 480, 540]


def segment(layout="side_by_side", screen=SCREEN, camera=CAMERA, start=0.0, end=60.0):
    return {
        "start": start, "end": end, "layout": layout, "screen": screen, "camera": camera, "confidence": 0.9
    }  # fmt: skip


def framed(*segments, aspect="9:16", start=0, frames=500, rate=Fraction(25), size=WIDE):
    layout = {"width": size[0], "height": size[1], "segments": list(segments), "slides": []}
    return shots(layout, start, frames, rate, aspect, size)


def panes(*segments, **options):
    (shot,) = framed(*segments, **options)
    return shot["panes"]


def test_upright_and_square_clips_show_the_screen_above_the_camera():
    assert panes(segment()) == [
        {"from": SCREEN, "to": [0, 0, 720, 540], "fit": "contain"},
        {"from": CAMERA, "to": [0, 540, 720, 740], "fit": "cover"},
    ]
    screen, camera = panes(segment(screen=[0, 0, 1440, 810]), aspect="1:1")
    assert (screen["to"], camera["to"]) == ([0, 0, 960, 540], [0, 540, 960, 420])


def test_a_screen_that_is_high_leaves_the_camera_its_part():
    screen, camera = panes(segment(screen=[0, 0, 500, 1080]))
    assert (screen["to"], camera["to"]) == ([0, 0, 720, 640], [0, 640, 720, 640])


def test_a_screen_alone_is_shown_whole():
    assert panes(segment("screen_only", screen=WHOLE, camera=None)) == [
        {"from": WHOLE, "to": [0, 0, 720, 1280], "fit": "contain"}
    ]


def test_a_camera_alone_fills_the_clip():
    assert panes(segment("camera_only", screen=None, camera=WHOLE), aspect="1:1") == [
        {"from": WHOLE, "to": [0, 0, 960, 960], "fit": "cover"}
    ]


@pytest.mark.parametrize(
    "plain",
    [
        segment("screen_only", screen=WHOLE, camera=None),
        segment("camera_only", screen=None, camera=WHOLE),
        segment("picture_in_picture", screen=WHOLE, camera=[1500, 800, 320, 180]),
        segment("side_by_side"),
    ],
    ids=lambda plain: plain["layout"],
)
def test_a_wide_lecture_stays_as_it_is_in_a_wide_clip(plain):
    assert panes(plain, aspect="16:9") == [{"from": WHOLE, "to": [0, 0, 1280, 720], "fit": "cover"}]


def test_a_wide_lecture_that_is_mostly_empty_is_put_together_anew():
    small = segment(screen=[100, 300, 800, 600], camera=[1100, 400, 400, 300])
    assert panes(small, aspect="16:9") == [
        {"from": [100, 300, 800, 600], "to": [0, 0, 960, 720], "fit": "contain"},
        {"from": [1100, 400, 400, 300], "to": [960, 0, 320, 720], "fit": "cover"},
    ]


def test_screen_and_camera_stay_on_their_sides():
    mirrored = segment(screen=[640, 0, 1280, 720], camera=[0, 0, 640, 720])
    screen, camera = panes(mirrored, aspect="16:9", size=(1920, 720))
    assert (screen["to"], camera["to"]) == ([320, 90, 960, 540], [0, 90, 320, 540])


def test_an_inset_camera_of_a_lecture_that_is_not_wide_stays_in_its_screen():
    inset = segment("picture_in_picture", screen=[0, 0, 1024, 768], camera=[800, 600, 200, 150])
    assert panes(inset, aspect="16:9", size=(1024, 768)) == [
        {"from": [0, 0, 1024, 768], "to": [0, 0, 1280, 720], "fit": "contain"}
    ]


def test_the_aspect_of_the_source_is_always_plain():
    assert panes(segment(), aspect="source", size=(1921, 1081)) == [
        {"from": [0, 0, 1920, 1080], "to": [0, 0, 1920, 1080], "fit": "cover"}
    ]


def test_every_change_of_the_layout_within_the_clip_is_a_shot():
    film = [
        segment(end=10.0),
        segment("camera_only", camera=WHOLE, start=10.0, end=15.02),
        segment(start=15.02),
    ]
    assert [shot["frames"] for shot in framed(*film, start=125, frames=500)] == [125, 126, 249]


def test_segments_that_are_framed_alike_are_one_shot():
    film = [segment(end=10.0), segment(start=10.0)]
    assert [shot["frames"] for shot in framed(*film)] == [500]


def test_what_would_only_flicker_belongs_to_its_neighbour():
    film = [
        segment("camera_only", camera=WHOLE, end=0.4),
        segment(start=0.4, end=10.0),
        segment("camera_only", camera=WHOLE, start=10.0, end=10.3),
        segment(start=10.3),
    ]
    assert [shot["frames"] for shot in framed(*film)] == [500]


def test_without_segments_the_whole_picture_is_shown():
    assert panes(aspect="16:9") == [{"from": WHOLE, "to": [0, 0, 1280, 720], "fit": "cover"}]


@st.composite
def lectures(draw):
    size = draw(st.tuples(st.integers(16, 4000), st.integers(16, 3000)))

    def rectangle():
        left, top = draw(st.integers(0, size[0] - 2)), draw(st.integers(0, size[1] - 2))
        return [left, top, draw(st.integers(2, size[0] - left)), draw(st.integers(2, size[1] - top))]

    ends = sorted(draw(st.lists(st.integers(1, 99), max_size=5, unique=True)))
    segments = [
        segment(
            draw(st.sampled_from(["screen_only", "camera_only", "side_by_side", "picture_in_picture"])),
            rectangle(), rectangle(), start, end,
        )
        for start, end in zip([0, *ends], [*ends, 100], strict=True)
    ]  # fmt: skip
    return size, segments


@given(
    lectures(),
    st.sampled_from(["source", "16:9", "9:16", "1:1"]),
    st.sampled_from([Fraction(25), Fraction(30000, 1001), Fraction(10)]),
    st.integers(0, 2000),
    st.integers(1, 3000),
)
def test_panes_are_even_and_inside_and_apart(lecture, aspect, rate, start, frames):
    size, segments = lecture
    found = framed(*segments, aspect=aspect, start=start, frames=frames, rate=rate, size=size)
    clip = clip_size(aspect, {"width": size[0], "height": size[1]})
    assert sum(shot["frames"] for shot in found) == frames
    for shot in found:
        assert shot["frames"] > 0
        for pane in shot["panes"]:
            assert pane["fit"] in ("cover", "contain")
            for rectangle, (width, height) in ((pane["from"], size), (pane["to"], clip)):
                left, top, across, down = rectangle
                assert all(isinstance(side, int) and side % 2 == 0 for side in rectangle)
                assert min(left, top) >= 0
                assert min(across, down) >= 2
                assert left + across <= width
                assert top + down <= height
        for one, other in zip(shot["panes"], shot["panes"][1:], strict=False):
            assert _apart(one["to"], other["to"])


def _apart(one, other):
    return any(
        one[side] + one[side + 2] <= other[side] or other[side] + other[side + 2] <= one[side]
        for side in (0, 1)
    )
