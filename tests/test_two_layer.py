"""06_two_layer_net: the key against PyTorch, training in float32, tuning; files read one by one,
and what a check says when it rests on another exercise."""

import subprocess
import sys
import textwrap

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs231n.course.checking.known_nets import KnownNets
from cs231n.course.checking.stand_ins import replace_params
from cs231n.course.pictures.nets import show_net
from cs231n.course.training.precision import in_float32
from cs231n.optim import sgd
from cs231n.solver import Solver
from cs231n.vis_utils import show_regions
from instructor.answers import answers_below, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

NAMES = (
    "affine_forward",
    "affine_backward",
    "relu_forward",
    "relu_backward",
    "svm_loss",
    "softmax_loss",
)
LOSSES = ("svm_loss", "softmax_loss")
TORCH = {"rtol": 1e-9, "atol": 1e-9}
properties = settings(max_examples=25, deadline=None, derandomize=True)


@pytest.fixture(scope="session")
def layers(import_solved):
    """The key's layers, by name."""
    homes = {"affine": NAMES[:2], "activations": NAMES[2:4], "losses": NAMES[4:]}
    return {
        name: getattr(import_solved(f"cs231n.layers.{home}"), name)
        for home, names in homes.items()
        for name in names
    }


@pytest.fixture(scope="session")
def fc_net(import_solved):
    return import_solved("cs231n.classifiers.fc_net")


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip("torch")


@st.composite
def batches(draw):
    """x of any shape (N, d1, …, dk), w, b and dout."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    shape = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    outputs = draw(st.integers(1, 5))
    inputs = int(np.prod(shape[1:]))
    shapes = (shape, (inputs, outputs), outputs, (shape[0], outputs))
    return tuple(random.normal(size=size) for size in shapes)


@st.composite
def scores_and_labels(draw):
    """Scores (N, C) of any size, and labels."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    N, C = draw(st.integers(1, 7)), draw(st.integers(2, 6))
    scale = draw(st.sampled_from([1e-3, 1.0, 100.0]))
    return scale * random.normal(size=(N, C)), random.randint(C, size=N)


@st.composite
def nets(draw):
    """The parameters of a net, a minibatch, labels and reg."""
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    N, D, H, C = (draw(st.integers(*bounds)) for bounds in ((1, 6), (1, 7), (1, 8), (2, 5)))
    shapes = {"W1": (D, H), "b1": H, "W2": (H, C), "b2": C}
    params = {name: random.normal(size=shape) for name, shape in shapes.items()}
    reg = draw(st.sampled_from([0.0, 0.3, 4.0]))
    return params, random.normal(size=(N, D)), random.randint(C, size=N), reg


def make_net(fc_net, params, reg):
    net = fc_net.TwoLayerNet(reg=reg)
    net.params = {name: w.copy() for name, w in params.items()}
    return net


def leaves(torch, *arrays):
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def torch_loss(torch, params, X, y, reg):
    """The loss of the net that `params`, tensors, make."""
    hidden = torch.relu(torch.tensor(X).flatten(1) @ params["W1"] + params["b1"])
    scores = hidden @ params["W2"] + params["b2"]
    penalty = (params["W1"] ** 2).sum() + (params["W2"] ** 2).sum()
    return torch.nn.functional.cross_entropy(scores, torch.tensor(y)) + 0.5 * reg * penalty


# The layers, against PyTorch


@properties
@given(batch=batches())
def test_the_affine_layer_is_pytorchs(layers, torch, batch):
    x, w, b, dout = batch
    tensors = leaves(torch, x, w, b)
    expected = tensors[0].flatten(1) @ tensors[1] + tensors[2]
    expected.backward(torch.tensor(dout))
    out, cache = layers["affine_forward"](x, w, b)
    np.testing.assert_allclose(out, expected.detach().numpy(), **TORCH)
    grads = layers["affine_backward"](dout, cache)
    for grad, tensor in zip(grads, tensors, strict=True):
        assert grad.shape == tuple(tensor.shape)
        np.testing.assert_allclose(grad, tensor.grad.numpy(), **TORCH)


