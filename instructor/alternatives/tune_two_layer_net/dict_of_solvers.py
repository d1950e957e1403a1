"""A dict of solvers; the best is read off at the end."""

import numpy as np

from cs231n.solver import Solver


def tune_two_layer_net(
    data,
    hidden_dims,
    learning_rates,
    regs,
    num_epochs=5,
    batch_size=200,
    n_jobs=1,
    make_net=None,
):
    grid = [(h, rate, reg) for h in hidden_dims for rate in learning_rates for reg in regs]
    input_dim, num_classes = np.prod(data["X_train"].shape[1:]), data["y_train"].max() + 1
    solvers = {}
    for h, rate, reg in grid:
        net = make_net(input_dim=input_dim, hidden_dim=h, num_classes=num_classes, reg=reg)
        solvers[h, rate, reg] = Solver(
            net,
            data,
            optim_config={"learning_rate": rate},
            num_epochs=num_epochs,
            batch_size=batch_size,
            verbose=False,
        )
    for solver in solvers.values():
        solver.train()
    best = max(solvers, key=lambda setting: solvers[setting].best_val_acc)
    return {key: solver.best_val_acc for key, solver in solvers.items()}, solvers[best].model
