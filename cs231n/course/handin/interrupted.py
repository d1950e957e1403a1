"""Importing this finishes an update that was stopped half way.

The command line imports it before anything else of the package, which may be half old, half new.
"""

import subprocess
import sys
from pathlib import Path

from cs231n.course.handin.journal import finish, is_interrupted
from cs231n.course.handin.one_at_a_time import one_at_a_time
from cs231n.course.paths import ROOT


def _finish():
    with one_at_a_time(ROOT):
        if not is_interrupted(ROOT):  # another one has just finished it
            return
        kept, left = finish(ROOT)
    print("An update was interrupted, and is finished now.", file=sys.stderr)
    if kept:
        print(f"What stood here before is in {kept}/.", file=sys.stderr)
    for path in left:
        print(f"{path} was changed meanwhile, and stays: update again.", file=sys.stderr)


if is_interrupted(ROOT):
    try:
        _finish()
    except OSError as error:
        sys.exit(f"An update was interrupted, and cannot be finished yet: {error}")
    # The command line that is being loaded is the old one: the same once more, with the new.
    if Path(sys.argv[0]).parts[-2:] == ("cs231n", "__main__.py"):
        sys.exit(subprocess.call(sys.orig_argv))
