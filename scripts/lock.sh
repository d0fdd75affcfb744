#!/bin/sh
# Write constraints.txt anew: one resolution for all Python versions and systems that we test.
set -eu
cd "$(dirname "$0")/.."

{
    echo "# Versions that 'make' and CI install, for Python 3.10 to 3.13. Written by 'make constraints'; do not edit."
    echo "# The committed exports are made with them: after a change, run 'make exports' and look at the difference."
    uv pip compile pyproject.toml --quiet --extra dev --universal --python-version 3.10 --upgrade \
        --no-header --no-annotate --no-emit-package quizforge
} >constraints.tmp
mv constraints.tmp constraints.txt
