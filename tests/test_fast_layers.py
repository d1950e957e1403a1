"""The fast layers: values and gradients of a plain loop, and PyTorch's, at any size and setting."""

import os
import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs231n.course.threads import cores_for_a_batch, take_one_core
from cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
    pieces,
)
from cs231n.im2col import col2im, im2col

TYPES = [np.float32, np.float64]
many = settings(max_examples=200, derandomize=True, deadline=None)


def draw(*shape, dtype=np.float64, seed=0):
    return np.random.RandomState(seed).standard_normal(shape).astype(dtype)


def conv_problem(N=2, C=3, H=7, W=6, F=4, HH=3, WW=2, stride=1, pad=1, dtype=np.float64):
    """x, w, b, dout and conv_param."""
    H_out, W_out = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    x, w, b = draw(N, C, H, W, dtype=dtype), draw(F, C, HH, WW, dtype=dtype), draw(F, dtype=dtype)
    return x, w, b, draw(N, F, H_out, W_out, dtype=dtype), {"stride": stride, "pad": pad}


def pool_problem(
    N=2, C=3, H=7, W=6, pool_height=2, pool_width=3, stride=2, dtype=np.float64, levels=4
):
    """x, dout and pool_param; x takes few values, so that windows hold equal maxima."""
    H_out, W_out = 1 + (H - pool_height) // stride, 1 + (W - pool_width) // stride
    x = np.random.RandomState(0).randint(levels, size=(N, C, H, W)).astype(dtype)
    dout = draw(N, C, H_out, W_out, dtype=dtype, seed=1)
    return x, dout, {"pool_height": pool_height, "pool_width": pool_width, "stride": stride}


def conv_by_hand(x, w, b, dout, conv_param):
    """out, dx, dw and db, one window at a time, in double precision."""
    stride, pad = conv_param["stride"], conv_param["pad"]
    HH, WW = w.shape[2:]
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out, dpadded, dw = np.zeros(dout.shape), np.zeros(padded.shape), np.zeros(w.shape)
    for n, f, i, j in np.ndindex(*dout.shape):
        at = n, slice(None), slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        out[n, f, i, j] = np.sum(padded[at] * w[f]) + b[f]
        dpadded[at] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[at]
    dx = dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
    return out, dx, dw, dout.astype(float).sum(axis=(0, 2, 3))


def pool_by_hand(x, dout, pool_param):
    """out and dx, one window at a time; argmax takes the first of equals."""
    height, width, stride = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    out, dx = np.zeros(dout.shape, x.dtype), np.zeros(x.shape, x.dtype)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * stride : i * stride + height, j * stride : j * stride + width]
        k, m = np.unravel_index(window.argmax(), window.shape)
        out[n, c, i, j] = window[k, m]
        dx[n, c, i * stride + k, j * stride + m] += dout[n, c, i, j]
    return out, dx


def conv_by_pytorch(x, w, b, dout, conv_param):
    torch = pytest.importorskip("torch")
    variables = [torch.tensor(array, requires_grad=True) for array in (x, w, b)]
    out = torch.nn.functional.conv2d(
        *variables, stride=conv_param["stride"], padding=conv_param["pad"]
    )
    gradients = torch.autograd.grad(out, variables, torch.tensor(dout))
    return [tensor.detach().numpy() for tensor in (out, *gradients)]


def pool_by_pytorch(x, dout, pool_param):
    torch = pytest.importorskip("torch")
    variable = torch.tensor(x, requires_grad=True)
    size = pool_param["pool_height"], pool_param["pool_width"]
    out = torch.nn.functional.max_pool2d(variable, size, stride=pool_param["stride"])
    (dx,) = torch.autograd.grad(out, variable, torch.tensor(dout))
    return [out.detach().numpy(), dx.numpy()]


def conv_fast(x, w, b, dout, conv_param):
    out, cache = conv_forward_fast(x, w, b, conv_param)
    return out, *conv_backward_fast(dout, cache)


def pool_fast(x, dout, pool_param):
    out, cache = max_pool_forward_fast(x, pool_param)
    return out, max_pool_backward_fast(dout, cache)


def assert_agree(got, expected, dtype):
    """Same shapes, the type of the input, and values up to the rounding of a sum of many terms."""
    for ours, theirs in zip(got, expected, strict=True):
        assert ours.shape == theirs.shape
        assert ours.dtype == dtype
        tolerance = 200 * np.finfo(dtype).eps
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=10 * tolerance)


