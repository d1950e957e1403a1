"""A learner at work, in JupyterLab and a real browser, on a copy of the student tree."""

import re

import pytest
from playwright.sync_api import expect

import instructor.browser
from cs231n.course.demos.backprop import WIDTH, BackpropDemo
from cs231n.course.demos.convolution import COLUMNS, ConvolutionDemo
from cs231n.course.demos.knn import make_points
from cs231n.course.demos.linear import POINTS
from instructor.assemble import TREE, assemble
from instructor.browser import (
    CHROMIUM,
    SLOW,
    chromium,
    drag,
    open_demo,
    open_notebook,
    running_lab,
)

EXERCISE = "KNearestNeighbor.compute_distances_two_loops"
STUB = f'raise NotImplementedError("TODO: {EXERCISE}")'
RIGHT = "return np.array([[np.linalg.norm(a - b) for b in self.X_train] for a in X])"
WRONG = "return np.array([[np.sum((a - b) ** 2) for b in self.X_train] for a in X])"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab's address and its tree; the settings folder is a fresh one."""
    folder = tmp_path_factory.mktemp("lab")
    tree = folder / "tree"
    assemble({}, tree)
    with running_lab(tree, home=folder) as lab:
        yield lab


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def page(browser, lab):
    return open_notebook(browser, lab, "01_knn")


@pytest.fixture(scope="module")
def after_run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(cell(page, "two-loops-check").locator(".jp-OutputArea")).to_contain_text("TODO")
    return page


def cell(page, cell_id, notebook="01_knn"):
    return instructor.browser.find_cell(page, notebook, cell_id)


def run_cell(page, cell_id, notebook="01_knn"):
    return instructor.browser.run_cell(page, notebook, cell_id)


def write_answer(page, tree, answer):
    """Opens the file through the notebook's link, replaces the stub's body, and saves."""
    link = page.locator('.jp-NotebookPanel a[href*="k_nearest_neighbor.py"]').first
    link.scroll_into_view_if_needed()
    link.click()
    editor = page.locator(".jp-FileEditor .cm-content")
    editor.click()
    file = tree / "cs231n/classifiers/k_nearest_neighbor.py"
    text = (TREE / file.relative_to(tree)).read_text(encoding="utf-8").replace(STUB, answer)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+s")
    for _ in range(200):
        if file.read_text(encoding="utf-8") == text:
            break
        page.wait_for_timeout(100)
    assert file.read_text(encoding="utf-8") == text
    page.locator(".lm-TabBar-tab", has_text="01_knn.ipynb").first.click()


def test_make_lab_opens_the_start_page_whose_table_leads_on(browser, lab):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(SLOW)
    page.goto(f"{lab[0]}/")  # from where a fresh JupyterLab goes to its default address
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    for each in ("setup", "status"):
        output = run_cell(page, each, "00_start_here")
    expect(output).to_contain_text(re.compile(r"0 done, 0 wrong, \d+ todo"))
    expect(output.locator("tr", has_text="01_knn")).to_contain_text("○○○○○○")
    output.get_by_role("link", name="02_svm").click()
    expect(page.locator(".lm-TabBar-tab", has_text="02_svm.ipynb")).to_be_visible()
    page.close()


def test_run_all_stops_at_the_todo_with_a_short_note(after_run_all):
    note = cell(after_run_all, "two-loops-check").locator(".jp-OutputArea")
    expect(note).to_contain_text(f"○ TODO: {EXERCISE}")
    expect(note).to_contain_text("Your turn: cs231n/classifiers/k_nearest_neighbor.py, line")
    expect(note).not_to_contain_text("Traceback")


def test_after_run_all_the_end_of_the_page_says_where_it_stopped(after_run_all):
    note = cell(after_run_all, "final").locator(".jp-OutputArea")
    expect(note).to_contain_text("○ Not run: it stopped above, at [")
    expect(note).to_contain_text(f"TODO: {EXERCISE}")


def test_no_notice_covers_the_page_at_the_first_start(after_run_all):
    expect(after_run_all.locator(".Toastify__toast")).to_have_count(0)


