#!/usr/bin/env bash
# npm run test:nightly: what takes too long for every change. test/README.md lists it with the reasons.
set -uo pipefail
cd "$(dirname "$0")/.."

status=0
step() {
  local name=$1 start=$SECONDS
  shift
  echo "=== $name"
  if "$@"; then echo "=== $name: ok, $((SECONDS - start)) s"; else echo "=== $name: FAILED, $((SECONDS - start)) s"; status=1; fi
}

# Tests that try a selection try everything.
export NIGHTLY=true

step 'fixtures of old CDK releases' npx --no-install projen evidence --check
step 'examples by the CDK command' npx --no-install projen examples --cli
step 'all combinations of conditions' npx --no-install jest --ci test/laws/conditions-plan
step 'all mutants of policies' npx --no-install jest --ci test/check/mutation test/laws/needed
step 'site releases with the real CLI' bash projenrc/test-site-cli.sh
step 'every test on the newest CDK' npx --no-install projen test:newest --skipFilter
exit "$status"
