"""The best on the training set is taken.

Says: the best training accuracy wins
"""

import numpy as np


def tune(make_classifier, data, learning_rates, regs, num_iters=500, n_jobs=1):
    results, best, best_accuracy = {}, None, -1.0
    for learning_rate in learning_rates:
        for reg in regs:
            classifier = make_classifier()
            classifier.train(
                data["X_train"],
                data["y_train"],
                learning_rate=learning_rate,
                reg=reg,
                num_iters=num_iters,
            )
            train = np.mean(classifier.predict(data["X_train"]) == data["y_train"])
            val = np.mean(classifier.predict(data["X_val"]) == data["y_val"])
            results[(learning_rate, reg)] = (train, val)
            if train > best_accuracy:
                best, best_accuracy = classifier, train
    return results, best
