#!/bin/sh
# Build the wheel, install it alone, and use it away from the checkout: what a user gets from PyPI.
set -eu
cd "$(dirname "$0")/.."

checkout=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1

"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" wheel -qq --no-deps --wheel-dir "$work/dist" .
"$work/venv/bin/pip" install -qq --constraint constraints.txt "$work"/dist/quizforge-*.whl

cd "$work"
"$work/venv/bin/quizforge" --version
"$work/venv/bin/python" -m quizforge --version
"$work/venv/bin/quizforge" validate "$checkout/banks"
"$work/venv/bin/quizforge" export "$checkout/banks" -o "$work/exports" --locked
test -n "$(find "$work/exports" -type f -name '*.apkg')"
