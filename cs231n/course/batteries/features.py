"""Further cases of the features by hand."""

import colorsys
import math
from itertools import product

import numpy as np

from cs231n.course.checking.battery import battery
from cs231n.course.checking.invariants import stream

PICTURE = 1e-6  # what numbers of a picture are asked for, as a share of the largest


@battery("image_gradient", returns={"gy": "array", "gx": "array"}, single=True)
def image_gradient(trial):
    random = np.random.RandomState(0)
    for title, gray in [
        ("more columns than rows", random.uniform(0, 255, size=(4, 6))),
        ("more rows than columns", random.uniform(0, 1, size=(5, 3))),
        ("uint8", random.randint(0, 256, size=(5, 4)).astype(np.uint8)),
        ("integers", random.randint(-9, 10, size=(3, 3))),
        ("two rows", random.normal(size=(2, 4))),
        ("one row", random.normal(size=(1, 5))),
        ("one column", random.normal(size=(5, 1))),
        ("one pixel", np.array([[7.0]])),
        ("all black", np.zeros((3, 4))),
        ("constant", np.full((3, 3), 200, dtype=np.uint8)),
    ]:
        gy, gx = trial.call(title, {"gray": gray}, single=gray.dtype == float)
        trial.close("gy", gy, slopes(gray.tolist()))
        trial.close("gx", gx, np.transpose(slopes(gray.T.tolist())))
        kind = f"they are {gy.dtype} and {gx.dtype}"
        trial.that(f"they are floats ({title})", gy.dtype.kind + gx.dtype.kind == "ff", kind)
    trial.no_loop("pixels", lambda n: {"gray": np.ones((n, n))}, 4, 40)


def slopes(rows):
    """From row to row, number by number; at the edges between the last two."""
    last = len(rows) - 1
    slope = []
    for i in range(len(rows)):
        before, after = max(i - 1, 0), min(i + 1, last)
        pairs = zip(rows[before], rows[after], strict=True)
        slope.append([(b - a) / max(1, after - before) for a, b in pairs])
    return slope


@battery("zero_crossings", returns={"edges": "labels"})
def zero_crossings(trial):
    random = np.random.RandomState(1)
    step = np.zeros((7, 9))
    step[:, 4:] = 100
    square = np.full((10, 11), 30.0)
    square[3:7, 4:8] = 180
    for title, gray, sigma in [
        ("a step to the right", step, 1.0),
        ("a step down", step.T.copy(), 0.7),
        ("a step from bright to dark", 100 - step, 1.0),
        ("a bright square", square, 0.8),
        ("without pattern", random.uniform(0, 255, size=(8, 9)), 0.6),
        ("blurred more", random.uniform(0, 255, size=(8, 9)), 1.5),
        ("uint8", random.randint(0, 256, size=(6, 6)).astype(np.uint8), 0.8),
        ("faint", random.uniform(0, 1e-9, size=(6, 5)), 0.8),
        ("one row", random.uniform(0, 255, size=(1, 12)), 0.8),
        ("one column", random.uniform(0, 255, size=(12, 1)), 0.8),
        ("constant", np.full((5, 6), 77.7), 1.0),
        ("all black", np.zeros((4, 4)), 1.0),
    ]:
        edges = trial.call(title, {"gray": gray, "sigma": sigma})
        trial.close("edges", edges, crossings(gray.astype(float), sigma))
        kind = f"they are {edges.dtype}"
        trial.that(f"they are booleans ({title})", edges.dtype == bool, kind)
    require_no_edge_of_rounding(trial)
    trial.no_loop("pixels", lambda n: {"gray": np.eye(n), "sigma": 0.8}, 8, 40)


def require_no_edge_of_rounding(trial):
    """That a slope which is even has no edge, though rounding bends it a little."""
    even = np.tile(3.3 * np.arange(14), (12, 1))
    title = "brighter at an even rate"
    edges = trial.call(title, {"gray": even, "sigma": 0.8})
    cause = f"{np.count_nonzero(edges)} pixels are marked: what is as small as rounding counts as 0"
    trial.that(f"there is no edge ({title})", not edges.any(), cause, got=edges)