@properties
@given(batch=batches())
def test_the_relu_is_pytorchs(layers, torch, batch):
    x = batch[0]
    dout = np.cos(x)
    (tensor,) = leaves(torch, x)
    expected = torch.relu(tensor)
    expected.backward(torch.tensor(dout))
    out, cache = layers["relu_forward"](x)
    np.testing.assert_allclose(out, expected.detach().numpy(), **TORCH)
    np.testing.assert_allclose(layers["relu_backward"](dout, cache), tensor.grad.numpy(), **TORCH)


def test_the_relus_slope_at_the_kink_is_pytorchs(layers, torch):
    (tensor,) = leaves(torch, np.array([-1.0, 0.0, 1.0]))
    torch.relu(tensor).sum().backward()
    _, cache = layers["relu_forward"](np.array([-1.0, 0.0, 1.0]))
    dx = layers["relu_backward"](np.ones(3), cache)
    np.testing.assert_array_equal(dx, tensor.grad.numpy())


@pytest.mark.parametrize("name", LOSSES)
@properties
@given(batch=scores_and_labels())
def test_the_losses_are_pytorchs(layers, torch, name, batch):
    x, y = batch
    (scores,) = leaves(torch, x)
    if name == "svm_loss":
        # PyTorch divides by the number of classes as well.
        expected = torch.nn.functional.multi_margin_loss(scores, torch.tensor(y)) * x.shape[1]
    else:
        expected = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    expected.backward()
    loss, dx = layers[name](x, y)
    np.testing.assert_allclose(loss, expected.item(), **TORCH)
    np.testing.assert_allclose(dx, scores.grad.numpy(), **TORCH)


@pytest.mark.parametrize("name", LOSSES)
def test_the_losses_are_those_of_the_linear_classifiers(layers, import_solved, name):
    """With W = 1 they are the losses of 02_svm and 03_softmax."""
    kind = name.removesuffix("_loss")
    module = import_solved(f"cs231n.classifiers.{'linear_svm' if kind == 'svm' else 'softmax'}")
    random = np.random.RandomState(0)
    x, y = random.normal(size=(6, 4)), random.randint(4, size=6)
    expected, _ = getattr(module, f"{name}_vectorized")(np.eye(4), x, y, 0.0)
    np.testing.assert_allclose(layers[name](x, y)[0], expected, rtol=1e-12)


def test_softmax_is_stable(layers):
    x = np.array([[1e4, 1e4 + 3, -1e4], [-1e4, -1e4, -1e4 - 1]])
    loss, dx = layers["softmax_loss"](x, np.array([2, 0]))
    assert np.isfinite(loss)
    np.testing.assert_allclose(dx.sum(axis=1), 0, atol=1e-12)


# The network, against PyTorch


@properties
@given(problem=nets())
def test_loss_and_gradients_of_the_net_are_pytorchs(fc_net, torch, problem):
    params, X, y, reg = problem
    tensors = dict(zip(params, leaves(torch, *params.values()), strict=True))
    expected = torch_loss(torch, tensors, X, y, reg)
    expected.backward()
    loss, grads = make_net(fc_net, params, reg).loss(X, y)
    np.testing.assert_allclose(loss, expected.item(), **TORCH)
    assert grads.keys() == params.keys()
    for name, tensor in tensors.items():
        np.testing.assert_allclose(grads[name], tensor.grad.numpy(), **TORCH)


@pytest.fixture(scope="module")
def clouds():
    """Three clouds in the plane that overlap a little, as pictures of one row."""
    random = np.random.RandomState(1)
    y = np.arange(150) % 3
    X = np.array([[0, 2], [2, -1], [-2, -1]])[y] + random.normal(scale=0.6, size=(150, 2))
    X = X.reshape(-1, 1, 2)
    return {"X_train": X[:120], "y_train": y[:120], "X_val": X[120:], "y_val": y[120:]}


