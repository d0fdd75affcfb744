#!/bin/sh
# Install Open edX's grader and course checker (AGPL, GPL) into tests/external/.openedx, which git ignores.
#
# They are test tools only, run as programs: nothing of them is imported by the package, committed or shipped.
set -eu

tools="xblocks-contrib==0.13.1 olxcleaner==0.3.0"
cd "$(dirname "$0")"
stamp=.openedx/.quizforge

give_up() {
    printf 'tests with Open edX will be skipped: %s\n' "$1" >&2
    if [ -n "${CI:-}" ]; then exit 1; fi
    exit 0
}

[ "$(cat "$stamp" 2>/dev/null || true)" != "$tools" ] || exit 0
# The grader needs Python 3.11; the package is tested with 3.10 too, and then another one has to be there.
python=
for found in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
    if "$found" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$found
        break
    fi
done
[ -n "$python" ] || give_up "its grader needs Python 3.11 or newer"

echo "Installing $tools …" >&2
rm -rf .openedx
if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$python" .openedx || give_up "no virtual environment could be made"
    # shellcheck disable=SC2086  # a list of words
    uv pip install --quiet --python .openedx/bin/python $tools || give_up "pip could not install $tools"
else
    "$python" -m venv .openedx || give_up "no virtual environment could be made"
    # shellcheck disable=SC2086  # a list of words
    .openedx/bin/python -m pip install -qq --disable-pip-version-check $tools </dev/null ||
        give_up "pip could not install $tools"
fi
printf '%s' "$tools" >"$stamp"
