# Sends echo requests from the probe port to the other side's.

echo_requests() { nsenter --net="/run/netns/$probe_netns" -- ping -n "$@" "$peer_probe_address"; }

# passes BYTES: a packet of that size gets through whole, there and back.
passes() { echo_requests -q -c 3 -i 0.02 -W 1 -M do -s "$(($1 - 28))" >/dev/null 2>&1; }

part port
[ -e "/run/netns/$probe_netns" ]
ended
# Only a burst after the first reply tells of loss: before it, the other side may not be there yet.
part first
echo_requests -q -c 1 -i 0.1 -w "$first_seconds"
found=$?
(exit $found)
ended
part burst
echo_requests -c "$burst" -i 0.015 -W 1
ended
# What was learnt of the way before, when it was worse, must not hide that it is better.
ip -n "$probe_netns" route flush cache
part mtu
if [ "$found" = 0 ]; then
    if passes "$mtu"; then echo "$mtu"; else largest 84 "$mtu"; fi
fi
ended
