# shellcheck shell=bash
# The Keystones: one that the sites a, b and c share, and the one of the instance d. Each has users of its own, and a catalogue
# that says where the Neutrons of its sites are.

keystone_dir() { echo "$state_dir/$(keystone_daemon "$1")"; }
keystone_database() { keystone_daemon "$1" | tr - _; }

# write_keystone_config KEYSTONE
write_keystone_config() {
    local dir
    dir=$(keystone_dir "$1")
    mkdir -p "$dir"
    cat >"$dir/keystone.conf" <<EOF
[DEFAULT]
log_file=$log_dir/$(keystone_daemon "$1").log
[database]
connection=$(database_url "$(keystone_database "$1")")
[token]
provider=fernet
expiration=86400
[fernet_tokens]
key_repository=$dir/fernet-keys
[credential]
key_repository=$dir/credential-keys
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

# keystone_manage KEYSTONE ARGUMENT...
keystone_manage() {
    local keystone=$1
    shift
    keystone-manage --config-file "$(keystone_dir "$keystone")/keystone.conf" "$@" >>"$log_dir/keystone-manage.out" 2>&1
}

# make_keystone_schema: by Keystone's own migrations, in the first Keystone's database, and a dump of it for the other.
make_keystone_schema() {
    local database
    database=$(keystone_database "${keystones[0]}")
    sql -e "drop database if exists $database; create database $database"
    keystone_manage "${keystones[0]}" db_sync
    mariadb-dump --no-defaults --socket="$database_socket" --skip-comments "$database" >"$state_dir/keystone-schema.sql"
}

# copy_keystone_schema KEYSTONE
copy_keystone_schema() {
    local database
    database=$(keystone_database "$1")
    sql -e "drop database if exists $database; create database $database"
    sql "$database" <"$state_dir/keystone-schema.sql"
}

# make_keystone_keys KEYSTONE: what seals its tokens and its users' credentials.
make_keystone_keys() {
    local dir
    dir=$(keystone_dir "$1")
    rm -rf "$dir/fernet-keys" "$dir/credential-keys"
    mkdir -m 700 "$dir/fernet-keys" "$dir/credential-keys"
    # 32 random bytes each, as `keystone-manage fernet_setup` makes them, without three seconds of Python for each.
    local repository number
    for repository in fernet-keys credential-keys; do
        for number in 0 1; do (umask 077 && head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' >"$dir/$repository/$number"); done
    done
}

# bootstrap_keystone KEYSTONE: its administrator, the usual roles, and itself in its catalogue.
bootstrap_keystone() {
    local site url
    read -r site < <(sites_of "$1")
    url=$(keystone_url "$1")
    keystone_manage "$1" bootstrap --bootstrap-password "$(password admin "$1")" --bootstrap-region-id "$(region_name "$site")" \
        --bootstrap-public-url "$url" --bootstrap-internal-url "$url" --bootstrap-admin-url "$url"
}

# identifier KEYSTONE COLLECTION NAME: the id of the user, project, role or service of that name; empty if there is none.
identifier() { call GET "$(keystone_url "$1")/$2?name=$3" | jq -r ".$2[0].id // empty"; }

# ensure_named KEYSTONE COLLECTION NAME BODY: creates it unless it exists; prints its id.
ensure_named() {
    local id
    id=$(identifier "$1" "$2" "$3")
    [[ -n $id ]] || id=$(call POST "$(keystone_url "$1")/$2" "$4" | jq -r '.[].id')
    echo "$id"
}

# ensure_user KEYSTONE NAME PROJECT ROLE...
ensure_user() {
    local keystone=$1 name=$2 project=$3 user project_id role
    shift 3
    project_id=$(ensure_named "$keystone" projects "$project" "{\"project\": {\"name\": \"$project\", \"domain_id\": \"default\"}}")
    user=$(ensure_named "$keystone" users "$name" \
        "{\"user\": {\"name\": \"$name\", \"password\": \"$(password "$name" "$keystone")\", \"domain_id\": \"default\"}}")
    for role; do
        call PUT "$(keystone_url "$keystone")/projects/$project_id/users/$user/roles/$(identifier "$keystone" roles "$role")" >/dev/null
    done
}

# ensure_region KEYSTONE NAME
ensure_region() {
    local have
    have=$(call GET "$(keystone_url "$1")/regions" | jq -r '.regions[].id')
    grep -qx "$2" <<<"$have" || call POST "$(keystone_url "$1")/regions" "{\"region\": {\"id\": \"$2\"}}" >/dev/null
}

# ensure_endpoint KEYSTONE SERVICE_ID REGION URL: the public and the internal address of a service in a region.
ensure_endpoint() {
    local have interface
    have=$(call GET "$(keystone_url "$1")/endpoints?service_id=$2&region_id=$3" | jq -r '.endpoints[].interface')
    for interface in public internal; do
        [[ $have == *$interface* ]] || call POST "$(keystone_url "$1")/endpoints" \
            "{\"endpoint\": {\"service_id\": \"$2\", \"region_id\": \"$3\", \"interface\": \"$interface\", \"url\": \"$4\"}}" >/dev/null
    done
}

# fill_keystone KEYSTONE
fill_keystone() {
    local keystone=$1 site identity network name
    keystone_token "$keystone"
    ensure_named "$keystone" roles service '{"role": {"name": "service"}}' >/dev/null
    ensure_user "$keystone" neutron service admin service
    ensure_user "$keystone" isthmus service admin
    ensure_user "$keystone" demo demo member
    ensure_user "$keystone" reader demo reader
    identity=$(identifier "$keystone" services keystone)
    for site in $(sites_of "$keystone"); do
        name=$(network_service "$site")
        network=$(ensure_named "$keystone" services "$name" "{\"service\": {\"name\": \"$name\", \"type\": \"network\"}}")
        ensure_region "$keystone" "$(region_name "$site")"
        ensure_endpoint "$keystone" "$identity" "$(region_name "$site")" "$(keystone_url "$keystone")"
        ensure_endpoint "$keystone" "$network" "$(region_name "$site")" "$(neutron_url "$site")"
    done
}

# keystone_up KEYSTONE: once there is the schema.
keystone_up() {
    local name
    name=$(keystone_daemon "$1")
    once "$name-keys" make_keystone_keys "$1"
    once "$name-bootstrap" bootstrap_keystone "$1"
    # uWSGI closes each connection; the header says so, or clients that wish to keep it fail.
    start_daemon "$name" env OS_KEYSTONE_CONFIG_FILES="$(keystone_dir "$1")/keystone.conf" uwsgi --plugin python3 \
        --http-socket "127.0.0.1:$(keystone_port "$1")" --add-header 'Connection: close' --buffer-size 65535 --listen 100 \
        --wsgi-file /usr/bin/keystone-wsgi-public --lazy-apps --need-app --die-on-term --disable-logging \
        --processes 1 --threads 4 --enable-threads
    wait_until "Keystone $1 answers" 90 "$log_dir/$name.out" answers "$(keystone_url "$1")"
    once "$name-content-of-kinds" fill_keystone "$1"
}

keystones_up() {
    local keystone
    for keystone in "${keystones[@]}"; do write_keystone_config "$keystone"; done
    once keystone-schema step "Keystone has its schema" make_keystone_schema
    for keystone in "${keystones[@]:1}"; do once "$(keystone_daemon "$keystone")-schema" copy_keystone_schema "$keystone"; done
    for keystone in "${keystones[@]}"; do
        in_background "$(keystone_daemon "$keystone")" step "Keystone $keystone answers and has its users and catalogue" keystone_up "$keystone"
    done
    for keystone in "${keystones[@]}"; do await "$(keystone_daemon "$keystone")"; done
}
