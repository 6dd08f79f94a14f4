"""The cutting room: our own CPU work on what was made. A provider like others, so that its results have recipes."""

from fractions import Fraction
from pathlib import Path

from rushes.providers.port import Finished, Job


class CuttingRoom:
    """A `Provider` whose jobs are finished at once."""

    name = "cutting_room"

    def submit(self, job: Job) -> Finished:
        return Finished(path=_MAKERS[job.recipe.model](job), made_by="Rushes' own cutting room")


def _stitch(job: Job) -> Path:
    from rushes.media.joining import Segment, stitch

    given = job.recipe.parameters
    segments = [
        Segment(source.path(), frames) for source, frames in zip(job.sources, given["frames"], strict=True)
    ]
    out = job.folder / "stitched.mp4"
    stitch(segments, out, width=given["width"], height=given["height"], keep_audio=given["keep_audio"])
    return out


def _master(job: Job) -> Path:
    from rushes.media.captions import Caption
    from rushes.media.mastering import master
    from rushes.media.mixing import Placed

    given = job.recipe.parameters
    spoken = [source for source in job.sources if source.role == "narration"]
    out = job.folder / "final.mp4"
    master(
        job.needed("picture"),
        out,
        music=job.path("music"),
        narration=[
            Placed(source.path(), start)
            for source, start in zip(spoken, given["narration_frames"], strict=True)
        ],
        captions=[Caption(line["text"], line["start"], line["end"]) for line in given["captions"]],
        loudness=given["loudness"],
        title=given["title"],
        comment="Made with Rushes",
    )
    return out


def _poster(job: Job) -> Path:
    from rushes.media.frames import poster

    out = job.folder / "poster.jpg"
    out.write_bytes(poster(job.needed("film")))
    return out


def _fit_image(job: Job) -> Path:
    from rushes.media.fitting import fit_image

    given, out = job.recipe.parameters, job.folder / "fitted.png"
    fit_image(job.needed("source"), out, given["width"], given["height"])
    return out


def _fit_video(job: Job) -> Path:
    from rushes.media.fitting import fit_video

    given, out = job.recipe.parameters, job.folder / "fitted.mp4"
    fit_video(job.needed("source"), out, given["width"], given["height"], given["frames"])
    return out


def _fit_audio(job: Job) -> Path:
    from rushes.media.fitting import fit_audio

    out = job.folder / "fitted.mp3"
    fit_audio(job.needed("source"), out, str(job.recipe.parameters["seconds"]))
    return out


def _clip(job: Job) -> Path:
    from rushes.media.clipping.clip import clip

    out = job.folder / "clip.mp4"
    clip(job.needed("lecture"), out, job.recipe.parameters)
    return out


def _thumbnail(job: Job) -> Path:
    from rushes.media.clipping.thumbnail import thumbnail

    out = job.folder / "thumbnail.jpg"
    thumbnail(job.needed("film"), out)
    return out


def _reel(job: Job) -> Path:
    from rushes.media.clipping.reel import reel

    out = job.folder / "reel.mp4"
    clips = [source.path() for source in job.sources if source.role == "clip"]
    given = dict(job.recipe.parameters)
    reel(clips, out, **{**given, "rate": Fraction(given["rate"])})
    return out


_MAKERS = {
    "stitch": _stitch,
    "master": _master,
    "poster": _poster,
    "fit_image": _fit_image,
    "fit_video": _fit_video,
    "fit_audio": _fit_audio,
    "clip": _clip,
    "thumbnail": _thumbnail,
    "reel": _reel,
}
