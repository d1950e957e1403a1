#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the machine.
set -euo pipefail
AUTOGRADER=${AUTOGRADER:-/autograder}

apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv bubblewrap
python3 -m venv "$AUTOGRADER/python"
"$AUTOGRADER/python/bin/python" -m pip install --quiet -r "$AUTOGRADER/source/course/requirements.txt"
# The key is in there, and answers run as another user.
chmod 700 "$AUTOGRADER/source"
