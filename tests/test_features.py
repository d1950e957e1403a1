"""The key's answers of 07_features against scipy, scikit-image, matplotlib and scikit-learn."""

import numpy as np
import pytest
from matplotlib.colors import rgb_to_hsv
from scipy import ndimage
from skimage.feature import hog
from sklearn.cluster import KMeans


@pytest.fixture(scope="module")
def features(import_solved):
    return import_solved("cs231n.features")


@pytest.fixture(scope="module")
def pictures():
    """Smooth random pictures, uint8 (7, 32, 40, 3)."""
    noise = np.random.RandomState(0).uniform(0, 255, size=(7, 32, 40, 3))
    smooth = ndimage.gaussian_filter(noise, (0, 2, 2, 0))
    spread = (smooth - smooth.min()) / np.ptp(smooth)
    return np.round(255 * spread).astype(np.uint8)


def test_slopes_are_scipys_differences_inside_of_the_picture(features, pictures):
    gray = features.rgb2gray(pictures[0])
    gy, gx = features.image_gradient(gray)
    for got, axis in [(gy, 0), (gx, 1)]:
        expected = ndimage.correlate1d(gray, [-0.5, 0, 0.5], axis=axis)
        np.testing.assert_allclose(got[1:-1, 1:-1], expected[1:-1, 1:-1], atol=1e-10)
        np.testing.assert_allclose(got, np.gradient(gray, axis=axis), atol=1e-10)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.7, 20.0])
@pytest.mark.parametrize("shape", [(12, 17), (1, 9), (9, 1)])
def test_the_blur_is_scipys(features, sigma, shape):
    gray = np.random.RandomState(1).uniform(size=shape)
    expected = ndimage.gaussian_filter(gray, sigma)
    np.testing.assert_allclose(features.gaussian_blur(gray, sigma), expected, rtol=1e-10)


def opposite(bend, tiny):
    """Where a number and the next one, to the right or below, have opposite signs."""
    sign = np.where(abs(bend) > tiny, np.sign(bend), 0)
    edges = np.zeros(bend.shape, dtype=bool)
    edges[:, :-1] |= sign[:, :-1] * sign[:, 1:] < 0
    edges[:-1] |= sign[:-1] * sign[1:] < 0
    return edges


@pytest.mark.parametrize("sigma", [0.8, 1.5, 3.0])
def test_edges_are_where_scipys_laplacian_of_the_blurred_picture_changes_sign(
    features, pictures, sigma
):
    gray = features.rgb2gray(pictures[1])
    bend = ndimage.laplace(ndimage.gaussian_filter(gray, sigma), mode="nearest")
    expected = opposite(bend, 1e-6 * gray.max())
    np.testing.assert_array_equal(features.zero_crossings(gray, sigma), expected)
    assert 0.02 < expected.mean() < 0.5


def test_edges_are_nearly_those_of_the_laplacian_of_a_gaussian(features, pictures):
    """The derivative of the gaussian itself, in place of differences of what it blurred."""
    gray = features.rgb2gray(pictures[2])
    log = opposite(ndimage.gaussian_laplace(gray, 2.0), 1e-6 * gray.max())
    ours = features.zero_crossings(gray, 2.0)
    near = ndimage.binary_dilation(log, np.ones((3, 3)))
    assert (ours & near).sum() > 0.95 * ours.sum()


def framed(picture):
    """With two equal pixels at each edge, where scikit-image takes no differences."""
    return np.pad(picture[2:-2, 2:-2], [(2, 2), (2, 2), (0, 0)], mode="edge")


def test_hog_is_that_of_scikit_image(features, pictures):
    for picture in pictures:
        im = framed(picture).astype(float)
        expected = hog(
            features.rgb2gray(im),
            orientations=9,
            pixels_per_cell=(8, 8),
            cells_per_block=(2, 2),
            block_norm="L2",
        )
        np.testing.assert_allclose(features.hog_feature(im), expected, rtol=1e-5, atol=1e-6)


def test_hog_hardly_minds_light_and_forgets_the_sign_of_contrast(features, pictures):
    im = pictures[3].astype(float)
    as_it_is = features.hog_feature(im)
    np.testing.assert_allclose(features.hog_feature(0.3 * im + 50), as_it_is, atol=1e-6)
    np.testing.assert_allclose(features.hog_feature(255 - im), as_it_is, atol=1e-6)


@pytest.mark.parametrize("nbin", [4, 9, 10])
def test_hues_are_counted_as_by_numpy(features, pictures, nbin):
    for picture in pictures:
        hue = rgb_to_hsv(picture / 255)[..., 0]
        expected, _ = np.histogram(hue, bins=nbin, range=(0, 1))
        got = features.color_histogram_hsv(picture, nbin=nbin, normalized=False)
        # A hue at the border of two bins may count in either.
        assert abs(got - expected).sum() <= 2 * np.isclose(hue * nbin % 1, [[0], [1]][0]).sum()
        shares = features.color_histogram_hsv(picture, nbin=nbin)
        np.testing.assert_allclose(shares, got / hue.size)


