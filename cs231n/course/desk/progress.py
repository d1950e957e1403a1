"""How far a learner is, in a notebook: a table of the whole course, and a line of one notebook.

Both run the checks anew, in a process of their own: what they say is what stands in the files.
"""

from contextlib import closing

from IPython.display import display
from tqdm.auto import tqdm

from cs231n.course.cells import check_cells
from cs231n.course.status.report import as_line, as_markdown
from cs231n.course.status.runner import run_checks


def show_course():
    """Shows a row for each notebook, with links. Interrupting the kernel ends it early."""
    cells = check_cells()
    outcomes = _outcomes(cells)
    table = as_markdown(outcomes, linked=True)
    if left := len(_exercises(cells)) - len(outcomes):
        table += f"\n\nStopped: {left} exercises were not looked at."
    display({"text/markdown": table, "text/plain": table}, raw=True)


def show_notebook(name):
    """Prints a line for one notebook, such as "01_knn"."""
    cells = [cell for cell in check_cells() if cell.notebook == name]
    print(as_line(_outcomes(cells)) if cells else f"There is no exercise in {name}.")


def _outcomes(cells):
    """The outcomes of the cells' exercises: all, or those before an interruption."""
    found, names = [], _exercises(cells)
    with (
        closing(run_checks(cells)) as outcomes,
        tqdm(total=len(names), unit="exercise", leave=False) as bar,
    ):
        try:
            for _, name in names:
                bar.set_description(name)  # which one it is that takes so long
                found.append(next(outcomes))
                bar.update()
        except KeyboardInterrupt:
            pass
    return found


def _exercises(cells):
    """The (notebook, exercise) of the cells, each once, in the order in which they are run."""
    return list(dict.fromkeys((cell.notebook, cell.exercise) for cell in cells))