def test_ten_steps_are_pytorchs(fc_net, torch, clouds):
    """The same start, the same minibatches, the same parameters at the end."""
    random = np.random.RandomState(2)
    np.random.seed(0)
    net = fc_net.TwoLayerNet(2, 8, 3, weight_scale=0.5, reg=0.1)
    tensors = dict(zip(net.params, leaves(torch, *net.params.values()), strict=True))
    optimizer = torch.optim.SGD(tensors.values(), lr=0.3)
    for _ in range(10):
        batch = random.randint(120, size=20)
        X, y = clouds["X_train"][batch], clouds["y_train"][batch]
        optimizer.zero_grad()
        torch_loss(torch, tensors, X, y, 0.1).backward()
        optimizer.step()
        _, grads = net.loss(X, y)
        for name, grad in grads.items():
            net.params[name], _ = sgd(net.params[name], grad, {"learning_rate": 0.3})
    for name, tensor in tensors.items():
        np.testing.assert_allclose(net.params[name], tensor.detach().numpy(), **TORCH)


# float32


def test_layers_keep_float32(layers):
    random = np.random.RandomState(3)
    x, w, b = (random.normal(size=shape).astype("f4") for shape in ((4, 2, 3), (6, 5), 5))
    out, cache = layers["affine_forward"](x, w, b)
    arrays = [out, *layers["affine_backward"](out, cache)]
    out, cache = layers["relu_forward"](out)
    arrays += [out, layers["relu_backward"](out, cache)]
    arrays += [layers[name](out, np.array([0, 1, 2, 0]))[1] for name in LOSSES]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_training_in_float32_stays_there(fc_net, clouds):
    np.random.seed(0)
    net = in_float32(fc_net.TwoLayerNet(2, 8, 3, weight_scale=0.5, reg=1e-3))
    single = {name: a.astype("f4") if name[0] == "X" else a for name, a in clouds.items()}
    assert net.loss(single["X_val"]).dtype == np.float32
    _, grads = net.loss(single["X_val"], single["y_val"])
    assert {grad.dtype for grad in grads.values()} == {np.dtype(np.float32)}
    solver = fc_net.Solver(
        net, single, optim_config={"learning_rate": 0.3}, num_epochs=2, lr_decay=0.9, verbose=False
    )
    solver.train()
    assert {w.dtype for w in net.params.values()} == {np.dtype(np.float32)}


class NetOfParts:
    """A net whose parts refer to its dict of parameters, as those made of layer objects do."""

    def __init__(self, reg=0.0, dtype=np.float64):
        self.reg, self.dtype = reg, dtype
        self.params = {"w": np.zeros(2, dtype), "left_over": np.zeros(1, dtype)}
        self.part = {"params": self.params}


def test_the_parts_of_a_net_see_its_float32():
    net = in_float32(NetOfParts())
    assert net.part["params"]["w"].dtype == net.dtype == np.float32


def test_the_parts_of_a_net_see_the_parameters_of_a_check():
    net, w = NetOfParts(), np.ones(3)
    replace_params(net, {"w": w})
    assert net.part["params"].keys() == {"w"}
    np.testing.assert_array_equal(net.part["params"]["w"], w)
    assert not np.shares_memory(net.params["w"], w)


# Learning and tuning


def test_a_net_learns_what_no_line_can_part(fc_net):
    """A cloud in the middle of a ring."""
    random = np.random.RandomState(4)
    y = np.arange(200) % 2
    angle = random.uniform(0, 2 * np.pi, size=200)
    radius = np.where(y == 1, 2.0, 0.4) + 0.1 * random.normal(size=200)
    X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    data = {"X_train": X[:160], "y_train": y[:160], "X_val": X[160:], "y_val": y[160:]}
    np.random.seed(0)
    net = fc_net.TwoLayerNet(2, 20, 2, weight_scale=0.5, reg=1e-4)
    solver = fc_net.Solver(
        net,
        data,
        optim_config={"learning_rate": 0.5},
        batch_size=40,
        num_epochs=30,
        verbose=False,
    )
    solver.train()
    assert np.mean(solver.loss_history[-10:]) < 0.1 * solver.loss_history[0]
    assert solver.best_val_acc == 1


def test_a_new_nets_loss_is_that_of_a_guess(fc_net):
    np.random.seed(0)
    net = fc_net.TwoLayerNet()
    loss, _ = net.loss(np.random.randn(5, 3, 32, 32), np.arange(5))
    assert loss == pytest.approx(np.log(10), abs=0.01)
    assert sum(w.size for w in net.params.values()) == 3072 * 100 + 100 + 100 * 10 + 10


