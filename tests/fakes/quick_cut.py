"""A cutting room that does not cut: its first ingredient's file is what it makes. For what is not about pictures."""

import shutil
from pathlib import Path

from PIL import Image

from rushes.providers.port import Finished, Job


class QuickCut:
    name = "quick_cut"

    def submit(self, job: Job) -> Finished:
        return Finished(_poster(job) if job.recipe.media == "image" else _copy(job), made_by="a quick fake")


def _copy(job: Job) -> Path:
    return Path(shutil.copy(job.sources[0].path(), job.folder / "made.mp4"))


def _poster(job: Job) -> Path:
    path = job.folder / "poster.jpg"
    Image.new("RGB", (64, 36)).save(path)
    return path
