"""A text in the person's own editor: `$VISUAL`, `$EDITOR`, or vi."""

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory


def edited(text: str, name: str) -> str:
    """The text as it was left. `name` has the ending that editors go by. Raises OSError when there is no editor."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with TemporaryDirectory(prefix="rushes-") as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        left = subprocess.run([*shlex.split(editor), str(path)], check=False)
        if left.returncode:
            raise OSError(f"the editor {editor!r} ended with exit code {left.returncode}; nothing is changed")
        return path.read_text(encoding="utf-8")
