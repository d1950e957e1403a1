"""`python -m instructor.pictures [NAME …]`: the README's pictures, taken in a real browser.

The tree is one of a learner in the middle of the course: some answers are right, one is wrong, the
others are not written yet. Data are the embedded ones, so the pictures change with the course only.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from cs231n.course.demos.knn import make_points
from instructor.answers import answers_below, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble
from instructor.browser import (
    Lab,
    chromium,
    find_cell,
    open_demo,
    open_notebook,
    run_cell,
    running_lab,
)
from instructor.edits import MISTAKES, definition_with, mistakes_of

DOCS = TREE / "docs"
RIGHT = (
    "KNearestNeighbor.compute_distances_two_loops",
    "KNearestNeighbor.predict_labels",
    "conv_forward_naive",
)
WRONG, SLIP = "KNearestNeighbor.compute_distances_one_loop", "no_root"
# About as wide as a README is shown, and two pixels to each of its own, to be sharp on any screen.
PAGE = {"viewport": {"width": 1000, "height": 1000}, "device_scale_factor": 2}
COLOURS, MARGIN = 64, 12


class Desk(NamedTuple):
    """Where pictures are taken: a browser, and a JupyterLab."""

    browser: Browser
    lab: Lab


def take_check(desk: Desk) -> list[bytes]:
    """A check cell, and what it says of a wrong answer."""
    page = _notebook(desk, "01_knn")
    for each in ("setup", "one-loop-check"):
        output = run_cell(page, "01_knn", each)
    expect(output).to_contain_text("Likely cause")
    return [find_cell(page, "01_knn", "one-loop-check").screenshot()]


def take_demo(desk: Desk) -> list[bytes]:
    """A point that is dragged through the demo of nearest neighbours, and back; K is 1."""
    page, output, canvas = open_demo(
        desk.browser, desk.lab, "01_knn", "knn", viewport=PAGE["viewport"]
    )
    page.keyboard.press("Control+b")
    output.get_by_role("slider").first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(output).to_contain_text("K = 1, L2")
    canvas.scroll_into_view_if_needed()
    box, mouse = canvas.bounding_box(), page.mouse
    x, y = make_points(40, 3, 0)[0][DRAGGED]
    frames = [output.screenshot()]
    mouse.move(box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"])
    mouse.down()
    way = [step / STEPS for step in range(1, STEPS + 1)]
    for part in [*way, *reversed(way[:-1]), 0]:
        here = [a + part * (b - a) for a, b in zip((x, y), DRAGGED_TO, strict=True)]
        before = canvas.get_attribute("data-frame")
        mouse.move(box["x"] + here[0] * box["width"], box["y"] + (1 - here[1]) * box["height"])
        expect(canvas).not_to_have_attribute("data-frame", before)
        frames.append(output.screenshot())
    mouse.up()
    return frames


def take_filters(desk: Desk) -> list[bytes]:
    """What a learner's convolution makes of a picture, with filters made by hand."""
    page = _notebook(desk, "12_convnet")
    for each in ("setup", "picture", "filters"):
        output = run_cell(page, "12_convnet", each)
    plot = output.locator("img")
    plot.wait_for()
    return [plot.screenshot()]


def take_hint(desk: Desk) -> list[bytes]:
    """All three hints to a backward pass, asked for in a new cell."""
    notebook, line = "06_two_layer_net", "%hint affine_backward --more --more"
    page = _notebook(desk, notebook)
    setup = run_cell(page, notebook, "setup")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(line)
    page.keyboard.press("Control+Enter")
    setup.wait_for(state="attached")
    asked = page.locator(".jp-NotebookPanel .jp-CodeCell", has_text=line)
    expect(asked.locator(".jp-OutputArea")).to_contain_text("Hint 3 of 3")
    return [asked.screenshot()]


DRAGGED, DRAGGED_TO, STEPS = 24, (0.78, 0.8), 14
PICTURES: dict[str, Callable[[Desk], list[bytes]]] = {
    "check.png": take_check,
    "demo.gif": take_demo,
    "filters.png": take_filters,
    "hint.png": take_hint,
}
#: Pictures that take longer than anybody wants to wait: where each is made.
MADE_ELSEWHERE = {"long_run.png": "notebooks/12_convnet.ipynb, with LONG_RUN = True, on CIFAR-10"}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m instructor.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PICTURES)}")
    parser.add_argument("--out", type=Path, default=DOCS, help="another folder than docs/")
    args = parser.parse_args(argv)
    if unknown := sorted(set(args.names) - set(PICTURES)):
        parser.error(f"no picture is called {', '.join(unknown)}")
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        assemble(_answers(), home / "course")
        with running_lab(home / "course", home) as lab, chromium() as browser:
            for name in args.names or PICTURES:
                frames = PICTURES[name](Desk(browser, lab))
                content = encoded(name, frames)
                (args.out / name).write_bytes(content)
                print(f"{args.out / name}: {len(content) / 1000:.0f} kB", flush=True)
    return 0


def _answers():
    """The key's answers to RIGHT, and a known mistake."""
    stubs = find_stubs(TREE)
    keys = answers_below(SOLUTIONS, stubs)
    mistake = mistakes_of(MISTAKES / f"{WRONG}.toml", stubs)[SLIP]
    return {**{each: keys[each] for each in RIGHT}, WRONG: definition_with([mistake], keys[WRONG])}


def _notebook(desk: Desk, notebook: str) -> Page:
    """A page with the notebook, without the list of files beside it."""
    page = open_notebook(desk.browser, desk.lab, notebook, **PAGE)
    page.keyboard.press("Control+b")
    return page


def encoded(name: str, frames: Sequence[bytes]) -> bytes:
    """The screenshots as one small file, PNG or GIF by its name, without empty margins."""
    images = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in frames]
    images = [image.crop(_content(images[0])) for image in images]
    # One palette for all frames, from the first and the middle one.
    both = Image.new("RGB", (images[0].width, 2 * images[0].height))
    for row, image in enumerate((images[0], images[len(images) // 2])):
        both.paste(image, (0, row * image.height))
    palette = both.quantize(COLOURS)
    first, *others = (image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images)
    out = io.BytesIO()
    if name.endswith(".gif"):
        durations = [1200, *[90] * (len(others) - 1), 90]
        durations[len(images) // 2] = 1200
        first.save(out, "GIF", save_all=True, append_images=others, duration=durations, loop=0)
    else:
        first.save(out, "PNG", optimize=True)
    return out.getvalue()


def _content(image: Image.Image) -> tuple[int, int, int, int]:
    """What is left without the rows below and columns at the right that hold nothing."""
    corner = image.getpixel((image.width - 1, image.height - 1))
    box = ImageChops.difference(image, Image.new("RGB", image.size, corner)).getbbox()
    right, below = box[2:] if box else (0, 0)
    return 0, 0, min(image.width, right + MARGIN), min(image.height, below + MARGIN)


if __name__ == "__main__":
    sys.exit(main())