def crossings(gray, sigma):
    """Edges pixel by pixel, from a table of bends; the blur in one sum over both directions."""
    height, width = gray.shape
    reach = int(4 * sigma + 0.5)
    offsets = range(-reach, reach + 1)
    weight = {d: math.exp(-d * d / (2 * sigma * sigma)) for d in offsets}
    total = sum(weight.values())
    blurred = np.zeros(gray.shape)
    for i, j in np.ndindex(gray.shape):
        blurred[i, j] = sum(
            weight[d] * weight[e] * gray[mirrored(i + d, height), mirrored(j + e, width)]
            for d, e in product(offsets, offsets)
        ) / (total * total)
    sign = np.zeros(gray.shape)
    for i, j in np.ndindex(gray.shape):
        around = [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        near = [
            blurred[min(max(a, 0), height - 1), min(max(b, 0), width - 1)] - blurred[i, j]
            for a, b in around
        ]
        if abs(sum(near)) > 1e-6 * np.abs(gray).max():
            sign[i, j] = math.copysign(1, sum(near))
    edges = np.zeros(gray.shape, dtype=int)
    for i, j in np.ndindex(gray.shape):
        following = [(i + 1, j), (i, j + 1)]
        edges[i, j] = any(
            sign[a, b] * sign[i, j] < 0 for a, b in following if a < height and b < width
        )
    return edges


def mirrored(i, length):
    """The pixel that stands at position i of a row that is mirrored at both ends, for ever."""
    i %= 2 * length
    return min(i, 2 * length - 1 - i)


@battery("hog_feature", returns={"features": "array"}, needs=["image_gradient"])
def hog_feature(trial):
    random = np.random.RandomState(2)
    stripes = np.tile(random.uniform(0, 255, size=(1, 24, 3)), (16, 1, 1))
    gray = random.uniform(0, 255, size=(16, 16, 1))
    bright_below = random.uniform(0, 255, size=(24, 24, 3))
    bright_below[:8] /= 20  # the upper cells much fainter than the others
    for title, im in [
        ("a single block", random.uniform(0, 255, size=(16, 16, 3))),
        ("more columns than rows", random.uniform(0, 255, size=(16, 32, 3))),
        ("more rows than columns", random.uniform(0, 255, size=(32, 24, 3))),
        ("pixels left over", random.uniform(0, 255, size=(21, 31, 3))),
        ("uint8", random.randint(0, 256, size=(24, 24, 3)).astype(np.uint8)),
        ("bright and faint cells", bright_below),
        ("vertical stripes", stripes),
        ("horizontal stripes", stripes.transpose(1, 0, 2).copy()),
        ("a grey picture", np.repeat(gray, 3, axis=2)),
        ("numbers of 0..1", random.uniform(size=(16, 24, 3))),
        ("hardly any contrast", 100 + random.uniform(0, 1e-4, size=(16, 16, 3))),
        ("constant", np.full((16, 16, 3), 77.7)),
        ("all black", np.zeros((24, 16, 3))),
        ("constant uint8", np.full((16, 16, 3), 255, dtype=np.uint8)),
    ]:
        features = trial.call(title, {"im": im})
        trial.close("features", features, oriented(im), rtol=PICTURE, atol=PICTURE)
    for height, width in [(15, 32), (32, 15), (32, 1), (1, 1)]:
        title = f"a picture of {height} x {width} pixels"
        trial.raises(ValueError, title, {"im": np.zeros((height, width, 3))})
    # Both have 2 x 2 cells: a loop over these does no harm.
    trial.no_loop("pixels", lambda n: {"im": np.zeros((n, n, 3))}, 16, 23)


def oriented(im):
    """The blocks of histograms of a picture, pixel by pixel and cell by cell."""
    red, green, blue = im.astype(float).transpose(2, 0, 1)
    gray = 0.299 * red + 0.587 * green + 0.114 * blue
    gy, gx = np.array(slopes(gray.tolist())), np.transpose(slopes(gray.T.tolist()))
    rows, columns = len(gray) // 8, len(gray[0]) // 8
    cells = np.zeros((rows, columns, 9))
    for i, j in product(range(8 * rows), range(8 * columns)):
        angle = math.degrees(math.atan2(gy[i, j], gx[i, j])) % 180
        cells[i // 8, j // 8, min(int(angle / 20), 8)] += math.hypot(gx[i, j], gy[i, j])
    blocks = []
    for r, c in product(range(rows - 1), range(columns - 1)):
        block = [v for a, b in product((r, r + 1), (c, c + 1)) for v in cells[a, b].tolist()]
        length = math.sqrt(sum(v * v for v in block) + 0.01**2)
        blocks += [v / length for v in block]
    return blocks


@battery("color_histogram_hsv", returns={"histogram": "labels"}, by_name=True)
def color_histogram_hsv(trial):
    random = np.random.RandomState(3)
    grays = np.repeat(np.array([[0, 255, 128], [1, 77, 254]]), 3).reshape(2, 3, 3)
    blues = colours(random, (4, 4), within=(0.55, 0.7))
    for title, im, settings in [
        ("ten bins", colours(random, (5, 7)), {}),
        ("another number of bins", colours(random, (6, 4)), {"nbin": 7}),
        ("one bin", colours(random, (3, 3)), {"nbin": 1}),
        ("floats", colours(random, (6, 5)) * 0.5, {"nbin": 6}),
        ("numbers of 0..1", colours(random, (5, 5)) / 255, {"nbin": 6, "xmax": 1}),
        ("numbers of pixels", colours(random, (5, 6)), {"normalized": False}),
        ("blues only", blues, {}),
        ("from the yellow on", colours(random, (6, 6)), {"nbin": 5, "xmin": 45}),
        ("no hue from xmin on", blues, {"nbin": 5, "xmin": 230}),
        ("black, grey and white", grays.astype(np.uint8), {}),
        ("all black", np.zeros((4, 3, 3)), {"normalized": False}),
        ("one column", colours(random, (6, 1)), {"nbin": 4}),
        ("one pixel", colours(random, (1, 1)), {}),
    ]:
        histogram = trial.call(title, {"im": im, **settings})
        trial.close("histogram", histogram, hues(im, **settings), rtol=PICTURE)
    trial.no_loop("pixels", lambda n: {"im": np.full((n, n, 3), 9.0)}, 4, 40)


def colours(random, shape, within=(0, 1)):
    """A picture of uint8 whose hues lie between `within`, and on no border of any bin."""
    pixels = []
    while len(pixels) < math.prod(shape):
        pixel = random.randint(0, 256, size=3)
        hue = colorsys.rgb_to_hsv(*pixel / 255)[0]
        off = min(abs(hue * n - round(hue * n)) for n in (1, 4, 6, 7, 10))
        restricted = abs((hue * 255 - 45) / 42 % 1 - 0.5) < 0.49
        if within[0] < hue < within[1] and off > 1e-3 and restricted:
            pixels.append(pixel)
    return np.reshape(pixels, (*shape, 3)).astype(np.uint8)


def hues(im, nbin=10, xmin=0, xmax=255, normalized=True):
    """The histogram of a picture's hues, pixel by pixel."""
    counts = [0] * nbin
    for pixel in im.reshape(-1, 3).astype(float) / xmax:
        hue = colorsys.rgb_to_hsv(*pixel)[0] * xmax
        if hue >= xmin:
            counts[int((hue - xmin) * nbin / (xmax - xmin))] += 1
    return [count / max(1, sum(counts)) if normalized else count for count in counts]


@battery("kmeans", returns={"centers": "array"})
def kmeans(trial):
    random = np.random.RandomState(4)
    clouds = np.concatenate([random.normal(c, 0.7, size=(12, 2)) for c in (-4, 0, 5)])
    for title, x, k, num_iters in [
        ("three clouds", clouds, 3, 8),
        ("one round", clouds, 4, 1),
        ("no cloud at all", random.normal(size=(30, 5)), 6, 3),
        ("one centre", random.normal(size=(7, 3)), 1, 2),
        ("a centre for each example", random.normal(size=(5, 2)), 5, 2),
        ("equal examples", np.concatenate([[[1.0, 2]] * 4, clouds[::3]]), 15, 3),
        ("far from the origin", 1e4 + random.normal(size=(20, 2)), 3, 4),
    ]:
        inputs = {"x": x, "k": k, "num_iters": 0, "seed": 7}
        start = trial.call(f"{title}, at the start", inputs)
        require_start(trial, title, x, k, start)
        centers = trial.call(title, inputs | {"num_iters": num_iters})
        trial.close("centers", centers, moved(x, start, num_iters), rtol=1e-8)
    require_seeded(trial, clouds)
    require_own_stream(trial, clouds)
    once = {"k": 2, "num_iters": 1, "seed": 0}
    trial.no_loop("examples", lambda n: {"x": np.arange(n)[:, None] * 1.0, **once}, 6, 60)
    many = {"x": random.normal(size=(20000, 30)), **once, "k": 40}
    trial.memory("20,000 examples, 40 centres", many, 60)


def require_start(trial, title, x, k, start):
    """That k of the examples are there, each at most as often as it is given."""
    trial.close("the shape of the centres", start.shape, (k, x.shape[1]))
    given = [tuple(row) for row in x.tolist()]
    drawn = [tuple(row) for row in start.tolist()]
    strange = [row for row in drawn if row not in given]
    cause = f"{len(strange)} of the {k} are none of them"
    trial.that(f"the centres begin at examples ({title})", not strange, cause, got=start)
    twice = [row for row in set(drawn) if drawn.count(row) > given.count(row)]
    cause = f"{len(twice)} are drawn more than once: replace=False"
    trial.that(f"no example is drawn twice ({title})", not twice, cause)


def require_seeded(trial, x):
    """That another seed draws others."""
    starts = []
    for seed in range(6):
        inputs = {"x": x, "k": 3, "num_iters": 0, "seed": seed}
        starts.append(trial.call(f"seed {seed}", inputs).tolist())
    cause = "six seeds give one and the same start"
    others = any(start != starts[0] for start in starts)
    got = np.array(starts[0])
    trial.that("the seed decides which examples are drawn", others, cause, got=got)


def require_own_stream(trial, x):
    """That numpy's stream, which belongs to the caller, is left alone."""
    trial.settle()
    before = stream()
    trial.call("numpy's stream", {"x": x, "k": 3, "num_iters": 1, "seed": 1})
    cause = "np.random.seed(…) or a draw from np.random moves it"
    trial.that("numpy's own stream stays where it is", stream() == before, cause)


def moved(x, centers, num_iters):
    """The centres after so many rounds, example by example."""
    centers = centers.tolist()
    for _ in range(num_iters):
        owned = [[] for _ in centers]
        for row in x.tolist():
            distances = [math.dist(row, center) for center in centers]
            owned[distances.index(min(distances))].append(row)
        centers = [
            [math.fsum(column) / len(own) for column in zip(*own, strict=True)] if own else center
            for own, center in zip(owned, centers, strict=True)
        ]
    return centers


@battery("spatial_pyramid", returns={"histograms": "array"})
def spatial_pyramid(trial):
    random = np.random.RandomState(5)
    for title, shape, num_words, levels in [
        ("two levels", (4, 6), 3, 2),
        ("one level", (3, 5), 4, 1),
        ("three levels", (8, 12), 5, 3),
        ("four levels", (16, 8), 2, 4),
        ("sizes that do not divide", (10, 7), 3, 3),
        ("a square", (4, 4), 3, 3),
        ("fewer rows than cells", (3, 5), 2, 3),
        ("one column", (6, 1), 3, 2),
        ("one word", (4, 4), 1, 3),
        ("words that do not occur", (4, 6), 40, 2),
    ]:
        words = random.randint(0, min(num_words, 7), size=shape)
        histograms = trial.call(title, {"words": words, "num_words": num_words, "levels": levels})
        trial.close("histograms", histograms, pyramid(words, num_words, levels))
    constant = np.full((4, 4), 2)
    title = "the same word everywhere"
    histograms = trial.call(title, {"words": constant, "num_words": 4, "levels": 3})
    trial.close("histograms", histograms, pyramid(constant, 4, 3))
    settings = {"num_words": 3, "levels": 2}
    trial.no_loop("places", lambda n: {"words": np.zeros((n, n), int), **settings}, 4, 40)


def pyramid(words, num_words, levels):
    """Each word thrown into its cell of each level."""
    height, width = words.shape
    whole = []
    for level in range(levels):
        n = 2**level
        weight = 1 / 2 ** (levels - 1) if level == 0 else 1 / 2 ** (levels - level)
        cells = np.zeros((n, n, num_words))
        for i, j in np.ndindex(words.shape):
            row = max(r for r in range(n) if r * height // n <= i)
            column = max(c for c in range(n) if c * width // n <= j)
            cells[row, column, words[i, j]] += weight / (height * width)
        whole += cells.ravel().tolist()
    return whole