def test_the_demo_follows_its_controls_and_the_hand(after_run_all):
    page = after_run_all
    canvas = cell(page, "demo").locator("canvas.cs231n-knn-canvas")
    expect(canvas).to_have_attribute("data-frame", re.compile(r"\d+"))

    before = picture(canvas)
    slider = page.locator(
        ".widget-slider", has=page.locator(".widget-label", has_text=re.compile("^K$"))
    )
    slider.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    after_key = wait_for_other_picture(canvas, before)

    page.get_by_role("button", name="L1").click()
    after_metric = wait_for_other_picture(canvas, after_key)

    page.get_by_role("button", name="New points").click()
    before_drag = wait_for_other_picture(canvas, after_metric)
    x, y = make_points(40, 3, 1)[0][0]
    box = canvas.bounding_box()
    drag(canvas, (x * box["width"], (1 - y) * box["height"]), (20, 20))
    wait_for_other_picture(canvas, before_drag)


def picture(canvas):
    return canvas.evaluate("canvas => canvas.toDataURL()")


def wait_for_other_picture(canvas, before):
    for _ in range(300):
        if (now := picture(canvas)) != before:
            return now
        canvas.page.wait_for_timeout(100)
    raise AssertionError("the picture stayed the same")


def test_a_right_answer_is_seen_without_a_restart(after_run_all, lab):
    _, tree = lab
    write_answer(after_run_all, tree, RIGHT)
    output = run_cell(after_run_all, "two-loops-check")
    expect(output).to_contain_text("✓ dists: 3 × 4 values agree")


def test_a_wrong_answer_shows_its_cause(after_run_all, lab):
    _, tree = lab
    write_answer(after_run_all, tree, WRONG)
    output = run_cell(after_run_all, "two-loops-check")
    expect(output).to_contain_text("Likely cause: the square root is missing")


@pytest.fixture(scope="module")
def linear_demo(browser, lab):
    return open_demo(browser, lab, "03_softmax", "linear")


def test_the_linear_demo_trains_while_other_cells_run(linear_demo):
    page, output, canvas = linear_demo
    before = picture(canvas)
    output.locator("button", has_text="Step").click()
    before = wait_for_other_picture(canvas, before)
    output.locator("button", has_text="Run").click()
    before = wait_for_other_picture(canvas, before)
    expect(run_cell(page, "idea", "03_softmax")).to_contain_text("[0.71 0.04 0.26]")
    canvas = cell(page, "demo", "03_softmax").locator("canvas.cs231n-linear-canvas")
    before = wait_for_other_picture(canvas, before)
    output.locator("button", has_text="Stop").click()
    expect(output.locator("button", has_text="Run")).to_be_visible()
    caption = output.locator(".cs231n-linear-caption")
    expect(caption).to_contain_text(re.compile(r"softmax, \d+ steps"))
    page.wait_for_timeout(500)
    stopped = caption.inner_text()
    page.wait_for_timeout(1000)
    assert caption.inner_text() == stopped


def test_the_linear_demo_follows_the_hand_and_its_controls(linear_demo):
    page, output, canvas = linear_demo
    before = picture(canvas)
    weight_sliders_start = 2  # after step size and regularisation
    output.get_by_role("slider").nth(weight_sliders_start).focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    before = wait_for_other_picture(canvas, before)
    output.locator("button", has_text="Randomize").click()
    before = wait_for_other_picture(canvas, before)
    box, (x, y) = canvas.bounding_box(), POINTS[0]
    start = ((1 + x) / 2 * box["width"], (1 - y) / 2 * box["height"])
    drag(canvas, start, (box["width"] - 20, box["height"] - 20))
    wait_for_other_picture(canvas, before)
    output.locator("button", has_text="Weston-Watkins").click()
    expect(output.locator(".cs231n-linear-caption")).to_contain_text("Weston-Watkins, 0 steps")


CONVNET = "12_convnet"


@pytest.fixture(scope="module")
def convolution_demo(browser, lab):
    """A page of its own with 12_convnet, its demo's output, canvas and caption."""
    page, output, canvas = open_demo(browser, lab, CONVNET, "convolution")
    caption = output.locator(".cs231n-convolution-caption")
    expect(caption).to_contain_text("Step 1 of 18:")
    return page, output, canvas, caption