@st.composite
def conv_settings(draw_from):
    """Any images, padding and stride, and any filter that fits."""
    N, C, F = (draw_from(st.integers(1, 4)) for _ in "NCF")
    H, W = (draw_from(st.integers(1, 9)) for _ in "HW")
    pad = draw_from(st.integers(0, 3))
    HH, WW = (draw_from(st.integers(1, size + 2 * pad)) for size in (H, W))
    return {
        "N": N,
        "C": C,
        "H": H,
        "W": W,
        "F": F,
        "HH": HH,
        "WW": WW,
        "stride": draw_from(st.integers(1, 5)),
        "pad": pad,
        "dtype": draw_from(st.sampled_from(TYPES)),
    }


@st.composite
def pool_settings(draw_from):
    N, C = (draw_from(st.integers(1, 4)) for _ in "NC")
    H, W = (draw_from(st.integers(1, 9)) for _ in "HW")
    height, width = (draw_from(st.integers(1, size)) for size in (H, W))
    return {
        "N": N,
        "C": C,
        "H": H,
        "W": W,
        "pool_height": height,
        "pool_width": width,
        "stride": draw_from(st.integers(1, 5)),
        "dtype": draw_from(st.sampled_from(TYPES)),
        "levels": draw_from(st.sampled_from([1, 2, 4, 1000])),
    }


CONV_EDGES = {
    "1x1 filters": {"HH": 1, "WW": 1, "pad": 0},
    "1x1 filters, padded": {"HH": 1, "WW": 1, "pad": 2},
    "filter as large as the image": {"HH": 7, "WW": 6, "pad": 0},
    "filter as large as the padded image": {"HH": 9, "WW": 8, "pad": 1},
    "padding wider than the filter": {"pad": 4},
    "stride larger than the filter": {"stride": 4},
    "stride larger than the image": {"stride": 20},
    "stride that leaves pixels over": {"H": 8, "W": 9, "stride": 3, "pad": 0},
    "one channel": {"C": 1},
    "one filter": {"F": 1},
    "one image": {"N": 1},
    "one pixel": {"N": 1, "C": 1, "H": 1, "W": 1, "F": 1, "HH": 1, "WW": 1, "pad": 0},
    "all sizes differ": {"N": 5, "C": 2, "H": 9, "W": 4, "F": 3, "HH": 2, "WW": 5},
    "no image": {"N": 0},
}
POOL_EDGES = {
    "2x2": {"H": 6, "W": 8, "pool_width": 2},
    "overlapping": {"pool_height": 3, "stride": 1},
    "overlapping, leaving pixels over": {"H": 8, "W": 8, "pool_height": 3, "stride": 2},
    "all pixels equal": {"levels": 1},
    "1x1": {"pool_height": 1, "pool_width": 1, "stride": 1},
    "as large as the image": {"pool_height": 7, "pool_width": 6},
    "stride larger than the window": {"stride": 4},
    "one image, one channel": {"N": 1, "C": 1},
    "no image": {"N": 0},
}


def edges(cases):
    return pytest.mark.parametrize("case", cases.values(), ids=cases.keys())


