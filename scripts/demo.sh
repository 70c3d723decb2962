#!/usr/bin/env bash
# Serves fictional data; the server prints the address. LISTEN=127.0.0.1:9000 takes another one.
source "$(dirname "$0")/common.sh"
exec target/release/wijkzicht serve --demo --listen "${LISTEN:-127.0.0.1:8080}"
