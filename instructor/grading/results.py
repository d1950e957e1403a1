"""What a grading leaves behind: a JSON file a submission, in Gradescope's form, and one table.

The form: https://gradescope-autograders.readthedocs.io/en/latest/specs/ (Output Format).
"""

import contextlib
import csv
import json
import os
import tempfile
from pathlib import Path

NOTED = "extra_data"  # what the form leaves to graders


def write(path, made_from, exercises, verdicts, fault=None):
    """Writes results.json: a test an exercise, each worth a point. fault: of the submission."""
    tests = [
        {
            "score": float(status == "done"),
            "max_score": 1.0,
            "status": "passed" if status == "done" else "failed",
            "name": exercise,
            "number": str(number),
            "output": plain(message),
            "output_format": "text",
            "visibility": "visible",
        }
        for number, exercise in enumerate(exercises, start=1)
        for status, message in [verdicts.get(exercise, ("todo", "not written yet"))]
    ]
    found = {exercise: verdicts.get(exercise, ("todo", ""))[0] for exercise in exercises}
    done = sum(status == "done" for status in found.values())
    told = f"{done} of {len(exercises)} exercises done." + (f" {plain(fault)}." if fault else "")
    whole = {
        "score": float(done),
        "output": told,
        "output_format": "text",
        "visibility": "visible",
        "tests": tests,
        NOTED: {"made_from": made_from, "verdicts": found},
    }
    write_aside(path, json.dumps(whole, indent=1))


def plain(text):
    """A text without what a terminal or a page would take for an order."""
    return "".join(each if each == "\n" or each.isprintable() else "?" for each in str(text))


def is_kept(path, made_from):
    """Whether there are results, made from the same submission, course and draws."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return read(path)[NOTED]["made_from"] == made_from
    return False


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def verdicts_of(result):
    """{exercise: done, wrong or todo} of one results.json."""
    return result[NOTED]["verdicts"]


def write_aside(path, text):
    """Writes a file whole, or not at all."""
    path = Path(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".aside-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink()
        raise


def write_table(path, names, exercises, results):
    """grades.csv: a row a submission. results: {name: what its results.json holds}."""
    rows = [["submission", "score", *exercises]]
    for name in names:
        verdicts = verdicts_of(results[name])
        statuses = [verdicts.get(each, "todo") for each in exercises]
        rows.append([name, statuses.count("done"), *statuses])
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".aside-")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    Path(aside).replace(path)
