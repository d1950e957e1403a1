"""Grades one submission, in a process of its own; `python -m instructor.grade` starts it.

Each exercise is graded alone. The key answers what it rests on, but for its own family: a backward
pass gets the submission's forward pass where that is right, and a method the other methods of its
class. Any other exercise that an answer calls is there where the submission itself has it right.
"""

import ast
import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from cs231n.course.cells import check_cells
from cs231n.course.status.runner import SEVERITY
from instructor.bench import TREE, Bench
from instructor.grading import results, wire
from instructor.grading.confine import end_with_parent
from instructor.grading.judge import Judge
from instructor.grading.reading import answers_of
from instructor.grading.sandbox import CHECKING, PATIENCE, SERVING, WORK, Sandbox
from instructor.grading.submissions import read
from instructor.source import AssembleError
from instructor.splice import solved_texts

MORE_TIME = 5.0  # seconds for each further cell of an exercise
MESSAGE = 4_000  # characters
LAYER = re.compile(r"(.+)_(forward|backward)(_\w+)?")
RESULT = "results.json"


@dataclass(frozen=True)
class Request:
    """What a submission is graded with.

    path, name: of the submission. out: the folder of results. kind: of the sandbox. seed: of what
    is drawn for this grading. course: the digest of the course. seconds: for one check cell.
    """

    path: str
    name: str
    out: str
    kind: str
    seed: int
    course: str
    seconds: float


def main():
    """Takes a Request as JSON from standard input."""
    end_with_parent()
    grade(Request(**json.load(sys.stdin)))


def grade(request):
    """Grades a submission, and writes its results where they are not there already."""
    submission = read(Path(request.path), request.name)
    out = Path(request.out) / request.name
    made_from = {"submission": submission.digest, "course": request.course, "seed": request.seed}
    if results.is_kept(out / RESULT, made_from):
        return
    verdicts = {}
    if not submission.fault:
        bench = Bench()
        folder = Path(tempfile.mkdtemp(prefix=f"{WORK}{os.getpid()}-"))
        try:
            answers, faults = answers_of(submission, folder, bench.stubs)
            with Sandbox(course_in(Path(request.out), request.course), request.kind) as sandbox:
                kept = Path(request.out) / ".verdicts"
                grading = Grading(bench, sandbox, answers, faults, request, kept)
                verdicts = {each: grading.verdict(each) for each in exercises()}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    results.write(out / RESULT, made_from, exercises(), verdicts, submission.fault)


def course_in(out, digest):
    """Where in the folder of results the course stands as answers see it."""
    return out / ".course" / digest[:16]


def exercises():
    """The ids of the exercises, as they come in the notebooks."""
    return list(dict.fromkeys(cell.exercise for cell in check_cells(TREE)))


