"""Exact derivatives of reference functions, for comparing gradients to all their digits.

A function written with sums, products, powers, exponentials and the like also takes complex
numbers. Moved by a tiny imaginary step, f(x + ih) = f(x) + ih f'(x) + O(h^2), its imaginary part
gives the slope, without the difference of two nearly equal numbers that costs a central difference
half of its digits (Squire and Trapp, Using complex variables to estimate derivatives, 1998).
Comparisons in such a function, as in a relu or a maximum, look at the real part.
"""

import numpy as np

STEP = 1e-100


def slope(f, inputs, name, dout=1.0):
    """The gradient of sum(f(**inputs) * dout) with respect to inputs[name], entry by entry.

    f: a function that is right for complex numbers too. inputs: dict of its arguments. name: that
    of a float64 array among them. Returns an array of its shape.
    """
    x = inputs[name]
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * STEP
        gradient[index] = np.sum(np.imag(f(**{**inputs, name: moved})) * dout) / STEP
    return gradient