@pytest.mark.parametrize("num_iters", [1, 3, 100])
def test_the_centers_are_those_of_scikit_learn(features, num_iters):
    x = np.random.RandomState(2).normal(size=(300, 4))
    start = features.kmeans(x, 7, 0, seed=3)
    theirs = KMeans(7, init=start, n_init=1, max_iter=num_iters, tol=0, algorithm="lloyd").fit(x)
    centers = features.kmeans(x, 7, num_iters, seed=3)
    np.testing.assert_allclose(centers, theirs.cluster_centers_, rtol=1e-8)


def test_a_pyramid_holds_each_word_in_each_level(features):
    words = np.random.RandomState(4).randint(0, 6, size=(9, 11))
    histograms = features.spatial_pyramid(words, 6, levels=3)
    assert histograms.shape == (6 * 21,)
    for level, (start, stop) in enumerate([(0, 1), (1, 5), (5, 21)]):
        cells = histograms[6 * start : 6 * stop].reshape(-1, 6)
        weight = 1 / 2 ** (2 if level == 0 else 3 - level)
        expected = weight * np.bincount(words.ravel(), minlength=6) / 99
        np.testing.assert_allclose(cells.sum(axis=0), expected)
    np.testing.assert_allclose(histograms.sum(), 1)


def test_all_functions_take_stacks(features, pictures):
    gray = features.rgb2gray(pictures)
    words = np.random.RandomState(5).randint(0, 5, size=(7, 6, 8))
    centers = np.random.RandomState(6).normal(size=(5, 108))
    for function, stack in [
        (features.rgb2gray, pictures),
        (lambda g: np.stack(features.image_gradient(g), axis=-1), gray),
        (lambda g: features.gaussian_blur(g, 1.2), gray),
        (lambda g: features.zero_crossings(g, 1.2), gray),
        (features.hog_feature, pictures),
        (features.color_histogram_hsv, pictures),
        (lambda w: features.spatial_pyramid(w, 5, 2), words),
        (features.patches_of, pictures),
        (lambda im: features.visual_words(im, centers), pictures),
    ]:
        one_by_one = np.stack([function(each) for each in stack])
        np.testing.assert_allclose(function(stack), one_by_one, rtol=1e-10, atol=1e-12)


def test_a_word_is_the_nearest_center(features, pictures):
    centers = np.random.RandomState(7).normal(size=(9, 108))
    patches = features.patches_of(pictures[0])
    assert patches.shape == (9, 12, 108)
    np.testing.assert_allclose(patches.mean(axis=-1), 0, atol=1e-6)
    assert (patches.std(axis=-1) < 1).all()
    gaps = ((patches[..., None, :] - centers) ** 2).sum(axis=-1)
    np.testing.assert_array_equal(features.visual_words(pictures[0], centers), gaps.argmin(-1))


class Counting:
    """A function that counts its calls."""

    def __init__(self, function):
        self.function = function
        self.calls = 0

    def __call__(self, im):
        self.calls += 1
        return self.function(im)


def mean_colour(im):
    return im.mean(axis=(-3, -2))


def test_extract_features_puts_them_side_by_side(features, pictures):
    fns = [features.hog_feature, mean_colour]
    got = features.extract_features(pictures, fns)
    assert got.dtype == np.float32
    expected = [np.concatenate([fn(im.astype(np.float32)) for fn in fns]) for im in pictures]
    np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-4)


def test_extract_features_takes_stacks_where_it_can(features, pictures):
    counting = Counting(mean_colour)
    many = np.concatenate([pictures] * 100)
    features.extract_features(many, [counting])
    assert counting.calls <= 3 + 1 + 1 + 3  # the few, one by one and at once, and 700 in batches


@pytest.mark.parametrize(
    "one_picture",
    [
        lambda im: im.mean(axis=(0, 1)),  # of a stack: another shape
        lambda im: im[:3, 0, 0] * 1.0,  # of three pictures: the right shape, other numbers
        lambda im: [float(im[0, 0, 0])],  # of a stack: an error
        lambda im: np.array([[im.max()]]),  # no row of numbers
    ],
)
def test_extract_features_takes_what_is_made_for_one_picture(
    features, pictures, one_picture, capsys
):
    got = features.extract_features(pictures, [one_picture], verbose=True)
    expected = [np.ravel(one_picture(im.astype(np.float32))) for im in pictures]
    np.testing.assert_allclose(got, expected)
    assert "takes the pictures one by one" in capsys.readouterr().out


def test_extract_features_tells_errors_and_what_is_to_do(features, pictures):
    def stub(im):
        raise NotImplementedError("TODO: stub")

    with pytest.raises(NotImplementedError, match="TODO: stub"):
        features.extract_features(pictures, [stub])
    with pytest.raises(ValueError, match="at least"):
        features.extract_features(pictures[:, :8], [features.hog_feature])
