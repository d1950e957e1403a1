"""What a check raises: where an answer is wrong, by how much, and why."""

from dataclasses import dataclass

import numpy as np

CAUSE = "Likely cause: "
NONE = "a function returned None (not every path ends in `return …`), or a value was never set"


@dataclass(frozen=True)
class Evidence:
    """What a wrong answer can be recognised by: the place where it failed, and what came out.

    where: the name of what was compared, or the claim that did not hold. got: the wrong numbers,
    or None where there are none. right: what they ought to be, of the same shape, where that is
    known.
    """

    where: str
    got: np.ndarray | None = None
    right: np.ndarray | None = None


class CheckFailed(AssertionError):
    """An answer disagrees with its reference. The text says where, by how much, and why.

    verdict: the first line. details: lines that say where and by how much. cause: what is likely
    wrong, or None. guess: what would be told as the cause where it was no known mistake. again:
    lines that say how to repeat the call. evidence: for fingerprints.
    """

    def __init__(self, verdict, details=(), cause=None, *, guess=None, again=(), evidence=None):
        self.verdict = verdict
        self.details = list(details)
        self.cause = cause or guess
        self.guess = guess
        self.again = list(again)
        self.evidence = evidence or Evidence(verdict)
        super().__init__(verdict)

    @property
    def lines(self):
        """The text below the verdict."""
        return self.details + ([f"{CAUSE}{self.cause}"] if self.cause else []) + self.again

    def __str__(self):
        return "\n".join([self.verdict, *self.lines])
