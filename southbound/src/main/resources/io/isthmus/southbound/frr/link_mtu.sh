# Sends echo requests from this gateway to the next one.

if [ "${neighbour#*:}" = "$neighbour" ]; then headers=28; else headers=48; fi

# passes BYTES: a packet of that size gets to the other gateway whole, without a gateway in between, and back.
passes() {
    ping -n -q -c 2 -i 0.05 -W 1 -t 1 -M do -I "$tunnel" -s "$(($1 - headers))" "$neighbour" >/dev/null 2>&1
}

part link
if passes "$mtu"; then echo "$mtu"; elif passes 128; then largest 128 "$mtu"; fi
ended
