# shellcheck shell=bash
# Shared by the scripts of this folder: where things are, numbered steps that keep a log, and what is said when one fails.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
preset=${preset:-release}
build=$root/build/$preset
concentric=$build/src/concentric
script=$(basename "$0")
script_file=$(realpath "$0")
log=$root/var/log/$script.log
advice="Mend what the lines above complain about and start bin/$script again; what was finished is not repeated."

cd "$root"

# What runs in the background does not hear Ctrl-C by itself.
trap 'trap "" TERM; kill 0; exit 130' INT
trap 'kill $(jobs -p) 2>/dev/null; exit 143' TERM

# Node of our own, where the system's is too old (see bin/setup).
tools=$root/var/tools/node_modules
for folder in "$tools"/node-linux-*/bin; do
    [[ -d $folder ]] && PATH=$folder:$tools/.bin:$PATH
done

die() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Prints the help, which is the comment at the head of the script.
usage() {
    sed -n '2,/^[^#]/{ s/^# \{0,1\}//p }' "$script_file"
    exit "${1:-0}"
}

# steps_are N: how many steps are to come.
steps_are() {
    step_count=$1
    step_number=0
    mkdir -p var/log
    : >"$log"
}

# step WORDS COMMAND…: runs the command quietly, shows how long it took and, meanwhile, how far it is.
step() {
    local words=$1 from=$SECONDS
    shift
    step_number=$((step_number + 1))
    local label="[$step_number/$step_count] $words"
    printf '%s …' "$label"
    printf '\n== %s\n' "$label" >>"$log"
    "$@" >>"$log" 2>&1 &
    watch_step $! "$label" "$from"
    if ! wait $!; then
        fail_step "$label"
    fi
    [[ -t 1 ]] && printf '\r\033[K%s' "$label"
    printf ' %d s\n' $((SECONDS - from))
}

# On a terminal the line is drawn anew, elsewhere a long step says every half minute that it is still alive.
watch_step() {
    local process=$1 label=$2 from=$3 next=30 pause=0.02
    while kill -0 "$process" 2>/dev/null; do
        sleep $pause
        [[ $SECONDS -gt $from ]] && pause=0.3
        local passed=$((SECONDS - from))
        if [[ -t 1 ]]; then
            printf '\r\033[K%s … %d s %s' "$label" "$passed" "$(progress)"
        elif ((passed >= next)); then
            printf ' %d s %s…' "$passed" "$(progress)"
            next=$((next + 30))
        fi
    done
}

# How far the build tool in the log says that it is: "[12/230]".
progress() {
    tail -c 2000 "$log" | grep -oE '^\[[0-9]+/[0-9]+\] ' | tail -n 1 || true
}

fail_step() {
    printf ' failed\n\n' >&2
    tail -n 30 "$log" >&2
    die "$1 failed. The whole log: ${log#"$root"/}
$advice"
}

build_server() {
    [[ -f $build/build.ninja ]] || cmake --preset "$preset"
    cmake --build --preset "$preset" "$@"
}

# npm_install FOLDER: only when the lock file changed since the last time.
npm_install() {
    [[ $1/node_modules/.package-lock.json -nt $1/package-lock.json ]] || npm --prefix "$1" ci --no-audit --no-fund
}

# is_newer FILE FOLDER…: whether anything in the folders changed after the file was made.
is_newer() {
    local made=$1
    shift
    [[ ! -f $made ]] || [[ -n $(find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -newer "$made" -print -quit) ]]
}

build_web() {
    npm_install web
    npm_install web/mobile
    if is_newer web/console/dist/m/index.html web; then
        npm --prefix web run build
    fi
}

install_test_packages() {
    npm_install web
    npm_install web/mobile
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm_install tests
}
