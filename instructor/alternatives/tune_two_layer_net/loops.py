"""Three loops; the best is kept on the way."""

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
    results = {}
    best_val = -1
    best_model = None
    D = data["X_train"][:1].reshape(1, -1).shape[1]
    C = len(np.unique(data["y_train"]))
    for hs in hidden_dims:
        for lr in learning_rates:
            for reg in regs:
                model = make_net(input_dim=D, hidden_dim=hs, num_classes=C, reg=reg)
                solver = Solver(
                    model,
                    data,
                    update_rule="sgd",
                    optim_config={"learning_rate": lr},
                    lr_decay=1.0,
                    num_epochs=num_epochs,
                    batch_size=batch_size,
                    print_every=100,
                    verbose=False,
                )
                solver.train()
                results[(hs, lr, reg)] = max(solver.val_acc_history)
                if solver.best_val_acc > best_val:
                    best_val = solver.best_val_acc
                    best_model = model
    return results, best_model
