"""All runs first, then the best by a stable sort."""

from itertools import product


def tune(make_classifier, data, learning_rates, regs, num_iters=500, n_jobs=1):
    def measure(classifier, split):
        return (classifier.predict(data["X_" + split]) == data["y_" + split]).mean()

    runs = []
    for rate, strength in product(learning_rates, regs):
        model = make_classifier()
        model.train(data["X_train"], data["y_train"], rate, strength, num_iters)
        runs.append(((rate, strength), (measure(model, "train"), measure(model, "val")), model))
    ranked = sorted(runs, key=lambda run: -run[1][1])
    return {setting: accuracies for setting, accuracies, _ in runs}, ranked[0][2]
