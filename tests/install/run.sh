#!/bin/sh
# Installs into a new folder and uses what was installed: the command, the library through pkg-config, the data.
# usage: run.sh SOURCE BUILD
set -e
source=$1 build=$2
prefix=$(mktemp -d "$build/install-XXXXXX")
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix" >/dev/null
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name gongkai.pc)")
export PKG_CONFIG_PATH
flags=$(pkg-config --define-variable=prefix="$prefix" --cflags --libs gongkai)
library=$(pkg-config --define-variable=prefix="$prefix" --variable=libdir gongkai)
data=$(pkg-config --define-variable=prefix="$prefix" --variable=datadir gongkai)
cc -std=c99 -pedantic -Wall -Wextra -Werror -D_POSIX_C_SOURCE=200809L "$source/tests/install/use.c" $flags -o "$prefix/use"
awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$source/README.md" >"$prefix/readme.c"
cc -std=c99 -pedantic -Wall -Wextra -Werror "$prefix/readme.c" $flags -o "$prefix/readme"
echo "the headers are: $(cd "$prefix/include" && echo *)"
LD_LIBRARY_PATH=$library "$prefix/use"
"$prefix/bin/gongkai" patterns list >"$prefix/built-in"
"$prefix/bin/gongkai" patterns list --patterns "$data/patterns" >"$prefix/installed"
test "$(wc -l <"$prefix/built-in")" = "$(wc -l <"$prefix/installed")"
test -s "$data/record.schema.json"
# Nothing of the inside may be visible from outside.
visible=$(nm -D --defined-only "$library/libgongkai.so" | awk '$2 ~ /[A-Z]/ { print $3 }' | grep -v '^gongkai_' || true)
test -z "$visible" || { echo "visible from outside: $visible"; exit 1; }
