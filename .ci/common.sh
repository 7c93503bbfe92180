# Shared by the checks that start a server of their own. Sourced after `set -euo pipefail`, in the repository's root.
# shellcheck shell=bash

binary=$(realpath "${ZERODEPLOY_BIN:-${CARGO_TARGET_DIR:-target}/debug/zerodeploy}")
[ -x "$binary" ] || {
    echo "$binary is missing: run cargo build first, or set ZERODEPLOY_BIN"
    exit 1
}

work=$(mktemp -d)
server=
url=

# A user of their own: nothing of the real one is read or written.
export HOME="$work/home" NO_COLOR=1 ZERODEPLOY_KEYRING=off
export ZERODEPLOY_CONFIG_DIR="$work/config" ZERODEPLOY_CACHE_DIR="$work/cache" ZERODEPLOY_DATA_DIR="$work/data"
unset ZERODEPLOY_TOKEN ZERODEPLOY_API_URL ZERODEPLOY_ORG ZERODEPLOY_SITE ZERODEPLOY_PROFILE
mkdir -p "$HOME"

fail() {
    printf 'FAILED: %s\n' "$1"
    [ ! -s "$work/server.log" ] || { echo "The server's last words:"; tail -n 20 "$work/server.log"; }
    exit 1
}

# start_server DATA_DIR [WRAPPER…]: starts it behind a wrapper such as strace, and waits for its line.
start_server() {
    local data=$1 ready
    shift
    mkfifo "$work/ready"
    "$@" "$binary" serve --json --listen 127.0.0.1:0 --data-dir "$data" >"$work/ready" 2>"$work/server.log" &
    server=$!
    # Kept open, so that the server never writes into a closed pipe.
    exec 3<"$work/ready"
    read -r -t 60 ready <&3 || fail "the server did not start"
    url=$(sed -n 's/.*"url": *"\([^"]*\)".*/\1/p' <<<"$ready")
    [ -n "$url" ] || fail "the server's line has no url: $ready"
    export ZERODEPLOY_API_URL=$url
    ZERODEPLOY_TOKEN=$(cat "$data/owner-session")
    export ZERODEPLOY_TOKEN
}

stop_server() {
    [ -n "$server" ] || return 0
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}
