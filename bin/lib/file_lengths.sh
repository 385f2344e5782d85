#!/usr/bin/env bash
# Fails on a file of more than 400 lines, unless it stands here with its reason.
source "$(dirname "$0")/common.sh"

most=400
declare -A reasons=(
    [src/core/crypto_suite.cpp]="two suites of algorithms side by side, to be compared line by line"
    [src/core/db_postgresql.cpp]="one class around libpq, whose parts share its connection"
    [src/core/keyring.cpp]="envelope, rotation and unlocking of keys are judged together"
    [src/modules/accounts/action_names.cpp]="one table of words, a line for each route that leaves a trace"
    [src/modules/directory/roster_test.cpp]="one table of cases"
    [src/modules/families/joining_test.cpp]="one table of cases"
    [src/modules/forms/forms_test.cpp]="one table of cases"
    [src/modules/ledger/history_row.cpp]="one row of a history, read field by field"
    [src/modules/plan/parse_test.cpp]="one table of cases"
    [src/modules/year_turn_test.cpp]="one county's school year, told from beginning to end"
    [src/web/app_test.cpp]="one table of cases"
    [src/web/server_test.cpp]="one table of cases, each of a few lines on the wire"
    [tests/harness/examples.ts]="one table of requests, one for each route"
    [web/console/mock/rules.mjs]="one table of examples"
    [web/console/src/router.ts]="the one list of all pages"
    [web/mobile/src/locales/en.ts]="every word of the phone app, in one order with zh-CN.ts"
    [web/packages/api-client/src/schema.ts]="derived by bin/api"
)

status=0
while read -r lines file; do
    [[ $file == total || $lines -le $most || -n ${reasons[$file]:-} ]] && continue
    printf '%s has %d lines: split it, or give the reason in bin/lib/file_lengths.sh\n' "$file" "$lines"
    status=1
done < <(find src bench fuzz bin tests web \( -name node_modules -o -name dist -o -name corpus \) -prune -o \
    -type f -regex '.*\.\(cpp\|hpp\|ts\|vue\|mjs\|sh\)' -print0 | xargs -0 wc -l)
exit "$status"
