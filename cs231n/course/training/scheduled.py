"""A Solver whose learning rate is another at each step, and which keeps its net of each epoch."""

import numpy as np

from cs231n.solver import Solver


class ScheduledSolver(Solver):
    """A Solver that asks for the learning rate of each step.

    rate_at: function of the number of the step, from 0, and of num_steps, that of all steps until
    `epochs` epochs are over; returns the learning rate. epochs: how far the schedule goes, by
    default num_epochs. The other settings are those of Solver, but for lr_decay.

    snapshots: a list of copies of the parameters, after each epoch; running averages are not in
    them.
    """

    def __init__(self, model, data, rate_at, *, epochs=None, **settings):
        super().__init__(model, data, **settings)
        steps_in_epoch = max(len(data["X_train"]) // self.batch_size, 1)
        self.rate_at = rate_at
        self.num_steps = (epochs or self.num_epochs) * steps_in_epoch
        self.snapshots = []

    def _step(self, update, loss, grads):
        rate = self.rate_at(len(self.loss_history), self.num_steps)
        for config in self.optim_configs.values():
            config["learning_rate"] = rate
        super()._step(update, loss, grads)

    def _end_epoch(self):
        super()._end_epoch()
        self.snapshots.append({name: np.array(w) for name, w in self.model.params.items()})