class TestConvolution:
    @edges(CONV_EDGES)
    @pytest.mark.parametrize("dtype", TYPES)
    def test_edges_agree_with_a_loop(self, case, dtype):
        problem = conv_problem(**case, dtype=dtype)
        assert_agree(conv_fast(*problem), conv_by_hand(*problem), dtype)

    @edges(CONV_EDGES)
    @pytest.mark.parametrize("dtype", TYPES)
    def test_edges_agree_with_pytorch(self, case, dtype):
        problem = conv_problem(**case, dtype=dtype)
        assert_agree(conv_fast(*problem), conv_by_pytorch(*problem), dtype)

    @many
    @given(conv_settings())
    def test_agrees_with_a_loop(self, case):
        problem = conv_problem(**case)
        assert_agree(conv_fast(*problem), conv_by_hand(*problem), case["dtype"])

    @many
    @given(conv_settings())
    def test_agrees_with_pytorch(self, case):
        problem = conv_problem(**case)
        assert_agree(conv_fast(*problem), conv_by_pytorch(*problem), case["dtype"])

    @pytest.mark.parametrize("piece_bytes", [1, 5000, 10**9])
    @pytest.mark.parametrize("stride", [1, 2])
    def test_pieces_do_not_show(self, monkeypatch, piece_bytes, stride):
        monkeypatch.setattr(pieces, "PIECE_BYTES", piece_bytes)
        problem = conv_problem(N=7, stride=stride)
        assert_agree(conv_fast(*problem), conv_by_hand(*problem), np.float64)

    def test_memory_is_bounded(self):
        """The windows of the whole batch would take 59 MB."""
        problem = conv_problem(N=100, C=64, H=16, W=16, F=8, HH=3, WW=3, dtype=np.float32)
        tracemalloc.start()
        try:
            conv_fast(*problem)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 25e6

    @pytest.mark.parametrize("layout", [np.asfortranarray, lambda a: np.repeat(a, 2, -1)[..., ::2]])
    def test_any_memory_layout(self, layout):
        *arrays, conv_param = conv_problem()
        got = conv_fast(*map(layout, arrays), conv_param)
        assert_agree(got, conv_by_hand(*arrays, conv_param), np.float64)

    def test_inputs_stay_as_they_are(self):
        *arrays, conv_param = conv_problem()
        for array in arrays:
            array.flags.writeable = False
        conv_fast(*arrays, conv_param)
        assert conv_param == {"stride": 1, "pad": 1}

    def test_each_gradient_has_its_variables_type(self):
        x, w, b, dout, conv_param = conv_problem()
        _, cache = conv_forward_fast(x.astype(np.float32), w, b.astype(np.float32), conv_param)
        gradients = conv_backward_fast(dout, cache)
        assert [each.dtype for each in gradients] == [np.float32, np.float64, np.float32]

    @pytest.mark.parametrize(
        ("arguments", "numbers"),
        [
            ({"x": draw(2, 3, 7)}, r"x must be \(N, C, H, W\), not of shape \(2, 3, 7\)"),
            ({"w": draw(4, 3, 3)}, r"w must be \(F, C, HH, WW\), not of shape \(4, 3, 3\)"),
            ({"b": draw(4, 1)}, r"b must be \(F,\), not of shape \(4, 1\)"),
            ({"b": draw(5)}, r"4 filters, so b must be \(4,\), not \(5,\)"),
            ({"x": draw(2, 5, 7, 6)}, "x has 5 channels and w has 3"),
            ({"x": draw(2, 3, 0, 6)}, r"x of shape \(2, 3, 0, 6\)"),
            ({"w": draw(4, 3, 10, 2)}, "filter, 10 x 2, .* image, 7 x 6 with pad 1: 9 x 8"),
            ({"stride": 0}, "stride must be a whole number of at least 1, not 0"),
            ({"stride": 1.5}, "stride must be a whole number of at least 1, not 1.5"),
            ({"pad": -1}, "pad must be a whole number of at least 0, not -1"),
        ],
    )
    def test_settings_that_do_not_fit(self, arguments, numbers):
        x, w, b, _, conv_param = conv_problem()
        given_ = {"x": x, "w": w, "b": b, **conv_param, **arguments}
        param = {"stride": given_["stride"], "pad": given_["pad"]}
        with pytest.raises(ValueError, match=numbers):
            conv_forward_fast(given_["x"], given_["w"], given_["b"], param)

    def test_images_of_bytes_are_no_floats(self):
        x, w, b, _, conv_param = conv_problem()
        with pytest.raises(TypeError, match=r"x holds uint8, .*x\.astype"):
            conv_forward_fast(x.astype(np.uint8), w, b, conv_param)

    def test_dout_of_another_shape(self):
        x, w, b, dout, conv_param = conv_problem()
        _, cache = conv_forward_fast(x, w, b, conv_param)
        with pytest.raises(ValueError, match=r"\(2, 4, 7, 7\), not \(2, 4, 7, 6\)"):
            conv_backward_fast(dout[..., 1:], cache)


