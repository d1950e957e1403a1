"""Features by hand: what eyes for machines were made of before networks learned theirs.

Each function is asked for one picture, gray (H, W) or im (H, W, 3). Written with axes that count
from the end, such as gray[..., 1:, :] or axis=-1, the same lines take a whole stack of pictures,
(N, H, W) or (N, H, W, 3), and return a stack of results. `extract_features` tries that first,
since it is several times as fast, and goes one by one where it fails.
"""

from itertools import pairwise

import numpy as np
from matplotlib.colors import rgb_to_hsv
from numpy.lib.stride_tricks import sliding_window_view
from tqdm.auto import tqdm

BATCH = 250  # pictures at once: what they take lies close to the processor
TRIED = 3  # pictures on which a function shows whether it takes many
GRAY = (0.299, 0.587, 0.114)  # ITU-R BT.601


def extract_features(imgs, feature_fns, verbose=False):
    """What several feature functions say of each picture, side by side. Given.

    imgs: (N, H, W, 3), N >= 1, uint8 or floats in 0..255. feature_fns: functions of a picture,
    which they get as float32, that return F1, F2, … numbers. verbose: shows a progress bar, and
    says which functions go one by one.

    A function that gives the same for a stack of pictures as for each of them is called with
    stacks, others with one picture after the other.

    Returns float32 (N, F1 + F2 + …).
    """
    few = imgs[:TRIED].astype(np.float32)
    of_many = [_for_many(function, few, verbose) for function in feature_fns]
    width = sum(function(few).shape[1] for function in of_many)
    features = np.empty((len(imgs), width), np.float32)
    with tqdm(total=len(imgs), disable=not verbose, desc="pictures") as bar:
        for start in range(0, len(imgs), BATCH):
            batch = imgs[start : start + BATCH].astype(np.float32)
            rows = [function(batch) for function in of_many]
            features[start : start + BATCH] = np.hstack(rows)
            bar.update(len(batch))
    return features


def _for_many(function, few, verbose):
    """The function itself where it takes a stack of pictures, else one that loops over them."""

    def one_by_one(pictures):
        return np.stack([np.ravel(function(picture)) for picture in pictures])

    expected = one_by_one(few)
    try:
        got = np.asarray(function(few.copy()))
    except Exception:  # made for one picture, it may stumble over a stack in any way
        got = None
    if got is not None and got.shape == expected.shape and np.allclose(got, expected, atol=1e-4):
        return function
    if verbose:
        print(f"{getattr(function, '__name__', 'a function')} takes the pictures one by one")
    return one_by_one


def rgb2gray(rgb):
    """The grey levels of a picture: 0.299 red + 0.587 green + 0.114 blue. Given.

    rgb: (…, H, W, 3), uint8 or floats. Returns floats (…, H, W), of the floats' type.
    """
    return sum(share * rgb[..., channel] for channel, share in enumerate(GRAY))


def image_gradient(gray):
    """How much brighter it gets from row to row, and from column to column.

    gray: (H, W), integers or floats. Inside, the slope is a centred difference, half of what lies
    between the two neighbours; at an edge, where one of them is missing, it is the difference of
    the last two pixels:

        gy[i, j] = (gray[i + 1, j] - gray[i - 1, j]) / 2
        gy[0, j] = gray[1, j] - gray[0, j]        gy[H - 1, j] = gray[H - 1, j] - gray[H - 2, j]

    and gx likewise along the rows. Where there is only one pixel in a direction, the slope is 0.

    Returns (gy, gx), floats (H, W) each, of gray's type if that is floats. (uint8 wraps around:
    3 - 5 is 254.) The arrays given stay as they are.
    """
    # TODO: floats first. Zeros of gray's shape, then three assignments for each of the two; a
    # picture of a single row has no second one.
    raise NotImplementedError("TODO: image_gradient")


