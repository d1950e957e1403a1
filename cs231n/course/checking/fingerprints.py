"""Known mistakes, recognised by the wrong numbers that they lead to.

`python -m instructor.fingerprint` made the tables in the folder beside this file, one an exercise,
by running each known mistake through its checks. An entry says where the mistake failed first, and
what came out there: shape, type, and three random projections of the numbers. Numbers that are
nearly right are near to each other, whatever is wrong with them: of these, how far they are off is
noted as well. There is no formula in the tables.
"""

import functools
import json
import re
from pathlib import Path

import numpy as np

PARTS = 4  # of what is noted of some numbers: three projections, and their size
FOLDER = Path(__file__).resolve().parent / "fingerprints"
CLOSE = 1e-6  # how far projections may be apart, as a share of the numbers' size
CLOSE_SINGLE = 1e-4  # the same for float32
NEARLY_RIGHT = 1e-3  # how far off numbers are, as a share of their size, for that to be noted
ROUNDED = 5e-7  # the same where float32 rounded them: in this no two machines agree


def sentence(exercise, evidence):
    """What is likely wrong with an answer that failed with this evidence, or None.

    exercise: its id, or None where it is not known.
    """
    table = load(exercise) if exercise else None
    if not table:
        return None
    key, projections = fingerprint(evidence)
    for each in [*_of_any_type(key), *_in_place_or_not(key, table["prints"])]:
        for known, mistakes in table["prints"].get(each, []):
            if matches(known, projections, evidence):
                return _told([table["says"][number] for number in mistakes])
    return None


def _of_any_type(key):
    """The key, and those of the same numbers in another type: labels may be integers or floats."""
    place, space, kind = key.rpartition(" ")
    return [key, *(f"{place} {other}" for other in "fiub" if space and kind in "fiub")]


def _in_place_or_not(key, keys):
    """Keys of the same shapes that do not fit: after `a -= b` numpy names the result's as well."""
    operands = re.search(r".*could not be broadcast together with shapes \S+ \S+ ", key)
    return [each for each in keys if each.startswith(operands[0])] if operands else []


def matches(known, projections, evidence):
    """Whether two lists of projections are those of the same numbers, but for rounding."""
    close = CLOSE_SINGLE if _is_single(evidence) else CLOSE
    numbers, off = projections[:PARTS], projections[PARTS:]
    if len(known) != len(projections):
        return False
    if not np.allclose(known[:PARTS], numbers, rtol=0, atol=close * (1e-3 + numbers[-1])):
        return False
    if not off or max(known[-1], off[-1]) < ROUNDED * numbers[-1]:
        return True
    return np.allclose(known[PARTS:], off, rtol=0, atol=NEARLY_RIGHT * off[-1])


def fingerprint(evidence):
    """(key, projections) of an evidence: what has to be equal, and what has to be close."""
    got = evidence.got
    if got is None:
        return re.sub(r"0x[0-9a-f]+", "0x", evidence.where), [0.0]
    numbers = np.asarray(got, dtype=float).ravel()
    finite = np.nan_to_num(numbers, nan=1e3, posinf=2e3, neginf=-2e3)
    kind = "single" if _is_single(evidence) else np.asarray(got).dtype.kind
    key = f"{evidence.where} {np.shape(got)} {kind}"
    projections = _projected(finite)
    if evidence.right is not None and kind == "f":
        off = _projected(finite - np.ravel(evidence.right))
        if off[-1] < NEARLY_RIGHT * projections[-1]:
            projections += off
    return key, projections


def _projected(numbers):
    """Three random projections of some numbers, and their size."""
    # The directions depend on nothing but how many numbers there are.
    directions = np.random.RandomState(len(numbers) % 2**32).uniform(-1, 1, size=(3, len(numbers)))
    return [*(directions @ numbers).tolist(), float(np.linalg.norm(numbers))]


def _is_single(evidence):
    return evidence.got is not None and np.asarray(evidence.got).dtype in (np.float16, np.float32)


def _told(sentences):
    if len(sentences) == 1:
        return sentences[0]
    return f"two things: {'; and '.join(sentences)}"


@functools.cache
def load(exercise):
    """The table of an exercise, or None where there is none: {"says": …, "prints": …}."""
    path = FOLDER / f"{exercise}.json"
    if not path.is_file():
        return None
    return json.loads(path.read_text(encoding="utf-8"))
