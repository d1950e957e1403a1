"""The embedded stand-in for CIFAR-10: ten kinds of shape in 32x32 colour images.

The same bytes come out on every machine. Random numbers come from
`np.random.RandomState`, whose stream is frozen, and only as uniform numbers, bytes
and permutations. Pixels are made by operations that IEEE 754 fixes to the last bit:
+ - * / sqrt abs min max and comparisons. No sine, no exponential, no sum over an
array: their last bit depends on the processor.

Images are drawn in blocks of N = 250, as float32 canvases (N, 3, 32, 32). Lengths are
in pixels from the middle of the image, x to the right and y down; colours run from 0
to 255.
"""

import numpy as np

CLASS_NAMES = (
    "disc",
    "ring",
    "square",
    "triangle",
    "star",
    "cross",
    "heart",
    "moon",
    "arrow",
    "hourglass",
)
NUM_TRAIN = 6000
NUM_TEST = 1000

_SPLITS = {"train": (NUM_TRAIN, 0), "test": (NUM_TEST, 2000)}  # images, seed of block 0
_BLOCK = 250  # images that share a seed; 25 of each class
_AXIS = np.arange(32, dtype=np.float32) - 15.5  # pixel centres
_BARS = 3  # pieces of clutter in an image

# Each class leans to one hue, and two share it: a hint that a linear classifier can
# take, too weak to name the class.
_HUES = np.array(
    [
        [22, 0, -22],
        [22, -22, 0],
        [0, 22, -22],
        [-22, 22, 0],
        [-22, 0, 22],
        [0, -22, 22],
        [22, 0, -22],
        [-22, 22, 0],
        [0, -22, 22],
        [22, -22, 0],
    ],
    dtype=np.float32,
)