def gaussian_blur(gray, sigma):
    """Blurs a picture: each pixel becomes a mean of those around, weighted by a gaussian. Given.

    gray: (…, H, W). sigma: the standard deviation in pixels, above 0; the window ends at 4 sigma.
    Beyond an edge, the picture is mirrored. Returns floats (…, H, W).
    """
    reach = int(4 * sigma + 0.5)
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2)
    weights = (weights / weights.sum()).tolist()
    blurred = gray
    for axis in (-2, -1):
        padding = [(0, 0)] * gray.ndim
        padding[axis] = (reach, reach)
        padded = np.pad(blurred, padding, mode="symmetric")
        pieces = np.moveaxis(padded, axis, 0)
        length = gray.shape[axis]
        total = sum(w * pieces[i : i + length] for i, w in enumerate(weights))
        blurred = np.moveaxis(total, 0, axis)
    return blurred


def zero_crossings(gray, sigma):
    """The edges of a picture in the sense of Marr and Hildreth: where its bend changes sign.

    gray: (H, W), integers or floats. sigma: how much it is blurred first, by gaussian_blur.

    The bend of the blurred picture s is its Laplacian, the sum of the four neighbours less four
    times the pixel; beyond an edge, the pixel at the edge is repeated:

        L[i, j] = s[i-1, j] + s[i+1, j] + s[i, j-1] + s[i, j+1] - 4 s[i, j]

    A number that is not further from 0 than a millionth of the largest size in gray counts as 0.
    A pixel is an edge where L is positive and L of the next pixel, to the right or below, is
    negative, or the other way round. So the edge between two pixels belongs to the left or upper
    one; and there is none where the picture is constant.

    Returns bool (H, W). Source: Marr and Hildreth, Theory of edge detection, 1980.
    """
    # TODO: gaussian_blur(gray, sigma), np.pad(…, 1, mode="edge") and four slices give L. Then
    # signs of -1, 0 and 1: two neighbours whose product is -1 are opposite.
    raise NotImplementedError("TODO: zero_crossings")


def hog_feature(im):
    """A histogram of oriented gradients: which way the edges run, cell by cell.

    im: (H, W, 3), uint8 or floats; at least 16 x 16, else ValueError.

    1. The grey levels, rgb2gray(im), have a gradient (gy, gx) = image_gradient(gray). Each pixel
       has a strength, the gradient's length, and a direction, the angle of (gx, gy) in 0 up to
       180 degrees: from dark to bright or from bright to dark is all one.
    2. A cell is 8 x 8 pixels; what is left over on the right or below is not used. A cell has 9
       bins of 20 degrees each, the first from 0 up to 20, and each of its pixels adds its strength
       to the bin of its direction. (Rounding can make an angle of 180 of one that is just below:
       that is of the last bin.)
    3. A block is 2 x 2 cells, and blocks overlap: there is one for each cell that has a neighbour
       to the right and below. Its 36 numbers v, the cells row by row, are divided by
       sqrt(sum(v**2) + 0.01**2).

    Returns floats (36 * (rows - 1) * (columns - 1),) for rows x columns cells: the blocks row by
    row; 324 numbers for 32 x 32 pixels. A constant picture gives zeros. The arrays given stay as
    they are. Source: Dalal and Triggs, Histograms of oriented gradients for human detection, 2005.
    """
    # TODO: np.arctan2 gives angles from -pi to pi: which two of them are one direction? For each
    # bin, the strengths of its pixels and 0 elsewhere, summed over the cells: 8 * rows by
    # 8 * columns pixels can be reshaped to (rows, 8, columns, 8). The blocks are four shifted
    # slices of the cells, side by side.
    raise NotImplementedError("TODO: hog_feature")


