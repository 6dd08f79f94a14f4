"""`python -m tests.fakes.lectures FOLDER SEED`: one lecture of each kind with its truth, to look at."""

import json
import sys
from pathlib import Path

from tests.fakes.lectures import KINDS, lecture

for kind in KINDS:
    path, truth = lecture(Path(sys.argv[1]), int(sys.argv[2]), kind)
    path.with_suffix(".json").write_text(json.dumps(truth, indent=1))
    print(path)
