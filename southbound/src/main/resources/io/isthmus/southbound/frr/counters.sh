# Reads the counters along a connection.
part heard
nsenter --net="/run/netns/$probe_netns" -- cat /proc/net/snmp 2>/dev/null
ended
part tunnel
ip -s -j link show dev "$vx" 2>/dev/null
ended
