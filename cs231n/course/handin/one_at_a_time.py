"""Two updates at once would be in each other's way."""

from contextlib import contextmanager
from pathlib import Path

LOCK = ".update.lock"


@contextmanager
def one_at_a_time(root):
    """Holds the lock of a copy. Raises TimeoutError where another one holds it."""
    from filelock import FileLock  # not needed where nothing is updated

    with FileLock(Path(root) / LOCK, timeout=10):
        yield
