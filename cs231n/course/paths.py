"""Where this repository is, and how its files are named in messages."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def shown(path):
    """The path as seen from the repository, or whole where it lies outside; forward slashes."""
    path = Path(path)
    return (path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).as_posix()