class TestMaxPooling:
    @edges(POOL_EDGES)
    @pytest.mark.parametrize("dtype", TYPES)
    def test_edges_agree_with_a_loop(self, case, dtype):
        problem = pool_problem(**case, dtype=dtype)
        assert_agree(pool_fast(*problem), pool_by_hand(*problem), dtype)

    @edges(POOL_EDGES)
    @pytest.mark.parametrize("dtype", TYPES)
    def test_edges_agree_with_pytorch(self, case, dtype):
        problem = pool_problem(**case, dtype=dtype)
        assert_agree(pool_fast(*problem), pool_by_pytorch(*problem), dtype)

    @many
    @given(pool_settings())
    def test_agrees_with_a_loop(self, case):
        problem = pool_problem(**case)
        assert_agree(pool_fast(*problem), pool_by_hand(*problem), case["dtype"])

    @many
    @given(pool_settings())
    def test_agrees_with_pytorch(self, case):
        problem = pool_problem(**case)
        assert_agree(pool_fast(*problem), pool_by_pytorch(*problem), case["dtype"])

    @pytest.mark.parametrize("piece_bytes", [1, 5000, 10**9])
    @pytest.mark.parametrize("stride", [1, 2])
    def test_pieces_do_not_show(self, monkeypatch, piece_bytes, stride):
        monkeypatch.setattr(pieces, "PIECE_BYTES", piece_bytes)
        problem = pool_problem(N=7, stride=stride)
        assert_agree(pool_fast(*problem), pool_by_hand(*problem), np.float64)

    def test_a_window_of_more_places_than_a_byte_can_count(self):
        problem = pool_problem(H=17, W=18, pool_height=17, pool_width=17, stride=1, levels=1000)
        assert_agree(pool_fast(*problem), pool_by_hand(*problem), np.float64)

    def test_the_first_of_equals_gets_the_gradient(self):
        x = np.array([[[[1.0, 5.0, 2.0], [5.0, 5.0, 2.0]]]])
        _, dx = pool_fast(
            x, np.array([[[[7.0, 9.0]]]]), {"pool_height": 2, "pool_width": 2, "stride": 1}
        )
        np.testing.assert_array_equal(dx, [[[[0, 16, 0], [0, 0, 0]]]])

    def test_an_infinite_gradient_stays_with_its_pixel(self):
        x, dout, pool_param = pool_problem()
        dout[:] = np.inf
        got = pool_fast(x, dout, pool_param)
        assert_agree(got, pool_by_hand(x, dout, pool_param), np.float64)

    @pytest.mark.parametrize("layout", [np.asfortranarray, lambda a: np.repeat(a, 2, -1)[..., ::2]])
    def test_any_memory_layout(self, layout):
        x, dout, pool_param = pool_problem()
        got = pool_fast(layout(x), layout(dout), pool_param)
        assert_agree(got, pool_by_hand(x, dout, pool_param), np.float64)

    def test_inputs_stay_as_they_are(self):
        x, dout, pool_param = pool_problem()
        before = dict(pool_param)
        x.flags.writeable = dout.flags.writeable = False
        pool_fast(x, dout, pool_param)
        assert pool_param == before

    @pytest.mark.parametrize(
        ("changed", "numbers"),
        [
            ({"pool_height": 8}, "pooling window, 8 x 3, is larger than the image, 7 x 6"),
            ({"pool_width": 0}, "pool_width must be a whole number of at least 1, not 0"),
            ({"stride": 0}, "stride must be a whole number of at least 1, not 0"),
        ],
    )
    def test_settings_that_do_not_fit(self, changed, numbers):
        x, _, pool_param = pool_problem()
        with pytest.raises(ValueError, match=numbers):
            max_pool_forward_fast(x, {**pool_param, **changed})

    def test_x_of_other_axes_or_type(self):
        x, _, pool_param = pool_problem()
        with pytest.raises(ValueError, match=r"\(N, C, H, W\), not of shape \(3, 7, 6\)"):
            max_pool_forward_fast(x[0], pool_param)
        with pytest.raises(TypeError, match="x holds int64"):
            max_pool_forward_fast(x.astype(np.int64), pool_param)

    def test_dout_of_another_shape(self):
        x, dout, pool_param = pool_problem()
        _, cache = max_pool_forward_fast(x, pool_param)
        with pytest.raises(ValueError, match=r"\(2, 3, 3, 2\), not \(2, 3, 3, 1\)"):
            max_pool_backward_fast(dout[..., 1:], cache)


class TestFirstLayer:
    @pytest.mark.parametrize("stride", [1, 2])
    def test_without_the_gradient_of_the_pictures(self, stride):
        problem = conv_problem(stride=stride)
        _, _, dw, db = conv_by_hand(*problem)
        *arrays, dout, conv_param = problem
        _, cache = conv_forward_fast(*arrays, conv_param)
        dx, *others = conv_backward_fast(dout, cache, needs_dx=False)
        assert dx is None
        assert_agree(others, (dw, db), np.float64)


# Sizes for which the gradient of the images is collected, and others for which it is added up.
WAYS = {"collected": {"C": 4, "F": 2}, "added": {"C": 1, "F": 4}, "row by row": {"stride": 2}}


