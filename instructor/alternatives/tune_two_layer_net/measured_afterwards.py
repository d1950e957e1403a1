"""The accuracy is measured once more on the trained net, which has its best parameters."""

from itertools import product

import numpy as np

from cs231n.course.training.parallel import in_parallel
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
    def run(setting):
        size, rate, reg = setting
        sizes = {"input_dim": data["X_train"][0].size, "num_classes": max(data["y_train"]) + 1}
        net = make_net(hidden_dim=size, reg=reg, **sizes)
        settings = {"num_epochs": num_epochs, "batch_size": batch_size, "verbose": False}
        solver = Solver(net, data, optim_config={"learning_rate": rate}, **settings)
        solver.train()
        right = net.loss(data["X_val"]).argmax(axis=1) == data["y_val"]
        return net, right.mean()

    grid = list(product(hidden_dims, learning_rates, regs))
    nets, accuracies = zip(*in_parallel(run, [(setting,) for setting in grid], n_jobs), strict=True)
    return dict(zip(grid, accuracies, strict=True)), nets[int(np.argmax(accuracies))]