@pytest.mark.parametrize(("batch_size", "lr_decay"), [(5, 1.0), (20, 0.9), (10, 0.5)])
def test_known_nets_do_as_well_as_is_said(batch_size, lr_decay):
    settings = (3, 0.1, 0.5)
    nets = KnownNets({settings: [2, 7, 4]}, {settings: [1, 5, 20]})
    net = nets(input_dim=12, hidden_dim=3, num_classes=4, reg=0.5)
    solver = Solver(
        net,
        nets.data,
        optim_config={"learning_rate": 0.1},
        lr_decay=lr_decay,
        batch_size=batch_size,
        num_epochs=3,
        verbose=False,
    )
    solver.train()
    assert solver.val_acc_history == [0, 2 / 8, 7 / 8, 4 / 8]
    assert solver.train_acc_history == [0, 1 / 20, 5 / 20, 1]
    assert net.settings == settings
    assert solver.check_accuracy(nets.data["X_val"], nets.data["y_val"]) == solver.best_val_acc
    assert sum(net.batches) == 3 * 20


def test_tuning_on_two_cores_gives_what_one_core_gives(fc_net, clouds):
    grid = {"hidden_dims": [2, 6], "learning_rates": [0.1, 1.0], "regs": [0.0]}
    one, best_one = fc_net.tune_two_layer_net(clouds, **grid, num_epochs=2, batch_size=40)
    two, best_two = fc_net.tune_two_layer_net(clouds, **grid, num_epochs=2, batch_size=40, n_jobs=2)
    assert one == two
    assert list(one) == [(2, 0.1, 0.0), (2, 1.0, 0.0), (6, 0.1, 0.0), (6, 1.0, 0.0)]
    for name, w in best_one.params.items():
        np.testing.assert_array_equal(w, best_two.params[name])


def test_tuning_leaves_the_random_stream_alone(fc_net, clouds):
    np.random.seed(5)
    expected = np.random.RandomState(5).uniform(size=3)
    fc_net.tune_two_layer_net(clouds, [2], [0.1], [0.0], num_epochs=1)
    np.testing.assert_array_equal(np.random.uniform(size=3), expected)


# One file a family


@pytest.fixture
def with_answers(tmp_path):
    """Writes a tree with these texts as answers, {id: text, or None for the key's}."""
    stubs = find_stubs(TREE)
    keys = answers_below(SOLUTIONS, stubs)

    def write(**answers):
        given = {}
        for name, text in answers.items():
            if text is None:
                given[name] = keys[name]
                continue
            path = tmp_path / f"{name}.py"
            path.write_text(textwrap.dedent(text), encoding="utf-8")
            given[name] = answers_below(path, stubs)[name]
        assemble(given, tmp_path / "tree")
        return tmp_path / "tree"

    return write


def run_python(tree, source, *arguments):
    """What a program prints that runs in `tree`, or the last line of its error."""
    command = [sys.executable, "-c", textwrap.dedent(source), *arguments]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return run.stdout.strip() if run.returncode == 0 else run.stderr.strip().splitlines()[-1]


def test_a_star_import_gives_the_public_names_and_no_other(solved):
    source = """
        before = set(dir()) | {"before"}
        from cs231n.layers import *
        import cs231n.layers
        names = set(dir()) - before - {"cs231n"}
        assert names == set(cs231n.layers.__all__), names
        print(*sorted(names), len(affine_forward.__doc__) > 50)
    """
    *names, documented = run_python(solved, source).split()
    assert set(NAMES) <= set(names)
    assert documented == "True"
    assert not [name for name in names if name.startswith("_")]


def test_names_that_are_not_there_are_told_of():
    import cs231n.layers as package

    with pytest.raises(AttributeError, match=r"'cs231n\.layers' has no attribute 'afine_forward'"):
        package.afine_forward  # noqa: B018


def test_a_slip_in_one_file_keeps_only_its_own_names_from_importing(with_answers):
    tree = with_answers(affine_forward=None, softmax_loss=None)
    broken = tree / "cs231n/layers/activations.py"
    broken.write_text(broken.read_text(encoding="utf-8") + "\n\nx = (1,\n", encoding="utf-8")
    source = "from cs231n.layers import affine_backward, affine_forward, softmax_loss; print('ok')"
    assert run_python(tree, source) == "ok"
    assert "SyntaxError" in run_python(tree, "from cs231n.layers import relu_forward")


