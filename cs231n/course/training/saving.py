"""Models in files: what a classifier or a net has learned, written by `save`, taken by `load`."""

from pathlib import Path

import numpy as np

from cs231n.course.training.checkpoints import (
    MODEL,
    below,
    load_checkpoint,
    require_fit,
    save_checkpoint,
)
from cs231n.course.training.model_state import averages_of, set_averages


class Saving:
    """Gives a model save(path) and load(path).

    LEARNED: the names of the attributes that hold what it has learned. There are none where a dict
    `params` holds it; then the running averages in `bn_params`, if the model has them, go along.
    """

    LEARNED = ()

    def save(self, path):
        """Writes what the model has learned to a file, from which load(path) takes it.

        path: its name, to which .npz is added where it has no suffix. A file of that name is
        replaced in one go. It holds plain arrays: np.load(path) opens it anywhere.

        Raises ValueError where there is nothing to save yet.
        """
        learned = self._learned()
        missing = [name for name, array in learned.items() if array is None]
        if missing:
            raise ValueError(
                f"this {type(self).__name__} has no {missing[0]} yet: train it before you save it"
            )
        averages = {str(i): arrays for i, arrays in enumerate(averages_of(self))}
        entries = {"params": learned, "averages": averages, "normalization": self._normalization()}
        save_checkpoint(_with_suffix(path), entries, MODEL)

    def load(self, path):
        """Takes what save(path) wrote, numbers and their type; the rest of the model stays.

        path: as for save. A net must have been made with the sizes of the one that was saved.

        Raises FileNotFoundError where there is no such file, and ValueError where it is none of
        save's, or of another model: then it tells what differs. The model is as it was then.
        """
        path = _with_suffix(path)
        entries = load_checkpoint(path, MODEL)
        saved = {name: np.asarray(array) for name, array in below(entries, "params").items()}
        # A classifier that keeps its arrays itself may have others, or none as yet.
        mine = {name: saved.get(name) for name in self.LEARNED} if self.LEARNED else self.params
        require_fit(path, saved, mine, np.shape)
        if entries["normalization"] != self._normalization():
            raise ValueError(
                f"normalization is {entries['normalization']} in {path}, but "
                f"{self._normalization()} in the model: make the model as it was when the file "
                "was written"
            )
        self._home().update(saved)
        set_averages(self, [below(entries, f"averages/{i}") for i in range(len(averages_of(self)))])
        if hasattr(self, "dtype"):
            self.dtype = np.result_type(*saved.values()).type

    def _home(self):
        return vars(self) if self.LEARNED else self.params

    def _learned(self):
        return {name: self._home().get(name) for name in self.LEARNED or self.params}

    def _normalization(self):
        return str(getattr(self, "normalization", None))


def _with_suffix(path):
    path = Path(path)
    return path if path.suffix else path.with_name(f"{path.name}.npz")
