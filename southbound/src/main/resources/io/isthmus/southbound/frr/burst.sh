# Sends probes to the other side's probe port.
part port
[ -e "/run/netns/$probe_netns" ]
ended
part burst
nsenter --net="/run/netns/$probe_netns" -- ping -n -c "$count" -i "$interval" -W 1 "$peer_probe_address"
ended