def test_the_convolution_demo_plays_while_other_cells_run(convolution_demo):
    page, output, canvas, caption = convolution_demo
    expect(output.locator('[data-mime-type$="stderr"]')).to_have_count(0)
    before = picture(canvas)
    output.locator("button", has_text="Play").click()
    before = wait_for_other_picture(canvas, before)
    run_cell(page, "setup", CONVNET)
    canvas.scroll_into_view_if_needed()
    wait_for_other_picture(canvas, before)
    output.locator("button", has_text="Pause").click()
    expect(output.locator("button", has_text="Play")).to_be_visible()
    page.wait_for_timeout(500)
    paused = caption.inner_text()
    page.wait_for_timeout(1500)
    assert caption.inner_text() == paused
    output.locator("button", has_text="Reset").click()
    expect(caption).to_contain_text("Step 1 of 18:")
    output.locator("button", has_text="Play").click()
    expect(caption).to_contain_text("Step 18 of 18:")
    expect(output.locator("button", has_text="Play")).to_be_visible()


def click_output_cell(canvas, index, row, column):
    """Clicks a cell of out[index], found where the demo itself draws it."""
    titles = {grid["title"]: grid for grid in ConvolutionDemo().canvas.grids}
    grid = titles[f"out[{index}]"]
    unit = canvas.bounding_box()["width"] / COLUMNS
    x, y = grid["left"] + column + 0.5, grid["top"] + row + 0.5
    canvas.click(position={"x": unit * x, "y": unit * y})


def test_the_convolution_demo_follows_the_hand_and_its_controls(convolution_demo):
    page, output, canvas, caption = convolution_demo
    canvas.scroll_into_view_if_needed()
    output.locator("button", has_text="Reset").click()
    expect(caption).to_contain_text("Step 1 of 18:")
    output.locator("button", has_text="Step").click()
    expect(caption).to_contain_text("Step 2 of 18:")
    output.locator("button", has_text="Back").click()
    expect(caption).to_contain_text("Step 1 of 18:")
    click_output_cell(canvas, 1, 1, 2)
    expect(caption).to_contain_text("gives out[1, 1, 2]")
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("gives out[1, 2, 0]")
    page.keyboard.press("ArrowLeft")
    expect(caption).to_contain_text("gives out[1, 1, 2]")
    before = picture(canvas)
    output.locator("button", has_text="New numbers").click()
    before = wait_for_other_picture(canvas, before)
    output.get_by_role("slider").nth(0).focus()  # the stride
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("= 2.33 is no whole number: this stride does not fit")
    expect(output.locator("button", has_text="Step")).to_be_disabled()
    before = wait_for_other_picture(canvas, before)
    output.get_by_role("slider").nth(1).focus()  # the padding
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("(5 + 2*2 − 3)/3 + 1 = 3")
    wait_for_other_picture(canvas, before)


@pytest.fixture(scope="module")
def hiker_demo(browser, lab):
    return open_demo(browser, lab, "04_optimization", "hiker")


def test_the_hiker_walks_by_steps_and_by_itself(hiker_demo):
    _, output, canvas = hiker_demo
    before = picture(canvas)
    output.locator("button", has_text="Step").click()
    before = wait_for_other_picture(canvas, before)
    expect(output).to_contain_text("ravine, gradient descent: 1 looks, 1 steps")
    output.locator("button", has_text="Run").click()
    wait_for_other_picture(canvas, before)
    output.locator("button", has_text="Stop").click()
    expect(output.locator("button", has_text="Run")).to_be_visible()


def test_the_hiker_follows_the_hand_and_the_keyboard(hiker_demo):
    page, output, canvas = hiker_demo
    output.locator("button", has_text="Back").click()
    expect(output).to_contain_text("0 looks, 0 steps; height 2.567 at (-1.40, 1.10)")
    box = canvas.bounding_box()
    wide, high = box["width"], box["height"]
    drag(canvas, (0.15 * wide, 0.225 * high), (0.75 * wide, 0.25 * high))
    expect(output).to_contain_text(re.compile(r"at \((1\.0[01]|0\.99), (1\.00|0\.99|1\.01)\)"))
    canvas.focus()
    page.keyboard.press("ArrowRight")
    expect(output).to_contain_text(re.compile(r"at \(1\.0[3-5], "))
    output.get_by_role("combobox").nth(0).select_option("two valleys")
    expect(output).to_contain_text("two valleys, gradient descent: 0 looks")


