# shellcheck shell=bash disable=SC2154
# A PostgreSQL of our own for tests and measurements: made when asked for, gone when the script ends.

# start_postgres [SETTING…]: in the folder $postgres_place (/tmp when it is not set); sets CONCENTRIC_TEST_POSTGRES to its URL and CONCENTRIC_TEST_POSTGRES_CONTROL to the command that restarts it.
# PostgreSQL refuses root, so root starts it as "postgres".
start_postgres() {
    postgres_folder=$(mktemp -d "${postgres_place:-/tmp}/concentric-postgres.XXXXXX")
    local port owner=()
    port=$(free_port)
    postgres_programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort | tail -n 1)
    if [[ $(id -u) == 0 ]]; then
        chown postgres "$postgres_folder"
        owner=(runuser --user postgres --)
    fi
    as_postgres=("${owner[@]}" env --chdir "$postgres_folder" LC_ALL=C.UTF-8)
    trap stop_postgres EXIT
    {
        "${as_postgres[@]}" "$postgres_programs/initdb" --pgdata data --username concentric --encoding UTF8 --locale C.UTF-8 --auth trust --no-sync
        printf '%s\n' "port = $port" "listen_addresses = '127.0.0.1'" "unix_socket_directories = '$postgres_folder'" "max_connections = 300" \
            "$@" >>"$postgres_folder/data/postgresql.conf"
        "${as_postgres[@]}" "$postgres_programs/pg_ctl" --pgdata data --log log --wait start
    } >>"$log" 2>&1 || fail_step "Starting PostgreSQL"
    export CONCENTRIC_TEST_POSTGRES=postgresql://concentric@127.0.0.1:$port/postgres
    export CONCENTRIC_TEST_POSTGRES_CONTROL="${as_postgres[*]} $postgres_programs/pg_ctl --pgdata data --log log"
}

stop_postgres() {
    "${as_postgres[@]}" "$postgres_programs/pg_ctl" --pgdata data --mode immediate stop >>"$log" 2>&1 || true
    rm -rf "$postgres_folder"
}

free_port() {
    node -e 'const probe = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(probe.address().port); probe.close() })'
}
