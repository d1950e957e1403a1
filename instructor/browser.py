"""JupyterLab on a tree of the course, and pages of it in a headless Chromium."""

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from instructor.assemble import TREE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SLOW = 60_000  # milliseconds; these machines are shared
WINDOW = {"width": 1400, "height": 1000}


class Lab(NamedTuple):
    """A running JupyterLab: its address, and the tree that it was started on."""

    address: str
    tree: Path


@contextmanager
def running_lab(tree: Path, home: Path, **environment: str) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it, on the embedded data; its settings live in `home`.

    Raises RuntimeError, with what JupyterLab wrote, where it does not start.
    """
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "CS231N_DATASET": "shapes10",
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "IPYTHONDIR": str(home / "ipython"),
        **environment,
    }
    command = [
        *(sys.executable, "-m", "jupyter", "lab", "--no-browser"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="),
        *_options_of_make_lab(tree),
    ]
    with (home / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=tree, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", server, home / "log")
            yield Lab(address, tree)
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _options_of_make_lab(tree: Path) -> list[str]:
    """The options that the Makefile gives, so that what is opened is what a learner opens."""
    make = ["make", "--dry-run", "--silent", "lab", "ARGS="]
    told = subprocess.run(make, cwd=tree, capture_output=True, text=True, check=True).stdout
    words = shlex.split(told.replace("\\\n", ""))
    return words[words.index(".venv/bin/jupyter") + 2 :]


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(log.read_text(encoding="utf-8"))


@contextmanager
def chromium() -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    expect.set_options(timeout=SLOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


def open_notebook(browser: Browser, lab: Lab, notebook: str, viewport=WINDOW, **options) -> Page:
    """A page with the notebook, its kernel ready. options: of Playwright's new_page."""
    page = browser.new_page(viewport=viewport, **options)
    page.set_default_timeout(SLOW)
    # In a workspace of its own: JupyterLab opens the other's notebooks as well.
    page.goto(f"{lab.address}/lab/workspaces/{notebook}/tree/notebooks/{notebook}.ipynb")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    # Cells that are run before the kernel is there would ask for one.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    return page


def find_cell(page: Page, notebook: str, cell_id: str) -> Locator:
    """A code cell, scrolled to: JupyterLab renders only what is on the screen."""
    path = TREE / f"notebooks/{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    ids = [cell["id"] for cell in cells if cell["cell_type"] == "code"]
    found = page.locator(".jp-NotebookPanel .jp-CodeCell").nth(ids.index(cell_id))
    found.scroll_into_view_if_needed()
    return found


def run_cell(page: Page, notebook: str, cell_id: str) -> Locator:
    """Runs a cell as a learner does; returns where its output stands."""
    find_cell(page, notebook, cell_id).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    return find_cell(page, notebook, cell_id).locator(".jp-OutputArea")


def open_demo(
    browser: Browser, lab: Lab, notebook: str, demo: str, cells=("setup",), **options
) -> tuple[Page, Locator, Locator]:
    """A page of its own with a notebook, and the output and canvas of its demo."""
    page = open_notebook(browser, lab, notebook, **options)
    for each in cells:
        run_cell(page, notebook, each)
    output = run_cell(page, notebook, "demo")
    canvas = output.locator(f"canvas.cs231n-{demo}-canvas")
    canvas.wait_for()
    return page, output, canvas


def drag(canvas: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Moves what lies at `start` to `end`: (x, y) from the canvas's corner, in pixels."""
    canvas.scroll_into_view_if_needed()
    box, mouse = canvas.bounding_box(), canvas.page.mouse
    mouse.move(box["x"] + start[0], box["y"] + start[1])
    mouse.down()
    mouse.move(box["x"] + end[0], box["y"] + end[1], steps=5)
    mouse.up()