# What rests on another exercise


def check(tree, exercise):
    """(exit code, what is printed) of `python -m cs231n check`: 0 done, 1 wrong, 2 todo."""
    command = [sys.executable, "-m", "cs231n", "check", exercise]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


WITHOUT_BIAS = """
    def affine_forward(x, w, b):
        return x.reshape(len(x), -1) @ w, (x, w)
"""


def test_a_wrong_forward_pass_is_named_when_the_backward_pass_is_judged(with_answers):
    tree = with_answers(affine_forward=WITHOUT_BIAS, affine_backward=None)
    code, text = check(tree, "affine_backward")
    assert code == 1
    assert "This rests on affine_forward, which is wrong" in text
    assert "the bias b is missing" in text


def test_an_untouched_forward_pass_is_waited_for(with_answers):
    code, text = check(with_answers(affine_backward=None), "affine_backward")
    assert code == 2
    assert "waits for affine_forward" in text


def test_an_answer_that_can_do_without_the_wrong_exercise_passes(with_answers):
    """A net that does the products by itself, beside a wrong layer and stubs."""
    inlined = (TREE / "instructor/alternatives/TwoLayerNet.loss/inlined.py").read_text("utf-8")
    net = {"TwoLayerNet.__init__": None, "TwoLayerNet.loss": inlined}
    tree = with_answers(affine_forward=WITHOUT_BIAS, **net)
    assert check(tree, "TwoLayerNet.loss")[0] == 0


def test_a_failure_that_no_need_explains_is_its_own(with_answers):
    wrong = """
        def affine_backward(dout, cache):
            x, w = cache
            return (dout @ w.T).reshape(x.shape), 2 * x.reshape(len(x), -1).T @ dout, dout.sum(0)
    """
    code, text = check(with_answers(affine_forward=None, affine_backward=wrong), "affine_backward")
    assert code == 1
    assert "dw is wrong" in text
    assert "rests on" not in text


def test_an_exercise_that_only_this_answer_uses_is_named_as_well(with_answers):
    faster = TREE / "instructor/alternatives/spatial_batchnorm_backward/faster.py"
    wrong = """
        def batchnorm_backward_alt(dout, cache):
            return dout, dout.sum(axis=0), dout.sum(axis=0)
    """
    known = dict.fromkeys(["batchnorm_forward", "batchnorm_backward", "spatial_batchnorm_forward"])
    answers = {
        "spatial_batchnorm_backward": faster.read_text("utf-8"),
        "batchnorm_backward_alt": wrong,
    }
    code, text = check(with_answers(**known, **answers), "spatial_batchnorm_backward")
    assert code == 1
    assert "This rests on batchnorm_backward_alt, which is wrong" in text


# Pictures


@pytest.fixture
def axes(monkeypatch):
    """New axes, on a canvas that no window shows."""
    matplotlib.use("agg")
    monkeypatch.setattr(plt, "show", lambda: None)
    _, ax = plt.subplots()
    yield ax
    plt.close("all")


@pytest.mark.usefixtures("axes")
def test_a_picture_of_a_net_names_layers_values_and_gradients():
    show_net(["affine\nW1, b1", "relu"], ["x\n(N, D)", "(N, H)", "h"], [["W1", "b1"], []])
    figure = plt.gcf()
    figure.canvas.draw()
    texts = [text.get_text() for text in figure.axes[-1].texts]
    for text in ("relu", "x\n(N, D)", "dL/dx\n(N, D)", "h", "dL/dh", "dL/dW1, dL/db1"):
        assert text in texts
    assert texts.count("(N, H)") == 2


def test_regions_have_the_class_of_their_place(axes):
    X, y = np.array([[-1.0, 0.0], [1.0, 2.0]]), np.array([0, 3])
    show_regions(lambda places: np.where(places[:, 0] > 0, 3, 0), X, y, axes, "halves")
    (image,) = axes.images
    left, right = np.hsplit(np.asarray(image.get_array()), 2)
    assert (left == 0).all()
    assert (right == 3).all()
    assert image.get_extent() == pytest.approx([-1.1, 1.1, -0.1, 2.1])
    assert axes.get_title() == "halves"
