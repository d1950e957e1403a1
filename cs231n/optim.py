"""Update rules: how a parameter moves, given its gradient. Solver(update_rule=NAME) uses them.

Each is a function (w, dw, config=None) -> (next_w, config).

w       the parameter, an array of any shape; it is left as it is
dw      the gradient of the loss with respect to w, of w's shape
config  a dict with the rule's settings (such as the learning rate) and with what it remembers
        from step to step; give back at the next step what this one returned

next_w is a new array of w's shape and type.
"""


def sgd(w, dw, config=None):
    """Plain stochastic gradient descent: a step against the gradient.

        next_w = w - learning_rate * dw

    config: learning_rate (default 1e-2). Arguments and result as at the top of this file.
    """
    config = {"learning_rate": 1e-2, **(config or {})}
    return w - config["learning_rate"] * dw, config
