"""Images that become floats only where they are used."""

import numpy as np


class OnDemand:
    """Images as a network's input, prepared when they are asked for: X[which] is an array.

    images: uint8 (N, H, W, 3), such as the file itself. prepare: makes floats (n, …) of some of
    them, such as `lambda images: as_rows(images, mean_image)`. So a minibatch costs a minibatch's
    memory, and never are there floats of all images at once. Solver takes it for an array.
    """

    def __init__(self, images, prepare):
        self.images, self.prepare = images, prepare
        first = prepare(images[:1])
        self.dtype = first.dtype
        self.shape = (len(images), *first.shape[1:])

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return int(np.prod(self.shape))

    def __len__(self):
        return self.shape[0]

    def __getitem__(self, which):
        """The examples of a slice, or of an array of positions, prepared."""
        return self.prepare(self.images[which])
