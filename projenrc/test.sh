#!/usr/bin/env bash
# npm test: compiles the sources when they have changed, then runs the tests. Types and style are checked at the same time, since each uses one core.
set -uo pipefail
cd "$(dirname "$0")/.."

# Scavenging a young generation of the default size takes a tenth of the time of the tests.
export NODE_OPTIONS="--max-semi-space-size=64 ${NODE_OPTIONS:-}"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

types_and_style() {
  node projenrc/types-and-style.js && npx --no-install projen architecture &&
    npx --no-install projen format:check
}

# Some tests read the jsii manifest, which the compiler writes last.
compile_if_stale() {
  if [ -f .jsii ] && [ -z "$(find src -newer .jsii | head -n 1)" ]; then return 0; fi
  npx --no-install projen compile
}

types_and_style >"$log" 2>&1 &
checks=$!

status=0
compile_if_stale && npx --no-install jest --ci "$@" || status=1
if wait "$checks"; then
  echo 'Types and style: ok'
else
  status=1
  echo 'Types and style: FAILED'
  cat "$log"
fi
exit "$status"
