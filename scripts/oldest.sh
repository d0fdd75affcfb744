#!/bin/sh
# Run the tests with the oldest versions that pyproject.toml allows (needs uv and Python 3.10).
#
# Goldens, exports and real consumers are left out: their bytes belong to the versions of constraints.txt.
set -eu
cd "$(dirname "$0")/.."

venv=${1:-build/oldest}
rm -rf "$venv"
uv venv --quiet --python "${PYTHON:-python3.10}" "$venv"
uv pip install --quiet --python "$venv/bin/python" --resolution lowest-direct --editable '.[test]'
"$venv/bin/python" -m pytest -n auto --dist loadfile -m 'not external' --ignore=tests/golden
