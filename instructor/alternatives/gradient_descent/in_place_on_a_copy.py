"""In place, on a copy."""


def gradient_descent(loss_and_gradient, W, learning_rate, num_steps):
    place, losses = W.copy(), []
    while len(losses) < num_steps:
        value, slope = loss_and_gradient(place)
        place -= learning_rate * slope
        losses.append(float(value))
    return place, losses
