# shellcheck shell=bash
# What OpenStack stands on: MariaDB, RabbitMQ and memcached, all private to the lab.

database_socket=$run_dir/mariadb.sock

# sql [ARGUMENT...]: the MariaDB client as root.
sql() { mariadb --no-defaults --socket="$database_socket" "$@"; }

# database_url NAME: the SQLAlchemy address of a database.
database_url() { echo "mysql+pymysql://lab:$database_password@localhost/$1?unix_socket=$database_socket"; }

# bus_url SITE: the message bus of a site: one vhost each.
bus_url() { echo "rabbit://lab:$rabbitmq_password@127.0.0.1:$rabbitmq_port/site-$1"; }

# new_database NAME [SCHEMA]: an empty one, or one with a schema dumped before.
new_database() {
    sql -e "drop database if exists $1; create database $1"
    [[ -z ${2:-} ]] || sql "$1" <"$state_dir/$2-schema.sql"
}

# dump_schema DATABASE NAME
dump_schema() { mariadb-dump --no-defaults --socket="$database_socket" --skip-comments "$1" >"$state_dir/$2-schema.sql"; }

# Tuned for a lab whose data nobody needs after a crash of the machine: no flushing, small buffers.
write_mariadb_config() {
    cat >"$state_dir/mariadb/my.cnf" <<EOF
[mariadbd]
user=mysql
datadir=$state_dir/mariadb/data
socket=$database_socket
pid-file=$state_dir/mariadb/data/mariadbd.pid
log-error=$log_dir/mariadb.err
skip-networking
skip-name-resolve
innodb_buffer_pool_size=64M
innodb_log_file_size=32M
innodb_flush_log_at_trx_commit=0
innodb_flush_method=nosync
innodb_doublewrite=0
innodb_file_per_table=0
performance_schema=0
max_connections=600
key_buffer_size=4M
aria_pagecache_buffer_size=4M
table_open_cache=4000
character-set-server=utf8mb3
collation-server=utf8mb3_general_ci
EOF
}

make_database_directory() {
    rm -rf "$state_dir/mariadb/data"
    mariadb-install-db --defaults-file="$state_dir/mariadb/my.cnf" --skip-test-db \
        --auth-root-authentication-method=socket >"$log_dir/mariadb-install.out" 2>&1
}

make_database_user() {
    sql -e "create user if not exists 'lab'@'localhost' identified by '$database_password';
            grant all on *.* to 'lab'@'localhost'"
}

mariadb_up() {
    mkdir -p "$state_dir/mariadb"
    chown mysql:mysql "$state_dir/mariadb"
    touch "$log_dir/mariadb.err"
    chown mysql "$log_dir/mariadb.err"
    write_mariadb_config
    once mariadb-directory make_database_directory
    start_daemon mariadb mariadbd --defaults-file="$state_dir/mariadb/my.cnf"
    wait_until "MariaDB answers" 60 "$log_dir/mariadb.err" sql -e 'select 1'
    once mariadb-user make_database_user
}

# The broker's users, vhosts and rights, loaded when it starts.
write_rabbitmq_definitions() {
    jq -n --arg password "$rabbitmq_password" --arg sites "${sites[*]}" '
        ($sites | split(" ") | map("site-" + .)) as $vhosts |
        {users: [{name: "lab", password: $password, tags: "administrator"}],
         vhosts: [$vhosts[] | {name: .}],
         permissions: [$vhosts[] | {user: "lab", vhost: ., configure: ".*", write: ".*", read: ".*"}]}' \
        >"$state_dir/rabbitmq/definitions.json"
}

rabbitmq_up() {
    local dir=$state_dir/rabbitmq
    mkdir -p "$dir"
    write_rabbitmq_definitions
    echo '[].' >"$dir/enabled_plugins"
    cat >"$dir/rabbitmq.conf" <<EOF
listeners.tcp.1 = 127.0.0.1:$rabbitmq_port
loopback_users = none
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
log.file.level = warning
load_definitions = $dir/definitions.json
EOF
    chown -R rabbitmq:rabbitmq "$dir"
    # Busy waiting of Erlang's schedulers is switched off: the cores are needed elsewhere.
    start_daemon rabbitmq setpriv --reuid rabbitmq --regid rabbitmq --init-groups env \
        HOME="$dir" RABBITMQ_NODENAME=isthmus-lab@localhost RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" RABBITMQ_MNESIA_BASE="$dir/mnesia" \
        RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_PID_FILE="$dir/pid" RABBITMQ_CONF_ENV_FILE=/dev/null \
        ERL_EPMD_ADDRESS=127.0.0.1 \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}" \
        /usr/lib/rabbitmq/bin/rabbitmq-server
    wait_until "RabbitMQ listens" 90 "$log_dir/rabbitmq.out" port_listens "$rabbitmq_port"
}

memcached_up() {
    start_daemon memcached memcached -u nobody -l 127.0.0.1 -p "$memcached_port" -m 32
    wait_until "memcached listens" 20 "$log_dir/memcached.out" port_listens "$memcached_port"
}