def color_histogram_hsv(im, nbin=10, xmin=0, xmax=255, normalized=True):
    """Which colours there are in a picture: a histogram of its hue.

    im: (H, W, 3), uint8 or floats in 0..xmax. nbin: how many bins. xmin, xmax: where the first bin
    begins and the last one ends, on a scale on which the hue runs from 0 to xmax.

    The hue is the place on the wheel of colours, 0 up to 1: red at 0, green at 1/3, blue at 2/3.
    It does not depend on how bright or pale the colour is. Black, white and grey have none and
    count as 0. rgb_to_hsv(im / xmax)[..., 0] gives it. Times xmax it is counted in bins of equal
    width: the lower border of a bin belongs to it, and one that comes out at a border may count on
    either side. A hue below xmin is not counted.

    Returns (nbin,) numbers: shares that add up to 1 (zeros where nothing is counted), or, where
    normalized is False, numbers of pixels. The arrays given stay as they are.
    """
    # TODO: the nbin + 1 borders by np.linspace, then np.histogram; or one comparison for each bin.
    raise NotImplementedError("TODO: color_histogram_hsv")


def kmeans(x, k, num_iters, seed):
    """Centres of k clouds: each example belongs to the nearest one.

    x: (N, D) floats. k: 1..N. They begin at k of the examples, drawn without replacement from a
    random stream of their own that begins at seed. Then num_iters times, 0 or more:

    1. each example goes to its nearest centre (Euclidean; of equals the first);
    2. each centre moves to the mean of its examples; one without examples stays.

    There is no loop over the examples, and no array of N * k * D numbers.

    Returns the centres, (k, D) floats. numpy's own stream, np.random, stays where it is. The
    arrays given stay as they are. Source: Lloyd, Least squares quantization in PCM, 1982.
    """
    # TODO: np.random.RandomState(seed).choice(…, replace=False) draws. For the distances: the
    # expansion of the square, as in 01_knn, in which the length of x plays no part.
    raise NotImplementedError("TODO: kmeans")


def spatial_pyramid(words, num_words, levels):
    """Histograms of visual words, of the whole picture, its quarters, their quarters and so on.

    words: (H, W) integers in 0..num_words-1: which word stands where. levels: how many, 1 or more.
    Level l has n x n cells, n = 2**l. The cell in row r of them holds the rows r * H // n up to
    (r + 1) * H // n, the last one left out, and columns likewise; it may be empty.

    A cell's histogram counts each word in it, over H * W, times the weight of its level,

        1 / 2**L at level 0        1 / 2**(L - l + 1) at the levels l = 1 … L        L = levels - 1

    so that finer places count more, and all is as much as 1 together.

    Returns floats (num_words * (1 + 4 + 16 + …),): level by level, cells row by row, words in
    their order. The arrays given stay as they are. Source: Lazebnik, Schmid and Ponce, Beyond bags
    of features: spatial pyramid matching, 2006.
    """
    # TODO: loops over the levels, and over the rows and columns of their cells. A cell is a slice
    # of words; np.bincount counts one, or a comparison with all word numbers and a sum.
    raise NotImplementedError("TODO: spatial_pyramid")


def patches_of(im, size=6, stride=3):
    """Small windows of a picture, each with mean 0 and the same contrast. Given.

    im: (…, H, W, 3) numbers in 0..255. size: of a window, in pixels. stride: from one to the next.
    Contrast is divided by the standard deviation plus 10, so that noise is not blown up.

    Returns floats (…, rows, columns, 3 * size * size).
    """
    windows = sliding_window_view(im, (size, size), axis=(-3, -2))
    windows = windows[..., ::stride, ::stride, :, :, :]
    flat = windows.reshape(*windows.shape[:-3], -1).astype(np.result_type(im, np.float32))
    flat -= flat.mean(axis=-1, keepdims=True)
    flat /= flat.std(axis=-1, keepdims=True) + 10
    return flat


def visual_words(im, centers, size=6, stride=3):
    """Which word stands where: of each window of a picture the nearest centre. Given.

    im, size, stride: as for patches_of. centers: (k, 3 * size * size).

    Returns integers in 0..k-1, (…, rows, columns).
    """
    patches = patches_of(im, size, stride)
    return (patches @ centers.T - np.sum(centers**2, axis=1) / 2).argmax(axis=-1)