class Grading:
    """The verdicts on the answers of one submission, each reached once."""

    def __init__(self, bench, sandbox, answers, faults, request, kept):
        self.bench, self.sandbox, self.answers, self.faults = bench, sandbox, answers, faults
        self.request, self.kept = request, kept
        self.judge = Judge(bench)
        self._verdicts = {}
        self._open = []
        self._met_open = set()

    def verdict(self, exercise):
        """(status, message) of an exercise."""
        if exercise in self._verdicts:
            return self._verdicts[exercise]
        self._open.append(exercise)
        verdict = self._reached(exercise)
        self._open.pop()
        self._met_open.discard(exercise)
        # Reached without an answer that is still being asked about, it may be another one later.
        if not self._met_open:
            self._verdicts[exercise] = verdict
        return verdict

    def _is_done(self, exercise):
        """Whether the submission has it right; not where that is what is being asked."""
        if exercise in self._open:
            self._met_open.add(exercise)
            return False
        return self.verdict(exercise)[0] == "done"

    def _reached(self, exercise):
        if exercise in self.faults:
            return "wrong", self.faults[exercise]
        if exercise not in self.answers:
            return "todo", "not written yet"
        try:
            own = self._own(exercise)
            texts = self._texts(exercise, own)
        except (AssembleError, RecursionError, ValueError) as error:
            return "wrong", f"It cannot be put into the course: {error}"
        return self._tried(exercise, own, texts)

    def _own(self, exercise):
        """The exercises whose answers are taken from the submission: this one and its family."""
        needs = self.bench.needs(exercise)
        own = {exercise}
        for members in _families(exercise, needs):
            if all(each in self.answers and self._is_done(each) for each in members):
                own |= set(members)
        return own

    def _texts(self, exercise, own):
        """{path in the tree: text} of the modules that the course gets with the answers."""
        answers = {each: self.answers[each] for each in own}
        keys = set(self.bench.needs(exercise))
        texts = self._solved(keys, answers)
        for each in self._called(texts, answers) - keys - own:
            if self._is_done(each):
                keys |= {each, *self.bench.needs(each)}
        return self._solved(keys - {exercise}, answers)

    def _solved(self, keys, answers):
        given = {each: self.bench.keys[each] for each in keys}
        return solved_texts(self.bench.course, given | answers)

    def _called(self, texts, answers):
        """The other exercises whose names occur in answers, and in what comes along with them."""
        nodes = [ast.parse(text) for path, text in texts.items() if path.name.startswith("_from_")]
        for each in answers.values():
            nodes.append(each.node)
            if owner := each.owner:  # what the class has besides comes along
                own_names = {f"{owner.name}.{getattr(m, 'name', '')}": m for m in owner.body}
                nodes += [m for name, m in own_names.items() if name not in self.bench.stubs]
        words = {word for node in nodes for word in _names_in(node)}
        return {
            each for each in self.bench.stubs if each.rpartition(".")[2] in words - {"__init__"}
        }

    def _tried(self, exercise, own, texts):
        texts = {str(path): text for path, text in texts.items()}
        made_from = [self.request.course, self.request.seed, exercise, sorted(own), texts]
        digest = hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()
        path = self.kept / f"{digest}.json"
        with contextlib.suppress(OSError, ValueError):
            return tuple(json.loads(path.read_text(encoding="utf-8")))
        verdict, lasts = self._run(exercise, own, texts)
        if lasts:
            results.write_aside(path, json.dumps(verdict))
        return verdict

    def _run(self, exercise, own, texts):
        """((status, message), whether it would come out so again)."""
        cells = [asdict(cell) for cell in self.bench.cells if cell.exercise == exercise]
        seconds = self.request.seconds + MORE_TIME * (len(cells) - 1)
        request = {"texts": texts, "cells": cells}
        told, fault = self.sandbox.ask(CHECKING, request, seconds)
        if fault:
            return ("wrong", fault), False
        status, message = _read(told)
        if status != "done":
            return (status, message), True
        running = self.sandbox.start(SERVING, 2 * seconds)
        try:
            homes = {each: self.bench.stubs[each].source.module for each in own}
            tree = str(self.sandbox.course / SERVING)
            with contextlib.suppress(OSError):
                wire.send(running.requests, {"tree": tree, "texts": texts, "homes": homes})
            seed, limit = self.request.seed, 2 * PATIENCE * seconds
            judged = self.judge.verdict(exercise, own, running, seed, limit)
        finally:
            running.end()
        if judged[0] == "done":
            return ("done", message), True
        if not self._key_holds(exercise, judged):
            return ("done", message), True
        return (judged[0], judged[1][:MESSAGE]), "longer than" not in judged[1]

    def _key_holds(self, exercise, judged):
        """Whether the key passes what an answer has failed."""
        if judged[0] == "todo":
            return True
        seed = self.request.seed
        return self.judge.verdict(exercise, (), None, seed, 60)[0] == "done"


def _families(exercise, needs):
    """Groups among the exercises that one rests on, whose answers only make sense together."""
    owner = exercise.rpartition(".")[0]
    if owner:
        return [[each] for each in needs if each.rpartition(".")[0] == owner]
    family = LAYER.fullmatch(exercise)
    if not family:
        return []
    groups = {}
    for each in needs:
        match = LAYER.fullmatch(each)
        if match:
            groups.setdefault(match[1], []).append(each)
    own = [[each] for each in groups.pop(family[1], [])]
    return own + list(groups.values())


def _names_in(node):
    """The names and attributes in a piece of code; docstrings and comments name what they like."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Attribute):
            yield each.attr
        elif isinstance(each, ast.alias):
            yield each.name.rpartition(".")[2]


def _read(told):
    """(status, message) of what a sandbox says, which may be anything."""
    if isinstance(told, list) and len(told) == 2 and told[0] in SEVERITY:
        return told[0], str(told[1])[:MESSAGE]
    return "wrong", "It wrote where only its verdict belongs."


if __name__ == "__main__":
    main()
