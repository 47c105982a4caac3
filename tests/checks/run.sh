#!/bin/sh
# A check must be able to fail: runs a check on a small bad tree and compares what it says.
# usage: run.sh ROOT CHECK
root=$1 check=$2
bad=$root/tests/checks/$check
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree" "$tree.got"' EXIT
mkdir -p "$tree/tools/checks"
cp -R "$bad/." "$tree"
rm "$tree/expect"
for data in floors.txt words.txt; do cp "$root/tools/checks/$data" "$tree/tools/checks/"; done
"$root/tools/checks/$check" "$tree" >"$tree.got"
code=$?
[ $code = 1 ] || { echo "exit code $code, not 1"; exit 1; }
diff "$bad/expect" "$tree.got"
