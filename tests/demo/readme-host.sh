#!/bin/sh
# SPDX-License-Identifier: MIT
# The host in the README, compiled and run as it stands there:
#   README.md SOURCE_ROOT MODULE CC [ARGUMENT...] (a compiler behind a launcher is several words)
set -eu
readme=$1 root=$2 module=$3
shift 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$readme" |
  sed "s|/absolute/path/to/ttecomm.so|$module|" > "$folder/host.c"
"$@" -std=c99 -Wall -Wextra -Wno-unused-parameter -Werror -I "$root" -o "$folder/host" "$folder/host.c" -ldl
"$folder/host"
