# Sends data to the other side's probe port, where receive.sh listens.
part iperf
command -v iperf3 >/dev/null || { echo "iperf3: not found" >&2; exit 127; }
tries=0
until answer=$(nsenter --net="/run/netns/$probe_netns" -- timeout -k 1 "$((seconds + 5))" iperf3 -J -4 -c "$peer_probe_address" \
    -p 5201 -t "$seconds" -b "${mbps}M" -l 16K --connect-timeout 1500 2>/dev/null); do
    tries=$((tries + 1))
    if [ "$tries" -ge 4 ]; then break; fi
    sleep 0.3
done
echo "$answer"
ended
