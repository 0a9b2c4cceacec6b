#!/usr/bin/env bash
# Starts a packaged LanChat without a window, sees that it serves its page, and stops it. For systems without our tests.
set -euo pipefail

data=$(mktemp -d)
port=18999
"$1" --version
"$1" serve --host 127.0.0.1 --port $port --no-discovery --data-dir "$data" &
program=$!
trap 'kill $program 2>/dev/null || true' EXIT

for _ in $(seq 60); do
  if curl -sf "http://127.0.0.1:$port/" | grep -q '<div id="root">'; then
    curl -sf "http://127.0.0.1:$port/api/info"
    exit 0
  fi
  sleep 0.5
done
echo "LanChat did not serve its page within 30 s" >&2
exit 1
