# shellcheck shell=bash
# Shared by tools/run and tools/test: what is missing is installed, then the program is built into build/.
# Sourced by bash; expects `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build

say() { printf '%s\n' "$*" >&2; }

# present PACKAGE [COMMAND]
present() {
    if [ -n "${2:-}" ] && command -v "$2" >/dev/null 2>&1; then return 0; fi
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_missing WHEN...: the packages of tools/packages.txt that are needed and not there yet.
install_missing() {
    local when package command missing=()
    while read -r when package command; do
        case " $* " in *" $when "*) present "$package" "$command" || missing+=("$package") ;; esac
    done < <(grep -v '^#' "$root/tools/packages.txt")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing: ${missing[*]}"
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
        say "these packages are needed, and neither root nor sudo is at hand: ${missing[*]}"
        return 1
    fi
    local log
    log=$(mktemp)
    if ! { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
        >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# build_all [CMAKE_OPTION...]: quiet unless something fails; ninja's own progress on a terminal.
build_all() {
    local log=$build/configure.log generator=() quiet=()
    mkdir -p "$build"
    if [ ! -f "$build/CMakeCache.txt" ] && command -v ninja >/dev/null 2>&1; then generator=(-G Ninja); fi
    if ! cmake -S "$root" -B "$build" "${generator[@]}" "$@" >"$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
    if grep -q '^CMAKE_GENERATOR:INTERNAL=Ninja' "$build/CMakeCache.txt" && [ ! -t 1 ]; then quiet=(--quiet); fi
    cmake --build "$build" --parallel "$(nproc)" -- "${quiet[@]}" >&2
}
