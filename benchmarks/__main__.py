"""All benchmarks in one table: `python -m benchmarks [PART …]`, in most of an hour.

PART is one or more of loading, knn, convolution, verdict, notebooks and busy; the last two run
every solved notebook, on both data sets.
"""

import argparse

from benchmarks import busy, convolution, knn, loading, notebooks, verdict
from benchmarks.measure import print_table

PARTS = {
    module.__name__.split(".")[1]: module
    for module in (loading, knn, convolution, verdict, notebooks, busy)
}


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parts = parser.parse_args().parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print_table(row for part in parts for row in PARTS[part].rows())


if __name__ == "__main__":
    main()
