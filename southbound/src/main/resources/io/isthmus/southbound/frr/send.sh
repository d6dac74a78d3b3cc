# Sends data to the other side's probe port, where receive.sh listens.
part iperf
command -v iperf3 >/dev/null || { echo "iperf3: not found" >&2; exit 127; }
# A userspace Open vSwitch finishes no checksum: TCP from a port that leaves them to be finished does not pass.
nsenter --net="/run/netns/$probe_netns" -- ethtool -K "$pr" tx off >/dev/null 2>&1
tries=0
until answer=$(nsenter --net="/run/netns/$probe_netns" -- timeout -k 1 "$((seconds + 5))" iperf3 -J -4 -c "$peer_probe_address" \
    -p 5201 -t "$seconds" -b "${mbps}M" -l 16K --connect-timeout 600 2>/dev/null); do
    tries=$((tries + 1))
    if [ "$tries" -ge 12 ]; then break; fi
    sleep 0.3
done
echo "$answer"
ended