STACK = "09_activations_and_initialization"


@pytest.fixture(scope="module")
def stack_demo(browser, lab):
    return open_demo(browser, lab, STACK, "stack")


def test_the_histograms_follow_the_sliders_and_buttons(stack_demo):
    page, output, canvas = stack_demo
    expect(output.locator('[data-mime-type$="stderr"]')).to_have_count(0)
    expect(output).to_contain_text("tanh, 10 layers of 100 units, weights of 0.05:")
    before = picture(canvas)
    output.locator("button", has_text="Xavier").click()
    expect(output).to_contain_text("numbers of size 0.23 behind the last layer")
    before = wait_for_other_picture(canvas, before)
    output.get_by_role("slider").nth(0).focus()  # the depth
    page.keyboard.press("ArrowLeft")
    expect(output).to_contain_text("tanh, 9 layers of 100 units, weights of 0.1:")
    before = wait_for_other_picture(canvas, before)
    output.get_by_role("combobox").select_option("relu")
    expect(output).to_contain_text("relu, 9 layers of 100 units")
    wait_for_other_picture(canvas, before)


BACKPROP = "05_backprop"


@pytest.fixture(scope="module")
def backprop_demo(browser, lab):
    """A page of its own with 05_backprop, its demo's output, canvas and caption."""
    page, output, canvas = open_demo(browser, lab, BACKPROP, "backprop")
    caption = output.locator(".cs231n-backprop-caption")
    expect(caption).to_contain_text("f goes from −12 to −16")
    return page, output, canvas, caption


def test_the_backprop_demo_follows_the_hand_and_the_keys(backprop_demo):
    page, output, canvas, caption = backprop_demo
    expect(output.locator('[data-mime-type$="stderr"]')).to_have_count(0)
    before = picture(canvas)
    x, y, _ = BackpropDemo().canvas.handles["z"]
    unit = canvas.bounding_box()["width"] / WIDTH
    drag(canvas, (unit * x, unit * y), (unit * x + 60, unit * y))
    expect(caption).to_contain_text("Nudge z by 1. The gradient foretells a change of 1 × 3 = 3.")
    expect(caption).to_contain_text("f goes from −9 to −6")
    before = wait_for_other_picture(canvas, before)
    canvas.focus()
    page.keyboard.press("ArrowLeft")
    expect(caption).to_contain_text("f goes from −9.3 to −6.3")
    page.keyboard.press("ArrowUp")
    expect(caption).to_contain_text("Nudge y by 1")
    wait_for_other_picture(canvas, before)


def test_the_backprop_demo_shows_other_graphs(backprop_demo):
    _, output, canvas, caption = backprop_demo
    before = picture(canvas)
    output.locator("button", has_text="a neuron").click()
    expect(caption).to_contain_text("f goes from 0.731 to 0.5")
    wait_for_other_picture(canvas, before)


FEATURES = "07_features"


@pytest.fixture(scope="module")
def gradient_demo(browser, lab):
    return open_demo(browser, lab, FEATURES, "gradients", cells=("setup", "data-load"))


def test_the_glass_follows_the_pointer_and_the_keys(gradient_demo):
    page, output, canvas = gradient_demo
    expect(output.locator('[data-mime-type$="stderr"]')).to_have_count(0)
    expect(output).to_contain_text("Cell in row 2, column 2")
    canvas.scroll_into_view_if_needed()
    before = picture(canvas)
    box = canvas.bounding_box()
    # The picture has 4 x 4 cells, and is as high as the canvas.
    page.mouse.move(box["x"] + 0.3 * box["height"], box["y"] + 0.9 * box["height"])
    expect(output).to_contain_text("Cell in row 3, column 1: rows 24 to 31, columns 8 to 15")
    before = wait_for_other_picture(canvas, before)
    canvas.focus()
    page.keyboard.press("ArrowUp")
    expect(output).to_contain_text("Cell in row 2, column 1")
    wait_for_other_picture(canvas, before)


def test_the_glass_shows_another_picture(gradient_demo):
    page, output, canvas = gradient_demo
    before = picture(canvas)
    output.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(output).to_contain_text("Cell in row 2, column 2")
    wait_for_other_picture(canvas, before)
