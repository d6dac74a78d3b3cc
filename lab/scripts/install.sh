#!/usr/bin/env bash
# Installs the Debian packages that the lab needs; quick if they are there. No service is started.
#
#     install.sh            the lab's packages
#     install.sh bench      also those for the benchmarks
#     install.sh --check    installs nothing; says what is missing and fails then
set -euo pipefail

packages=(
    keystone placement-api nova-api nova-conductor nova-scheduler glance-api neutron-server neutron-openvswitch-agent neutron-l3-agent uwsgi-core uwsgi-plugin-python3
    mariadb-server mariadb-client rabbitmq-server memcached
    openvswitch-switch frr iproute2 nftables iputils-ping iputils-arping ethtool procps
    openssh-server openssh-client socat curl jq gcc libc6-dev python3 python3-openstacksdk util-linux iperf3
)
command -v npm >/dev/null || packages+=(nodejs npm) # another Node.js than Debian's will do as well
[[ -x ${CHROMIUM:-/usr/bin/chromium} ]] || packages+=(chromium fonts-dejavu-core) # for the console's tests
benchmark_packages=(python3-openstackclient)

# missing PACKAGE...: those that are not installed.
missing() {
    local package
    for package; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

# refuse_services: makes Debian's packages start no daemon, as on machines without systemd; removed again by us.
refuse_services() {
    [[ ! -e /usr/sbin/policy-rc.d ]] || return 0
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
}

case ${1:-} in
bench) packages+=("${benchmark_packages[@]}") ;;
'' | --check) ;;
*)
    echo "usage: install.sh [bench | --check]" >&2
    exit 2
    ;;
esac

mapfile -t wanted < <(missing "${packages[@]}")
if ((${#wanted[@]} == 0)); then
    [[ ${1:-} == --check ]] || echo "all packages are installed"
    exit 0
fi
if [[ ${1:-} == --check ]]; then
    echo "missing packages: ${wanted[*]}" >&2
    exit 1
fi
((EUID == 0)) || { echo "install.sh must run as root" >&2; exit 1; }
echo "installing: ${wanted[*]}"
refuse_services
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${wanted[@]}"
dpkg-query --show --showformat='${Package} ${Version}\n' "${packages[@]}"
