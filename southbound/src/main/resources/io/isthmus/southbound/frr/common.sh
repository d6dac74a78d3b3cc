# What every script of the driver starts with. The values come before it, as assignments: connection, vni, vlan, mtu,
# the devices' names (ac dc br vx pp pr nt nr), probe_netns, nat_netns, dc_netns, vty_socket, ovsdb, ovs_bridge, …; empty stands for none.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
LC_ALL=C
export PATH LC_ALL

# frr ARGUMENT...: FRR's shell; a frozen daemon would hold it for ever.
frr() { timeout -k 1 "$tool_seconds" vtysh ${vty_socket:+--vty_socket "$vty_socket"} "$@"; }

ovs() { ovs-vsctl --timeout="$tool_seconds" ${ovsdb:+--db="$ovsdb"} "$@"; }

# dc_ip ARGUMENT...: ip where the Open vSwitch of the site is.
dc_ip() { ip ${dc_netns:+-n "$dc_netns"} "$@"; }

# dc_run COMMAND...: a command where the Open vSwitch of the site is.
dc_run() {
    if [ -n "$dc_netns" ]; then nsenter --net="/run/netns/$dc_netns" -- "$@"; else "$@"; fi
}

# part NAME … ended: the output between belongs to NAME; the last command's exit status follows it.
part() { echo "=== part $1"; }
ended() { echo "=== ended $?"; }
