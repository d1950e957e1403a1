"""Which files are the course as a learner has it: told by their names."""

from fnmatch import fnmatchcase

FOLDERS = ("cs231n", "docs", ".binder", ".devcontainer")
FILES = (
    "notebooks/*.ipynb",
    "notebooks/conftest.py",
    "datasets/README.md",
    "datasets/*.sha256",
    ".gitattributes",
    ".github/workflows/notebooks.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    "LICENSE",
    "Makefile",
    "README.md",
    "get_datasets.sh",
    "pyproject.toml",
    "requirements.txt",
)


def is_of_course(path: str) -> bool:
    """Whether a file is the course's, by its path with forward slashes."""
    depth = path.count("/")
    return path.split("/")[0] in FOLDERS or any(
        fnmatchcase(path, each) for each in FILES if each.count("/") == depth
    )
