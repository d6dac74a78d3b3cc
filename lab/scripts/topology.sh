# shellcheck shell=bash
# The worked example: four sites, four WAN links, and every name, number and port that follows from them.
#
#     a  region     RegionA of the shared Keystone, with a Neutron of its own
#     b  cell       cell-b of RegionBC of the shared Keystone: the region has two network services, one for each cell
#     c  cell       cell-c of RegionBC
#     d  instance   RegionOne of a Keystone of its own, with users of its own

sites=(a b c d)
# The Keystones by name: one that three sites share, and site d's own.
keystones=(shared d)
# Each link: its two sites and its delay one way in milliseconds.
links=("a-b 5" "a-c 10" "b-c 20" "a-d 12")
# The sites whose Neutron has an agent for routers; the example needs no more.
router_sites=(b d)
link_mtu=1500
link_capacity_mbps=1000

physical_network=interdc
vlan_range=2000-2999

rabbitmq_port=5672
memcached_port=11211

# Lab-only passwords: everything listens on loopback or in the lab's own namespaces.
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

# site_kind SITE: how much of OpenStack the site has to itself.
site_kind() {
    case $1 in
    a) echo region ;; b | c) echo cell ;; d) echo instance ;;
    esac
}

# cell_name SITE: empty for a site that is no cell.
cell_name() { [[ $(site_kind "$1") != cell ]] || echo "cell-$1"; }

region_name() {
    case $1 in
    a) echo RegionA ;; b | c) echo RegionBC ;; d) echo RegionOne ;;
    esac
}

# network_service SITE: the name of its Neutron in the catalogue. Within a region of cells the name tells them apart.
network_service() {
    local cell
    cell=$(cell_name "$1")
    echo "neutron${cell:+-$cell}"
}

# keystone_of SITE: the name of the Keystone that knows the site's Neutron.
keystone_of() { if [[ $(site_kind "$1") == instance ]]; then echo "$1"; else echo shared; fi; }

# sites_of KEYSTONE
sites_of() {
    local site
    for site in "${sites[@]}"; do [[ $(keystone_of "$site") != "$1" ]] || echo "$site"; done
}

# keystone_daemon KEYSTONE: also the name of its directory and of its database.
keystone_daemon() { if [[ $1 == shared ]]; then echo keystone; else echo "keystone-$1"; fi; }
keystone_port() { if [[ $1 == shared ]]; then echo 5000; else echo 5001; fi; }

# password USER KEYSTONE: users of the same name in two Keystones are different users.
password() { if [[ $2 == shared ]]; then echo "$1-lab"; else echo "$1-lab-$2"; fi; }

gateway_namespace() { echo "ist-gw-$1"; }
datacenter_namespace() { echo "ist-dc-$1"; }
agent_host() { echo "dc-$1-compute"; }
tunnel_address() { echo "10.255.0.$(site_number "$1")"; }
as_number() { echo $((65000 + $(site_number "$1"))); }
ssh_port() { echo $((2200 + $(site_number "$1"))); }
placement_port() { echo $((8778 + $(site_number "$1"))); }
nova_port() { echo $((8783 + $(site_number "$1"))); }
glance_port() { echo $((9291 + $(site_number "$1"))); }
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
    local site keystone
    for keystone in "${keystones[@]}"; do echo "$(keystone_port "$keystone") $(keystone_daemon "$keystone")"; done
    echo "$rabbitmq_port rabbitmq"
    echo "25672 rabbitmq" # Erlang's own, chosen by RabbitMQ
    echo "$memcached_port memcached"
    for site in "${sites[@]}"; do
        echo "$(neutron_port "$site") neutron-$site"
        echo "$(ssh_port "$site") gateway-$site-ssh"
    done
}
