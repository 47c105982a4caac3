#!/bin/sh
# Validates the schema's own cases and, where the command is built, the records of all samples.
# usage: run.sh SOURCE_DIR BUILD_DIR
# The validator comes from npm by the lock file and is kept under the build folder.
set -eu
source=$1 build=$2
cache=$build/schema
mkdir -p "$cache"
if ! cmp -s "$source/tests/schema/package-lock.json" "$cache/installed.json"; then
    cp "$source/tests/schema/package.json" "$source/tests/schema/package-lock.json" "$cache/"
    (cd "$cache" && npm ci --loglevel=error --no-audit --no-fund >npm.log 2>&1) || { cat "$cache/npm.log" >&2; exit 1; }
    cp "$source/tests/schema/package-lock.json" "$cache/installed.json"
fi
cp "$source/tests/schema/validate.mjs" "$cache/"
schema=$source/extractor/emit/record.schema.json
node "$cache/validate.mjs" "$schema" --fields "$source/extractor/doc/record.h" \
    --bad "$source/tests/schema/bad.jsonl" "$source/tests/schema/good.jsonl"

[ -x "$build/gongkai" ] || exit 0
for folder in "$source/corpus/samples" "${GK_SHARED:-$source/../shared}/documents/seeds"; do
    [ -d "$folder" ] || continue
    "$build/gongkai" extract --quiet --format jsonl "$folder" >"$cache/records.jsonl"
    node "$cache/validate.mjs" "$schema" "$cache/records.jsonl"
done
