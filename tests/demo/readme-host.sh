#!/bin/sh
# SPDX-License-Identifier: MIT
# The host in the README, compiled and run as it stands there: README.md SOURCE_ROOT MODULE CC
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$1" |
  sed "s|/absolute/path/to/ttecomm.so|$3|" > "$folder/host.c"
"$4" -std=c99 -Wall -Wextra -Wno-unused-parameter -Werror -I "$2" -o "$folder/host" "$folder/host.c" -ldl
"$folder/host"
