#!/bin/sh
# Install the page-test tools from npm into tests/external/node_modules, which git ignores.
#
# They are test tools only: nothing of them is committed or shipped. Without npm the page tests are skipped with a
# reason; where CI is set, that is a failure.
set -eu

tools="puppeteer-core@24.43.1 axe-core@4.14.1 @citolab/qti-components@7.27.4"
cd "$(dirname "$0")"
stamp=node_modules/.quizforge

give_up() {
    printf 'page tests will be skipped: %s\n' "$1" >&2
    if [ -n "${CI:-}" ]; then exit 1; fi
    exit 0
}

[ "$(cat "$stamp" 2>/dev/null || true)" != "$tools" ] || exit 0
command -v node >/dev/null 2>&1 || give_up "no node on this machine"
command -v npm >/dev/null 2>&1 || give_up "no npm on this machine"

echo "Installing $tools …" >&2
rm -rf node_modules
for try in ${CI:+1 2} 3; do
    # shellcheck disable=SC2086  # a list of words
    if npm install --prefix . --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
        --no-update-notifier --loglevel=error $tools </dev/null >&2; then
        printf '%s' "$tools" >"$stamp"
        exit 0
    fi
    if [ "$try" -lt 3 ]; then sleep 10; fi
done
give_up "npm could not install $tools"
