# shellcheck shell=bash disable=SC2154
# A county and its server, for bin/run and bin/dev. They set: listen, data, database (empty: a SQLite file in the data folder).

# The county is made aside and moved into place, so that a first start that was broken off leaves nothing half done.
make_demo() {
    local draft=$data.draft
    rm -rf "$draft"
    mkdir -p "$draft"
    "$concentric" demo --data "$draft" ${database:+--database "$database"} >"$draft/demo-log-ins.txt"
    mv "$draft" "$data"
}

# talk_to ADDRESS: opens file 3 to whoever listens there.
talk_to() {
    local host=${1%:*}
    [[ -z $host || $host == 0.0.0.0 ]] && host=127.0.0.1
    exec 3<>"/dev/tcp/$host/${1##*:}"
}

is_ready() {
    (talk_to "$listen" && printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3 | grep --quiet ' 200 ') 2>/dev/null
}

serve() {
    "$concentric" serve --listen "$listen" --data "$data" ${database:+--database "$database"} --console web/console/dist >>"$log" 2>&1 &
    server=$!
    trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT
    trap exit INT TERM
    until is_ready; do
        kill -0 "$server" 2>/dev/null || fail_step "Starting the server"
        sleep 0.05
    done
}