class TestCores:
    """A batch may be spread over cores: nobody can tell from the results."""

    @staticmethod
    def on(cores, compute, monkeypatch):
        monkeypatch.setattr(pieces, "PIECE_BYTES", 5000)
        monkeypatch.setattr(pieces, "cores_for_a_batch", lambda: cores)
        return compute()

    @edges(WAYS)
    @pytest.mark.parametrize("dtype", TYPES)
    def test_the_same_bits_on_any_number_of_them(self, monkeypatch, case, dtype):
        problem = conv_problem(N=40, **case, dtype=dtype)
        alone, two, many = (self.on(n, lambda: conv_fast(*problem), monkeypatch) for n in (1, 2, 7))
        for one, *others in zip(alone, two, many, strict=True):
            assert all(one.tobytes() == other.tobytes() for other in others)

    @pytest.mark.parametrize("dtype", TYPES)
    def test_pools_too(self, monkeypatch, dtype):
        problem = pool_problem(N=40, dtype=dtype)
        alone, two = (self.on(n, lambda: pool_fast(*problem), monkeypatch) for n in (1, 2))
        for one, other in zip(alone, two, strict=True):
            assert one.tobytes() == other.tobytes()

    def test_where_no_thread_can_be_started(self, monkeypatch):
        def refuse(*_):
            raise RuntimeError("can't start new thread")

        monkeypatch.setattr("threading.Thread.start", refuse)
        problem = conv_problem(N=40)
        got = self.on(2, lambda: conv_fast(*problem), monkeypatch)
        assert_agree(got, conv_by_hand(*problem), np.float64)

    def test_where_the_second_thread_cannot_be_started(self, monkeypatch):
        start = threading.Thread.start
        started = []

        def refuse(thread):
            started.append(thread)
            if len(started) > 1:
                raise RuntimeError("can't start new thread")
            start(thread)

        monkeypatch.setattr("threading.Thread.start", refuse)
        assert self.on(3, lambda: pieces.spread(abs, range(-50, 0)), monkeypatch) == [
            *range(50, 0, -1)
        ]

    @pytest.mark.parametrize("cores", [1, 2])
    def test_what_is_raised_is_raised(self, monkeypatch, cores):
        def work(piece):
            raise IndexError(piece)

        with pytest.raises(IndexError):
            self.on(cores, lambda: pieces.spread(work, [1, 2, 3]), monkeypatch)

    def test_what_another_thread_raises_is_raised(self, monkeypatch):
        here = threading.get_ident()
        other_is_done = threading.Event()

        def work(piece):
            if threading.get_ident() == here:
                assert other_is_done.wait(60)
                return piece
            other_is_done.set()
            raise IndexError(piece)

        with pytest.raises(IndexError):
            self.on(2, lambda: pieces.spread(work, [1, 2, 3]), monkeypatch)

    def test_no_thread_is_left_behind(self, monkeypatch):
        before = threading.active_count()
        self.on(4, lambda: conv_fast(*conv_problem(N=40)), monkeypatch)
        assert threading.active_count() == before

    def test_one_where_matrix_products_take_them_all(self, monkeypatch):
        monkeypatch.setattr(os, "environ", {})
        assert cores_for_a_batch() == 1
        take_one_core(os.environ)
        assert 1 <= cores_for_a_batch() <= os.cpu_count()


class TestColumns:
    def test_a_window_is_a_column(self):
        images = np.arange(12.0).reshape(1, 1, 3, 4)
        columns = im2col(images, (2, 2), 1, (2, 3))
        np.testing.assert_array_equal(columns.T[0], [0, 1, 4, 5])
        np.testing.assert_array_equal(columns.T[-1], [6, 7, 10, 11])

    @pytest.mark.parametrize("stride", [1, 2, 3])
    def test_a_window_holds_channel_row_column(self, stride):
        images = draw(3, 2, 7, 8)
        columns = im2col(images, (3, 2), stride, (2, 3))
        windows = [
            images[:, n, i : i + 3, j : j + 2]
            for n in (0, 1)
            for i in range(0, 2 * stride, stride)
            for j in range(0, 3 * stride, stride)
        ]
        np.testing.assert_array_equal(columns.T, [window.ravel() for window in windows])

    def test_writes_where_it_is_told_to(self):
        images, room = draw(3, 2, 5, 6), np.zeros((18, 30))
        assert im2col(images, (3, 2), 1, (3, 5), out=room) is room
        np.testing.assert_array_equal(room, im2col(images, (3, 2), 1, (3, 5)))

    @pytest.mark.parametrize("stride", [1, 2])
    def test_back_each_number_goes_to_its_pixel(self, stride):
        """The two are each other's transpose: <im2col(x), columns> = <x, col2im(columns)>."""
        images, back = draw(3, 2, 7, 8), np.zeros((3, 2, 7, 8))
        columns = draw(18, 12, seed=1)
        col2im(columns, back, (3, 2), stride, (2, 3))
        forwards = np.sum(im2col(images, (3, 2), stride, (2, 3)) * columns)
        np.testing.assert_allclose(np.sum(images * back), forwards)
