"""Tries answers fast: no tree is written, and no new Python is started.

An answer is put into the text of its module, and that text is run in a forked process in the place
of the file. There the check cells of its exercise are run, as `python -m cs231n status` runs them.
"""

import functools
import multiprocessing
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cs231n.course.cells import check_cells
from cs231n.course.checking.battery import battery_of
from cs231n.course.checking.failures import Evidence
from cs231n.course.checking.harness import needs_of, run_batteries
from cs231n.course.checking.telling import TODO, is_todo, told
from cs231n.course.source import Definition
from cs231n.course.status.one_cell import execute
from instructor.answers import answers_below, read_package
from instructor.names import Course
from instructor.splice import solved_texts
from instructor.texts import Texts

TREE = Path(__file__).resolve().parent.parent
SOLUTIONS = Path(__file__).resolve().parent / "solutions"
SECONDS = 60  # after which an answer is given up

# Each trial is a process of its own, forked from one that has read all that does not change.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["instructor.bench"])


@dataclass(frozen=True)
class Verdict:
    """What a check says: done, wrong or todo, and the message.

    Of what is wrong also the evidence, and the guess at a cause where the evidence is not known.
    """

    status: str
    message: str
    evidence: Evidence | None = None
    guess: str | None = None


class Bench:
    """The student tree, its exercises and the answer key, read once."""

    def __init__(self, tree=TREE):
        self.tree = tree
        self.course = Course(read_package(tree))
        self.stubs = self.course.stubs
        self.keys = answers_below(SOLUTIONS, self.stubs)
        self.cells = check_cells(tree)

    def alone(self, exercise, answers: Mapping[str, Definition]):
        """The verdicts on one exercise where only it and what it rests on are answered.

        answers: {id: Definition}. What they leave open of the needs, the key answers.
        """
        needs = {need: self.keys[need] for need in self.needs(exercise)}
        return self.verdicts(exercise, needs | dict(answers))

    def battery(self, exercise):
        return battery_of(exercise, self.stubs[exercise].source.module)

    def needs(self, exercise):
        """The exercises that this one rests on, or may use."""
        return needs_of(exercise)

    def verdicts(self, exercise, answers: Mapping[str, Definition]):
        """What the check cells of an exercise say where just these answers are filled in.

        A list with a Verdict for each cell, in order, and a last one for the battery by itself.
        """
        solved = solved_texts(self.course, answers)
        texts = {str(self.tree / name): text for name, text in solved.items()}
        cells = [cell for cell in self.cells if cell.exercise == exercise]
        receiver, sender = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=_try, args=(sender, texts, exercise, cells))
        process.start()
        sender.close()
        with receiver:
            try:
                answered = receiver.poll(SECONDS)
                return receiver.recv() if answered else [Verdict("wrong", "it does not end")]
            except EOFError:
                return [Verdict("wrong", "it ended Python itself")]
            finally:
                process.kill()
                process.join()


def worst(verdicts):
    """The first of the worst: done if all are done, wrong if any is wrong."""
    return max(verdicts, key=lambda verdict: ("done", "todo", "wrong").index(verdict.status))


def _try(sender, texts, exercise, cells):
    np.random.seed(0)  # a mistake that draws by chance must come out as it did before
    put_in(texts)
    calls = [functools.partial(execute, cell) for cell in cells]
    calls.append(lambda: f"{run_batteries(exercise)} cases")
    sender.send([_verdict(exercise, call) for call in calls])


def _verdict(exercise, call):
    try:
        return Verdict("done", call())
    except (Exception, SystemExit) as error:
        if is_todo(error):
            return Verdict("todo", str(error).removeprefix(TODO))
        failure = told(error, exercise)
        return Verdict("wrong", str(failure), _sendable(failure.evidence), failure.guess)


def _sendable(evidence):
    numbers = [None if part is None else np.array(part) for part in (evidence.got, evidence.right)]
    return Evidence(evidence.where, *numbers)


def put_in(texts):
    """Imports of exercises, and of what builds on them, start anew with these texts."""
    for name in [name for name in sys.modules if name.startswith("cs231n.")]:
        if not name.startswith("cs231n.course") and name != "cs231n.checks":
            del sys.modules[name]
    sys.meta_path.insert(0, Texts(texts))
