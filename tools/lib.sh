# shellcheck shell=bash
# Shared by tools/run and tools/test: what is missing is installed, then the program is built into build/.
# Sourced by bash; expects `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# needed WHEN...: the packages of tools/packages.txt for WHEN whose command is not on the path.
needed() {
    local when package command
    while read -r when package command; do
        case " $* " in *" $when "*) ;; *) continue ;; esac
        if [ -z "$command" ] || ! command -v "$command" >/dev/null 2>&1; then echo "$package"; fi
    done < <(grep -v '^#' "$root/tools/packages.txt")
}

# install_missing WHEN...: installs those of them that are not installed.
install_missing() {
    local package installed missing=() wanted=()
    mapfile -t wanted < <(needed "$@")
    installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "${wanted[@]}" 2>/dev/null || true) "
    for package in "${wanted[@]}"; do
        case $installed in *" $package=installed "*) ;; *) missing+=("$package") ;; esac
    done
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

# quietly LOG COMMAND...: shows what the command says only when it fails.
quietly() {
    local log=$1
    shift
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
}

# configured OPTION...: whether the build folder was set up with these `-DNAME=VALUE` before; later changes of the build
# files are noticed by the build itself.
configured() {
    local option name
    [ -f "$build/build.ninja" ] || [ -f "$build/Makefile" ] || return 1
    for option in "$@"; do
        name=${option#-D}
        grep -q "^${name%%=*}:[A-Z]*=${name#*=}\$" "$build/CMakeCache.txt" || return 1
    done
}

# build_all [OPTION...]: shows its progress on a terminal, and elsewhere only what fails.
build_all() {
    local generator=() make=(cmake --build "$build" --parallel "$(nproc)")
    mkdir -p "$build"
    if [ ! -f "$build/CMakeCache.txt" ] && command -v ninja >/dev/null 2>&1; then generator=(-G Ninja); fi
    configured "$@" || quietly "$build/configure.log" cmake -S "$root" -B "$build" "${generator[@]}" "$@"
    if [ -t 2 ]; then "${make[@]}" >&2; else quietly "$build/build.log" "${make[@]}"; fi
}
