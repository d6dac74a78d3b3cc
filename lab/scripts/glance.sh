# shellcheck shell=bash
# Glance of a cloud that has a Nova, and how such services log in at its Keystone.

glance_dir() { echo "$state_dir/glance-$1"; }
glance_url() { echo "http://127.0.0.1:$(glance_port "$1")"; }

# service_login SITE: how Nova and Glance of a cloud log in at its Keystone.
service_login() {
    local keystone
    keystone=$(keystone_of "$1")
    cat <<EOT
auth_url=$(keystone_url "$keystone")
auth_type=password
username=nova
password=$(password nova "$keystone")
project_name=service
user_domain_id=default
project_domain_id=default
EOT
}

# token_check SITE: the section that makes a service ask Keystone about its callers.
token_check() {
    cat <<EOT
[keystone_authtoken]
www_authenticate_uri=$(keystone_url "$(keystone_of "$1")")
$(service_login "$1")
service_token_roles_required=true
memcached_servers=127.0.0.1:$memcached_port
EOT
}

# write_glance_config CLOUD
write_glance_config() {
    local dir
    dir=$(glance_dir "$1")
    mkdir -p "$dir/images" "$dir/staging" "$dir/tasks" "$dir/lock"
    cat >"$dir/glance-api.conf" <<EOT
[DEFAULT]
bind_host=127.0.0.1
bind_port=$(glance_port "$1")
workers=0
log_file=$log_dir/glance-$1.log
transport_url=fake://
enabled_backends=files:file
node_staging_uri=file://$dir/staging
[glance_store]
default_backend=files
[files]
filesystem_store_datadir=$dir/images
[os_glance_staging_store]
filesystem_store_datadir=$dir/staging
[os_glance_tasks_store]
filesystem_store_datadir=$dir/tasks
[database]
connection=$(database_url "glance_$1")
[oslo_concurrency]
lock_path=$dir/lock
[oslo_messaging_notifications]
driver=noop
[paste_deploy]
flavor=keystone
config_file=/etc/glance/glance-api-paste.ini
$(token_check "$1")
EOT
}

make_glance_databases() {
    local cloud
    new_database glance_b
    glance-manage --config-file "$(glance_dir b)/glance-api.conf" db_sync >>"$log_dir/glance-manage.out" 2>&1
    dump_schema glance_b glance
    for cloud in "${nova_clouds[@]:1}"; do new_database "glance_$cloud" glance; done
}

# glance_start CLOUD
glance_start() {
    start_daemon "glance-$1" glance-api --config-file "$(glance_dir "$1")/glance-api.conf"
    wait_until "Glance $1 answers" 90 "$log_dir/glance-$1.log" answers "$(glance_url "$1")"
}
