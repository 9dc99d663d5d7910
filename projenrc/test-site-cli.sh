#!/usr/bin/env bash
# Runs the script of site releases with the real AWS CLI version 2 and with moto, a server that emulates AWS.
# Both are installed once, in the cache of the user.
set -euo pipefail
cd "$(dirname "$0")/.."

CLI_PACKAGE=@aws-cdk/asset-awscli-v2@2.0.186
MOTO=moto[server]==5.2.1
tools=${XDG_CACHE_HOME:-$HOME/.cache}/cdk-pipeline-patterns/site-cli

if [ ! -d "$tools/awscli" ]; then
  mkdir -p "$tools"
  npm install --silent --no-save --prefix "$tools" "$CLI_PACKAGE"
  unzip -q -o "$tools/node_modules/@aws-cdk/asset-awscli-v2/lib/layer.zip" -d "$tools"
fi
if [ ! -x "$tools/python/bin/moto_server" ]; then
  python3 -m venv "$tools/python"
  "$tools/python/bin/pip" install --quiet "$MOTO"
fi

# The links in the package lead to /opt.
AWS_CLI=$(ls -d "$tools"/awscli/v2/*/bin/aws | grep -v current | tail -n 1) MOTO_SERVER=$tools/python/bin/moto_server \
  npx --no-install jest --ci test/functions/site-release-cli
