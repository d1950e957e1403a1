"""The Solver, given code: trains any model on minibatches with any update rule of optim.py."""

import inspect
import json

import numpy as np
from tqdm.auto import tqdm

from cs231n import optim
from cs231n.course.training.checkpoints import below, load_checkpoint, require_fit, save_checkpoint
from cs231n.course.training.diverging import advice
from cs231n.course.training.model_state import averages_of, set_averages, set_stream, stream_of
from cs231n.course.training.solver_checks import (
    check_count,
    check_data,
    check_examples,
    check_known,
    check_model,
    check_step,
)


class Solver:
    """Trains a model, measures it after each epoch, and keeps its best parameters.

        data = {"X_train": …, "y_train": …, "X_val": …, "y_val": …}
        solver = Solver(model, data, optim_config={"learning_rate": 1e-3}, num_epochs=10)
        solver.train()

    model: has `params`, a dict of arrays, and `loss(X, y=None)`, which returns the scores (N, C)
    where y is None, and else (loss, grads), a number and a dict like params. Where it has
    `bn_params`, a list of dicts, the running averages in them are kept along with the parameters.
    data: X of shape (N, …), training and validation of one kind; y (N,) integers in 0..C-1.

    update_rule        the name of a function in optim.py
    optim_config       its settings; what is missing has the rule's default
    lr_decay           factor of the learning rate after each epoch
    batch_size         examples in a minibatch, drawn with replacement
    num_epochs         how far train() goes; an epoch has as many steps as minibatches fit into
                       X_train
    num_train_samples  how many training examples the accuracy is measured on (None: all),
    num_val_samples    and how many of validation; they are the same ones each time
    checkpoint_name    after epoch 3 the state is written to `<checkpoint_name>_epoch_3.npz`
    print_every        steps from one loss beside the progress bar to the next
    verbose            shows that bar
    seed               of the minibatches; numpy's global random stream is not used, but where the
                       model has a `dropout_param`, which draws from it, its place is kept

    Attributes, all there at any time:

    loss_history                          the loss of each minibatch, before its step
    train_acc_history, val_acc_history    accuracies before the first step and after each epoch
    best_val_acc, best_params             the highest of them, and the parameters that had it
    epoch                                 epochs completed
    optim_configs                         the config of each parameter

    Raises TypeError or ValueError, with the name of what is wrong and what is expected.
    """

    def __init__(
        self,
        model,
        data,
        *,
        update_rule="sgd",
        optim_config=None,
        lr_decay=1.0,
        batch_size=100,
        num_epochs=10,
        num_train_samples=1000,
        num_val_samples=None,
        checkpoint_name=None,
        print_every=10,
        verbose=True,
        seed=0,
        **unknown,
    ):
        for name in unknown:
            check_known("argument of Solver", name, _arguments(), TypeError)
        check_known("update rule in cs231n/optim.py", update_rule, _update_rules())
        check_data(data)
        if not model.params:
            raise ValueError("model.params is empty: there is nothing to train")
        self.model, self.data = model, data
        self.update_rule = update_rule
        self.lr_decay = float(lr_decay)
        self.batch_size = check_count("batch_size", batch_size)
        self.num_epochs = check_count("num_epochs", num_epochs)
        self.num_train_samples = _count_or_none("num_train_samples", num_train_samples)
        self.num_val_samples = _count_or_none("num_val_samples", num_val_samples)
        self.checkpoint_name = None if checkpoint_name is None else str(checkpoint_name)
        self.print_every = check_count("print_every", print_every)
        self.verbose = bool(verbose)
        self.seed = int(seed)
        self._start(optim_config or {})

    def _start(self, optim_config):
        self.loss_history, self.train_acc_history, self.val_acc_history = [], [], []
        self.best_val_acc, self.best_params = 0.0, {}
        self._best_averages = []
        self.epoch = 0
        config = {key: _plain(value) for key, value in optim_config.items()}
        self.optim_configs = {name: dict(config) for name in self.model.params}
        self._random = np.random.RandomState(self.seed)
        self._last_params, self._last_averages, self._last_stream = {}, [], {}
        self._steps_in_epoch = 0

    def train(self):
        """Trains for num_epochs epochs; the model is left with the best parameters.

        Called again it goes on from the last parameters, as if there had been no end, for as many
        epochs more. A run that was interrupted is finished: the end is where the number of epochs
        is a multiple of num_epochs.

        Where the loss is NaN or infinite, training ends there: what to try is printed, and the
        histories until then stay. Raises ValueError or TypeError where data or gradients do not
        fit the model.
        """
        check_model(self.model, self.data, self.batch_size)
        self.model.params.update(self._last_params)
        set_averages(self.model, self._last_averages)
        set_stream(self._last_stream)
        end = (self.epoch // self.num_epochs + 1) * self.num_epochs
        try:
            # A run that diverges is told of in words.
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                bad_loss = self._run(end)
        finally:
            self._last_params = dict(self.model.params)
            self._last_averages, self._last_stream = averages_of(self.model), stream_of(self.model)
            self._give_best()
        if bad_loss is not None:
            print(self._advice(bad_loss, end))

    def check_accuracy(self, X, y, num_samples=None, batch_size=100):
        """The share of examples whose highest score is that of their label.

        X: (N, …). y: (N,) labels. num_samples: measure on so many of them only, the same ones
        each time. batch_size: how many go through the model at once. Raises ValueError or
        TypeError where X and y do not fit each other.
        """
        check_examples(X, y)
        if num_samples is not None and num_samples < len(X):
            chosen = np.random.RandomState(self.seed).permutation(len(X))[:num_samples]
            X, y = X[chosen], y[chosen]
        right = 0
        for start in range(0, len(X), batch_size):
            part = slice(start, start + batch_size)
            right += np.count_nonzero(self.model.loss(X[part]).argmax(axis=1) == y[part])
        return int(right) / len(X)

    @classmethod
    def resume(cls, path, model, data, **changes):
        """A Solver as it was when the checkpoint at `path` was written; train() goes on from there.

        It ends as the run would have without the break, bit for bit; for dropout, train() puts
        numpy's global random stream where it was. model: made as the first time; it gets the best
        parameters until then. data: as the first time. changes: settings
        that differ from now on, such as num_epochs; not update_rule, optim_config and seed, which
        the state in the file belongs to.

        Raises ValueError where the file is no checkpoint or does not fit the model.
        """
        fixed = [name for name in ("update_rule", "optim_config", "seed") if name in changes]
        if fixed:
            raise ValueError(f"{fixed[0]} cannot change on the way: it is taken from {path}")
        saved = load_checkpoint(path)
        require_fit(path, below(saved, "params"), model.params)
        solver = cls(model, data, **{**json.loads(saved["settings"]), **changes})
        solver._restore(saved)
        return solver

    def _run(self, end):
        """Trains until epoch `end`. Returns None, or the loss that is no finite number."""
        update = getattr(optim, self.update_rule)
        if not self.val_acc_history:
            self._measure()
        num_steps = max(len(self.data["X_train"]) // self.batch_size, 1)
        total = (end - self.epoch) * num_steps - self._steps_in_epoch
        with tqdm(total=total, disable=not self.verbose, unit="step") as bar:
            while self.epoch < end:
                bar.set_description(f"epoch {self.epoch + 1}/{end}", refresh=False)
                for _ in range(self._steps_in_epoch, num_steps):
                    loss, grads = self._loss_on_minibatch()
                    if not np.isfinite(loss):
                        return loss
                    self._step(update, loss, grads)
                    self._show(bar)
                self._end_epoch()
        return None

    def _loss_on_minibatch(self):
        X, y = self.data["X_train"], self.data["y_train"]
        chosen = self._random.randint(len(X), size=self.batch_size)
        return check_step(self.model.loss(X[chosen], y[chosen]), self.model.params)

    def _step(self, update, loss, grads):
        self.loss_history.append(float(loss))
        params = self.model.params
        for name, w in params.items():
            params[name], self.optim_configs[name] = update(
                w, grads[name], self.optim_configs[name]
            )
        self._steps_in_epoch += 1

    def _show(self, bar):
        if (len(self.loss_history) - 1) % self.print_every == 0:
            accuracy = f"{self.val_acc_history[-1]:.3f}"
            loss = f"{self.loss_history[-1]:.4g}"
            bar.set_postfix({"loss": loss, "validation": accuracy}, refresh=False)
        bar.update()

    def _end_epoch(self):
        # First, as this is where an interrupt is likely, and train() then does it again.
        self._measure()
        self.epoch += 1
        self._steps_in_epoch = 0
        for config in self.optim_configs.values():
            config["learning_rate"] *= self.lr_decay
        if self.checkpoint_name is not None:
            save_checkpoint(f"{self.checkpoint_name}_epoch_{self.epoch}.npz", self._state())

    def _measure(self):
        data = self.data
        train = self.check_accuracy(data["X_train"], data["y_train"], self.num_train_samples)
        val = self.check_accuracy(data["X_val"], data["y_val"], self.num_val_samples)
        self.train_acc_history.append(train)
        self.val_acc_history.append(val)
        if val > self.best_val_acc or not self.best_params:
            self.best_val_acc = val
            # Copies, as an update rule may work in place.
            self.best_params = _copy(self.model.params)
            self._best_averages = averages_of(self.model)

    def _give_best(self):
        self.model.params.update(_copy(self.best_params))
        set_averages(self.model, self._best_averages)

    def _settings(self):
        """All of them but optim_config, which lives on in optim_configs."""
        return {name: getattr(self, name) for name in _arguments() if name != "optim_config"}

    def _state(self):
        # The second and third of five say all of a stream that only whole numbers were drawn from.
        keys, position = self._random.get_state()[1:3]
        return {
            "settings": json.dumps(self._settings()),
            "epoch": self.epoch,
            "params": self.model.params,
            "best_params": self.best_params,
            "best_val_acc": self.best_val_acc,
            "optim": self.optim_configs,
            "history": {
                "loss": self.loss_history,
                "train_acc": self.train_acc_history,
                "val_acc": self.val_acc_history,
            },
            "random": {"keys": keys, "position": position},
            "averages": _numbered(averages_of(self.model)),
            "best_averages": _numbered(self._best_averages),
            "global_random": stream_of(self.model),
        }

    def _restore(self, saved):
        self.epoch = saved["epoch"]
        self.best_val_acc = saved["best_val_acc"]
        self.best_params = _arrays(below(saved, "best_params"))
        self._last_params = _arrays(below(saved, "params"))
        self._last_averages = self._saved_averages(saved, "averages")
        self._best_averages = self._saved_averages(saved, "best_averages")
        self._last_stream = below(saved, "global_random")
        self._give_best()
        self.optim_configs = {name: below(saved, f"optim/{name}") for name in self.model.params}
        self.loss_history = saved["history/loss"].tolist()
        self.train_acc_history = saved["history/train_acc"].tolist()
        self.val_acc_history = saved["history/val_acc"].tolist()
        self._random.set_state(("MT19937", saved["random/keys"], saved["random/position"]))

    def _saved_averages(self, saved, name):
        return [below(saved, f"{name}/{i}") for i in range(len(averages_of(self.model)))]

    def _advice(self, loss, end):
        text = advice(loss, len(self.loss_history))
        if not self.loss_history:
            return text
        rate = next(iter(self.optim_configs.values()))["learning_rate"]
        return (
            f"{text}\nThis was in epoch {self.epoch + 1} of {end}, at learning rate {rate:g}: ten "
            f"times smaller is {rate / 10:g}. The model has its best parameters until then, "
            f"validation accuracy {self.best_val_acc:.3f}."
        )


def _arguments():
    """The names of the Solver's settings."""
    parameters = inspect.signature(Solver).parameters.values()
    return [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]


def _update_rules():
    functions = inspect.getmembers(optim, inspect.isfunction)
    return [name for name, f in functions if f.__module__ == optim.__name__ and name[0] != "_"]


def _count_or_none(name, value):
    return None if value is None else check_count(name, value)


def _numbered(dicts):
    return {str(i): entries for i, entries in enumerate(dicts)}


def _plain(value):
    """A number of numpy's as Python's, which leaves the type of the arrays it meets as it is."""
    return value.item() if isinstance(value, np.generic) else value


def _copy(params):
    return {name: np.array(w) for name, w in params.items()}


def _arrays(entries):
    return {name: np.asarray(value) for name, value in entries.items()}
