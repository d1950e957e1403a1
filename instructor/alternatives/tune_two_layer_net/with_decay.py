"""With a learning rate that decays, and the accuracy measured when all is done."""

from cs231n.classifiers.fc_net import TwoLayerNet
from cs231n.solver import Solver


def tune_two_layer_net(
    data,
    hidden_dims,
    learning_rates,
    regs,
    num_epochs=5,
    batch_size=200,
    n_jobs=1,
    make_net=TwoLayerNet,
):
    results, best_acc, best_net = {}, -1, None
    dims = {"input_dim": data["X_train"][0].size, "num_classes": max(data["y_train"]) + 1}
    for h in hidden_dims:
        for rate in learning_rates:
            for reg in regs:
                net = make_net(hidden_dim=h, reg=reg, **dims)
                solver = Solver(
                    net,
                    data,
                    optim_config={"learning_rate": rate},
                    lr_decay=0.95,
                    num_epochs=num_epochs,
                    batch_size=batch_size,
                    verbose=False,
                )
                solver.train()
                results[h, rate, reg] = solver.check_accuracy(data["X_val"], data["y_val"])
                if results[h, rate, reg] > best_acc:
                    best_acc, best_net = results[h, rate, reg], net
    return results, best_net
