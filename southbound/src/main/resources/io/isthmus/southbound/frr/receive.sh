# Receives once what the other side's send.sh sends, on the probe port only.
part iperf
command -v iperf3 >/dev/null || { echo "iperf3: not found" >&2; exit 127; }
nsenter --net="/run/netns/$probe_netns" -- timeout -k 1 "$((seconds + 8))" iperf3 -4 -s -1 -B "$probe_address" -p 5201 >/dev/null 2>&1
ended
