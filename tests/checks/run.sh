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
# A file that breaks the rule for length is made, not kept: "PATH N" are N lines put between the two halves of PATH.
if [ -f "$tree/lengthen" ]; then
    while read -r path count; do
        { head -n 2 "$tree/$path"; seq -f 'int c%.0f;' "$count"; tail -n +3 "$tree/$path"; } >"$tree.long"
        mv "$tree.long" "$tree/$path"
    done <"$tree/lengthen"
    rm "$tree/lengthen"
fi
for data in floors.txt words.txt; do cp "$root/tools/checks/$data" "$tree/tools/checks/"; done
"$root/tools/checks/$check" "$tree" >"$tree.got"
code=$?
[ $code = 1 ] || { echo "exit code $code, not 1"; exit 1; }
diff "$bad/expect" "$tree.got"
