# shellcheck shell=bash
# The OpenStack APIs by curl: one token, then plain requests. The openstack command would take two seconds per call.

keystone_url=http://127.0.0.1:$keystone_port/v3

# neutron_url SITE
neutron_url() { echo "http://127.0.0.1:$(neutron_port "$1")"; }

# new_token USER PASSWORD PROJECT: a Keystone token, printed.
new_token() {
    jq -n --arg user "$1" --arg password "$2" --arg project "$3" '
        {auth: {identity: {methods: ["password"], password: {user: {name: $user, password: $password, domain: {id: "default"}}}},
                scope: {project: {name: $project, domain: {id: "default"}}}}}' |
        curl --silent --fail --max-time 20 --output /dev/null --dump-header - \
            --header 'Content-Type: application/json' --data @- "$keystone_url/auth/tokens" |
        tr -d '\r' | sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: //p'
}

# admin_token: a token of the administrator, fetched once per command.
admin_token() {
    [[ -n ${token:-} ]] || token=$(new_token admin "$admin_password" admin)
    [[ -n $token ]] || fail "Keystone gave no token; look at $log_dir/keystone.log"
}

# call METHOD URL [BODY]: an authorised request (admin_token was called before); prints the reply's body, fails on an error
# status and then shows the reply.
call() {
    local reply status
    reply=$(curl --silent --show-error --max-time 60 --write-out '\n%{http_code}' --request "$1" \
        --header "X-Auth-Token: $token" --header 'Content-Type: application/json' \
        ${3:+--data "$3"} "$2") || fail "$1 $2: no reply"
    status=${reply##*$'\n'}
    [[ $status == 2* ]] || fail "$1 $2: $status ${reply%$'\n'*}"
    printf '%s\n' "${reply%$'\n'*}"
}

# answers URL: whether something speaks HTTP there.
answers() { curl --silent --max-time 5 --output /dev/null "$1"; }
