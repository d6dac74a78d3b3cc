# shellcheck shell=bash
# The one Keystone of the four regions: its users, and the catalogue that says where each region's Neutron is.

keystone_dir=$state_dir/keystone

write_keystone_config() {
    cat >"$keystone_dir/keystone.conf" <<EOF
[DEFAULT]
log_file=$log_dir/keystone.log
[database]
connection=$(database_url keystone)
[token]
provider=fernet
expiration=86400
[fernet_tokens]
key_repository=$keystone_dir/fernet-keys
[credential]
key_repository=$keystone_dir/credential-keys
[cache]
enabled=true
backend=dogpile.cache.memory
[identity]
# Few rounds, as the passwords are no secret: a token costs 30 ms instead of 270 ms.
password_hash_rounds=4
max_password_length=72
[oslo_policy]
policy_dirs=/etc/keystone/policy.d
EOF
}

keystone_manage() { keystone-manage --config-file "$keystone_dir/keystone.conf" "$@" >>"$log_dir/keystone-manage.out" 2>&1; }

make_keystone_database() {
    sql -e 'drop database if exists keystone; create database keystone'
    rm -rf "$keystone_dir/fernet-keys" "$keystone_dir/credential-keys"
    mkdir -m 700 "$keystone_dir/fernet-keys" "$keystone_dir/credential-keys"
    keystone_manage db_sync
    keystone_manage fernet_setup --keystone-user root --keystone-group root
    keystone_manage credential_setup --keystone-user root --keystone-group root
    keystone_manage bootstrap --bootstrap-password "$admin_password" --bootstrap-region-id "$(region_name a)" \
        --bootstrap-public-url "$keystone_url" --bootstrap-internal-url "$keystone_url" --bootstrap-admin-url "$keystone_url"
}

# identifier COLLECTION NAME: the id of the user, project, role or service of that name; empty if there is none.
identifier() { call GET "$keystone_url/$1?name=$2" | jq -r ".$1[0].id // empty"; }

# ensure_named COLLECTION NAME BODY: creates it unless it exists; prints its id.
ensure_named() {
    local id
    id=$(identifier "$1" "$2")
    [[ -n $id ]] || id=$(call POST "$keystone_url/$1" "$3" | jq -r '.[].id')
    echo "$id"
}

# ensure_user NAME PASSWORD PROJECT ROLE...
ensure_user() {
    local name=$1 password=$2 project=$3 user project_id role
    shift 3
    project_id=$(ensure_named projects "$project" "{\"project\": {\"name\": \"$project\", \"domain_id\": \"default\"}}")
    user=$(ensure_named users "$name" "{\"user\": {\"name\": \"$name\", \"password\": \"$password\", \"domain_id\": \"default\"}}")
    for role; do
        call PUT "$keystone_url/projects/$project_id/users/$user/roles/$(identifier roles "$role")" >/dev/null
    done
}

# ensure_region NAME
ensure_region() {
    local have
    have=$(call GET "$keystone_url/regions" | jq -r '.regions[].id')
    grep -qx "$1" <<<"$have" || call POST "$keystone_url/regions" "{\"region\": {\"id\": \"$1\"}}" >/dev/null
}

# ensure_endpoint SERVICE_ID REGION URL: the public and the internal address of a service in a region.
ensure_endpoint() {
    local have interface
    have=$(call GET "$keystone_url/endpoints?service_id=$1&region_id=$2" | jq -r '.endpoints[].interface')
    for interface in public internal; do
        [[ $have == *$interface* ]] || call POST "$keystone_url/endpoints" \
            "{\"endpoint\": {\"service_id\": \"$1\", \"region_id\": \"$2\", \"interface\": \"$interface\", \"url\": \"$3\"}}" >/dev/null
    done
}

fill_keystone() {
    local site identity network
    admin_token
    ensure_named roles service '{"role": {"name": "service"}}' >/dev/null
    ensure_user neutron "$neutron_password" service admin service
    ensure_user isthmus "$isthmus_password" service admin
    ensure_user demo "$demo_password" demo member
    ensure_user reader "$reader_password" demo reader
    identity=$(identifier services keystone)
    network=$(ensure_named services neutron '{"service": {"name": "neutron", "type": "network"}}')
    for site in "${sites[@]}"; do
        ensure_region "$(region_name "$site")"
        ensure_endpoint "$identity" "$(region_name "$site")" "$keystone_url"
        ensure_endpoint "$network" "$(region_name "$site")" "$(neutron_url "$site")"
    done
}

keystone_up() {
    mkdir -p "$keystone_dir"
    write_keystone_config
    once keystone-database step "Keystone has its schema and administrator" make_keystone_database
    # uWSGI closes each connection; the header says so, or clients that wish to keep it fail.
    start_daemon keystone env OS_KEYSTONE_CONFIG_FILES="$keystone_dir/keystone.conf" uwsgi --plugin python3 \
        --http-socket "127.0.0.1:$keystone_port" --add-header 'Connection: close' --buffer-size 65535 --listen 100 \
        --wsgi-file /usr/bin/keystone-wsgi-public --lazy-apps --need-app --die-on-term --disable-logging \
        --processes 1 --threads 4 --enable-threads
    wait_until "Keystone answers" 90 "$log_dir/keystone.out" answers "$keystone_url"
    once keystone-content step "Keystone has its users and catalogue" fill_keystone
}
