# shellcheck shell=bash
# The OpenStack APIs by curl: one token per Keystone, then plain requests. The openstack command would take two seconds per
# call.

# keystone_url KEYSTONE
keystone_url() { echo "http://127.0.0.1:$(keystone_port "$1")/v3"; }

# neutron_url SITE
neutron_url() { echo "http://127.0.0.1:$(neutron_port "$1")"; }

# new_token KEYSTONE USER PROJECT: a token, printed.
new_token() {
    jq -n --arg user "$2" --arg password "$(password "$2" "$1")" --arg project "$3" '
        {auth: {identity: {methods: ["password"], password: {user: {name: $user, password: $password, domain: {id: "default"}}}},
                scope: {project: {name: $project, domain: {id: "default"}}}}}' |
        curl --silent --fail --max-time 20 --output /dev/null --dump-header - \
            --header 'Content-Type: application/json' --data @- "$(keystone_url "$1")/auth/tokens" |
        tr -d '\r' | sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: //p'
}

# The administrators' tokens by the port of whatever takes them: a Keystone itself, or a Neutron that trusts it.
declare -A token_of_port=()

# keystone_token KEYSTONE: a token of its administrator for `call`, fetched once per command.
keystone_token() {
    local port token site
    port=$(keystone_port "$1")
    [[ -z ${token_of_port[$port]:-} ]] || return 0
    token=$(new_token "$1" admin admin)
    [[ -n $token ]] || fail "Keystone gave no token; look at $log_dir/$(keystone_daemon "$1").log"
    token_of_port[$port]=$token
    for site in $(sites_of "$1"); do token_of_port[$(neutron_port "$site")]=$token; done
}

# admin_token: makes `call` work for every Keystone and Neutron.
admin_token() {
    local keystone
    for keystone in "${keystones[@]}"; do keystone_token "$keystone"; done
}

# token_for URL: the token that the service there takes; empty if there is none.
token_for() {
    local rest=${1#http://*:}
    echo "${token_of_port[${rest%%/*}]:-}"
}

# call METHOD URL [BODY]: an authorised request (admin_token was called before); prints the reply's body, fails on an error
# status and then shows the reply.
call() {
    local reply status token
    token=$(token_for "$2")
    reply=$(curl --silent --show-error --max-time 60 --write-out '\n%{http_code}' --request "$1" \
        --header "X-Auth-Token: $token" --header 'Content-Type: application/json' \
        ${3:+--data "$3"} "$2") || fail "$1 $2: no reply"
    status=${reply##*$'\n'}
    [[ $status == 2* ]] || fail "$1 $2: $status ${reply%$'\n'*}"
    printf '%s\n' "${reply%$'\n'*}"
}

# answers URL: whether something speaks HTTP there.
answers() { curl --silent --max-time 5 --output /dev/null "$1"; }
