#!/bin/sh
# Make a virtual environment and install QuizForge into it, with the versions of constraints.txt.
#
#   scripts/install.sh FOLDER EXTRA
#
# Takes uv when it is there, else venv and pip. Debian ships venv without ensurepip: then the environment is made
# without pip, and the pip of the system installs into it.
set -eu

venv=$1
extra=$2
python=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }
die() {
    say "error: $1"
    say "  hint: $2"
    exit 1
}
has_pip() { "$1" -m pip --version >/dev/null 2>&1; }

command -v "$python" >/dev/null 2>&1 ||
    die "no '$python' on this machine" "install Python 3.10 or newer, or name one: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    die "Python 3.10 or newer is needed; '$python' is $("$python" --version 2>&1)" "name a newer one: make PYTHON=python3.12"

uv=$(command -v uv || true)
if ! "$venv/bin/python" -c '' >/dev/null 2>&1; then
    rm -rf "$venv"
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --python "$python" "$venv"
    elif "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$python" -m venv "$venv"
    elif "$python" -c 'import venv' >/dev/null 2>&1 && has_pip "$python"; then
        "$python" -m venv --without-pip "$venv"
    else
        die "'$python' cannot make virtual environments: its module venv or ensurepip is missing" \
            "on Debian and Ubuntu: sudo apt install python3-venv; anywhere: install uv"
    fi
fi

say "Installing QuizForge and what it needs into $venv …"
if [ -n "$uv" ]; then
    "$uv" pip install --quiet --python "$venv/bin/python" --constraint constraints.txt --editable ".[$extra]"
elif has_pip "$venv/bin/python"; then
    "$venv/bin/python" -m pip install -qq --constraint constraints.txt --editable ".[$extra]"
elif has_pip "$python"; then
    "$python" -m pip --python "$venv/bin/python" install -qq --constraint constraints.txt --editable ".[$extra]" ||
        die "pip could not install into $venv" "pip 22.3 or newer is needed; on Debian and Ubuntu: sudo apt install python3-venv"
else
    die "no pip on this machine" "on Debian and Ubuntu: sudo apt install python3-venv; anywhere: install uv"
fi
