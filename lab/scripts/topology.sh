# shellcheck shell=bash
# The worked example: four sites, four WAN links, and every name, number and port that follows from them.

sites=(a b c d)
# Each link: its two sites and its delay one way in milliseconds.
links=("a-b 5" "a-c 10" "b-c 20" "a-d 12")
# The sites whose Neutron has an agent for routers; the example needs no more.
router_sites=(b d)
link_mtu=1500
link_capacity_mbps=1000

physical_network=interdc
vlan_range=2000-2999

keystone_port=5000
rabbitmq_port=5672
memcached_port=11211

# Lab-only passwords: everything listens on loopback or in the lab's own namespaces.
admin_password=admin-lab
isthmus_password=isthmus-lab
neutron_password=neutron-lab
demo_password=demo-lab
reader_password=reader-lab
database_password=database-lab
rabbitmq_password=rabbitmq-lab

# site_number SITE: 1 to 4.
site_number() {
    case $1 in
    a) echo 1 ;; b) echo 2 ;; c) echo 3 ;; d) echo 4 ;;
    esac
}

# site_location SITE: latitude, longitude, country.
site_location() {
    case $1 in
    a) echo "50.11 8.68 DE" ;; # Frankfurt
    b) echo "48.86 2.35 FR" ;; # Paris
    c) echo "41.90 12.50 IT" ;; # Rome
    d) echo "59.33 18.07 SE" ;; # Stockholm
    esac
}

region_name() { echo "Region${1^^}"; }
gateway_namespace() { echo "ist-gw-$1"; }
datacenter_namespace() { echo "ist-dc-$1"; }
agent_host() { echo "dc-$1-compute"; }
tunnel_address() { echo "10.255.0.$(site_number "$1")"; }
as_number() { echo $((65000 + $(site_number "$1"))); }
ssh_port() { echo $((2200 + $(site_number "$1"))); }
neutron_port() { echo $((9696 + 1000 * ($(site_number "$1") - 1))); }
gateway_dir() { echo "$state_dir/gateway-$1"; }
site_dir() { echo "$state_dir/site-$1"; }
ovsdb_socket() { echo "$(site_dir "$1")/ovs/db.sock"; }

# link_names: every link, as a-b.
link_names() { printf '%s\n' "${links[@]%% *}"; }

# link_delay LINK: milliseconds one way.
link_delay() {
    local link
    for link in "${links[@]}"; do [[ ${link%% *} != "$1" ]] || echo "${link##* }"; done
}

# link_number LINK: its place in the list, from 1; fails for an unknown link.
link_number() {
    local link number=0
    for link in "${links[@]}"; do
        number=$((number + 1))
        if [[ ${link%% *} == "$1" ]]; then echo "$number" && return 0; fi
    done
    return 1
}

# link_address LINK SITE: the address of that site's end; a link is a /30.
link_address() {
    if [[ $2 == "${1%-*}" ]]; then echo "172.31.$(link_number "$1").1"; else echo "172.31.$(link_number "$1").2"; fi
}

# neighbour_links SITE: for each link of the site, a line "LINK NEIGHBOUR".
neighbour_links() {
    local link
    for link in $(link_names); do
        if [[ ${link%-*} == "$1" ]]; then echo "$link ${link#*-}"; fi
        if [[ ${link#*-} == "$1" ]]; then echo "$link ${link%-*}"; fi
    done
}

# all_ports: every TCP port of the root namespace's loopback that the lab uses, with what for.
all_ports() {
    local site
    echo "$keystone_port keystone"
    echo "$rabbitmq_port rabbitmq"
    echo "25672 rabbitmq" # Erlang's own, chosen by RabbitMQ
    echo "$memcached_port memcached"
    for site in "${sites[@]}"; do
        echo "$(neutron_port "$site") neutron-$site"
        echo "$(ssh_port "$site") gateway-$site-ssh"
    done
}