def generate(split: str, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw the first `n` images of a split; they are the same whatever `n` is.

    Args:
        split: "train" or "test".
        n: how many, at most NUM_TRAIN or NUM_TEST.

    Returns:
        images: uint8 (n, 32, 32, 3), channels red, green, blue.
        labels: uint8 (n,), positions in CLASS_NAMES.
    """
    if split not in _SPLITS:
        raise ValueError(f"split is {split!r}, expected 'train' or 'test': ask for one of these")
    size, first_seed = _SPLITS[split]
    if not 0 <= n <= size:
        raise ValueError(f"n is {n}, expected 0 to {size}: ask for fewer {split} images")
    images = np.empty((n, 32, 32, 3), np.uint8)
    labels = np.empty(n, np.uint8)
    for start in range(0, n, _BLOCK):
        part = slice(start, min(start + _BLOCK, n))
        count = part.stop - part.start
        block_images, block_labels = _draw_block(first_seed + start // _BLOCK)
        images[part], labels[part] = block_images[:count], block_labels[:count]
    return images, labels


def _draw_block(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One block: images (N, 32, 32, 3) of 0..255 and labels (N,)."""
    stream = np.random.RandomState(seed)
    labels = stream.permutation(_BLOCK) % len(CLASS_NAMES)
    ground = _uniform(stream, 75, 180, 1) + _uniform(stream, -25, 25, 3)
    canvas = np.empty((_BLOCK, 3, 32, 32), np.float32)
    canvas[...] = ground[:, :, None, None]
    for _ in range(_BARS):
        _paint_bar(stream, canvas, ground)
    _paint_shape(stream, canvas, ground, labels)
    _add_light(stream, canvas)
    _add_noise(stream, canvas)
    images = np.minimum(np.maximum(canvas, 0), 255).astype(np.uint8)
    return images.transpose(0, 2, 3, 1), labels


def _uniform(stream: np.random.RandomState, low: float, high: float, *shape: int) -> np.ndarray:
    """Numbers between low and high, float32 (N, *shape)."""
    return (low + (high - low) * stream.random_sample((_BLOCK, *shape))).astype(np.float32)


def _sign(stream: np.random.RandomState, share: float) -> np.ndarray:
    """+1 for this share of the images and -1 for the others, float32 (N, 1)."""
    plus = stream.random_sample((_BLOCK, 1)) < share
    return np.where(plus, np.float32(1), np.float32(-1))


# --- Painting -------------------------------------------------------------------------


def _paint_bar(stream: np.random.RandomState, canvas: np.ndarray, ground: np.ndarray) -> None:
    """Clutter: a bar anywhere, at any angle, lighter or darker than the ground (N, 3)."""
    x, y = _own_axes(_uniform(stream, -16, 16, 2), _uniform(stream, -1, 1))
    half_width, half_length = _uniform(stream, 1, 2.2, 1, 1), _uniform(stream, 2, 6, 1, 1)
    distance = np.maximum(np.abs(x) - half_width, np.abs(y) - half_length)
    contrast = _sign(stream, 0.5) * _uniform(stream, 10, 45, 1)
    _blend(canvas, ground + contrast + _uniform(stream, -20, 20, 3), distance)


def _paint_shape(
    stream: np.random.RandomState, canvas: np.ndarray, ground: np.ndarray, labels: np.ndarray
) -> None:
    """Each image's shape, a little shifted and turned; mostly bright on dark.

    Were it always bright on dark, a linear classifier would do too well; were it
    bright as often as dark, its templates would be empty.
    """
    x, y = _own_axes(_uniform(stream, -5.5, 5.5, 2), _uniform(stream, -0.2, 0.2))
    radius = _uniform(stream, 5.5, 9.5, 1, 1)
    x, y = x / radius, y / radius
    distance = np.empty_like(x)
    for label, shape in enumerate(_SHAPES):
        mine = labels == label
        distance[mine] = shape(x[mine], y[mine])
    contrast = _sign(stream, 0.85) * _uniform(stream, 55, 110, 1)
    colour = ground + contrast + _uniform(stream, -25, 25, 3) + _HUES[labels]
    _blend(canvas, colour, distance * radius)


def _own_axes(centre: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pixel centres as x, y (N, 32, 32) from a centre (N, 2), turned by an angle.

    The angle is given as t (N,), the tangent of its half: then its cosine and sine
    are fractions and need no library.
    """
    cos = ((1 - t * t) / (1 + t * t))[:, None, None]
    sin = (2 * t / (1 + t * t))[:, None, None]
    x = _AXIS - centre[:, 0, None, None]
    y = _AXIS[:, None] - centre[:, 1, None, None]
    return cos * x + sin * y, cos * y - sin * x


def _blend(canvas: np.ndarray, colour: np.ndarray, distance: np.ndarray) -> None:
    """Paint where distance (N, 32, 32) < 0 in colour (N, 3), the edge one pixel soft."""
    cover = np.minimum(np.maximum(0.5 - distance, 0), 1)
    for channel in range(3):
        plane = canvas[:, channel]
        plane += (colour[:, channel, None, None] - plane) * cover


def _add_light(stream: np.random.RandomState, canvas: np.ndarray) -> None:
    """Light, slightly coloured, that falls off across the image: misleads raw distances."""
    slope = _uniform(stream, -42, 42, 2, 1, 1, 1) + _uniform(stream, -15, 15, 2, 3, 1, 1)
    axis = _AXIS / 16
    canvas += slope[:, 0] * axis + slope[:, 1] * axis[:, None]


def _add_noise(stream: np.random.RandomState, canvas: np.ndarray) -> None:
    """Noise of standard deviation 16, nearly bell-shaped: two uniform bytes added."""
    for channel in range(3):
        plane = canvas[:, channel]
        dice = np.frombuffer(stream.bytes(2 * plane.size), np.uint8).reshape(2, *plane.shape)
        plane += (dice[0].astype(np.float32) + dice[1] - 255) * 0.15


# --- Shapes: distance to the edge, negative inside; about 1 in radius -----------------


def _disc(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.sqrt(x * x + y * y) - 0.9


def _ring(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.abs(np.sqrt(x * x + y * y) - 0.72) - 0.22


def _square(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.maximum(np.abs(x), np.abs(y)) - 0.8


def _triangle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.maximum(y - 0.7, 0.87 * np.abs(x) - 0.5 * y - 0.5)


def _star(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    # Mirror the plane until all five points lie on the upper one. 36 degrees: cos, sin.
    cos, sin = 0.809, 0.588
    x, y = np.abs(x), -y
    for side in (cos, -cos):
        beyond = 2 * np.maximum(side * x - sin * y, 0)
        x, y = x - side * beyond, y + sin * beyond
    return 0.84 * np.abs(x) + 0.54 * (y - 1.1)


def _cross(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    x, y = np.abs(x), np.abs(y)
    return np.maximum(np.maximum(x, y) - 0.95, np.minimum(x, y) - 0.3)


def _heart(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    x = np.abs(x)
    side, up = x - 0.45, y + 0.3
    lobes = np.sqrt(side * side + up * up) - 0.5
    point = np.maximum(0.71 * (x + y) - 0.6, -up)
    return np.minimum(lobes, point)


def _moon(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    x = x - 0.2
    bite = x - 0.5
    return np.maximum(np.sqrt(x * x + y * y) - 1, 0.8 - np.sqrt(bite * bite + y * y))


def _arrow(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    x = np.abs(x)
    head = np.maximum(y - 0.05, 0.75 * x - 0.66 * y - 0.66)
    shaft = np.maximum(x - 0.25, np.abs(y - 0.4) - 0.6)
    return np.minimum(head, shaft)


def _hourglass(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    x, y = np.abs(x), np.abs(y)
    return np.maximum(y - 0.9, 0.71 * (x - y) - 0.05)


# In the order of CLASS_NAMES.
_SHAPES = (
    _disc,
    _ring,
    _square,
    _triangle,
    _star,
    _cross,
    _heart,
    _moon,
    _arrow,
    _hourglass,
)
