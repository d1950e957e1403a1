#!/bin/sh
# Fetch CIFAR-10 into datasets/ and verify it: ./get_datasets.sh --help
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# Python 3.10 or newer, with the packages that the fetching needs
fits() {
    "$1" -c 'import sys; assert sys.version_info >= (3, 10)
import filelock, imageio, numpy, pooch, tqdm' 2>/dev/null
}

# the active environment's Python, the project's own, the system's
find_python() {
    for candidate in python "$root/.venv/bin/python" python3; do
        if fits "$candidate"; then
            python=$candidate
            return
        fi
    done
    echo "No Python here has the packages; building .venv (once) ..."
    make -s -C "$root" .venv/.installed || {
        echo "That failed. The notebooks need these packages too: see README.md." >&2
        exit 1
    }
    python=$root/.venv/bin/python
}

find_python
# Neither `cd "$root"`, as a relative --from FILE means the caller's folder, nor a plain
# `-m`, which would look for the package in that folder first.
exec "$python" -c 'import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("cs231n.get_datasets", run_name="__main__")' "$root" "$@"
