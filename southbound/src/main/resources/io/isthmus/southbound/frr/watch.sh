# Watches connections and links until whoever listens has gone, and tells what changes. `watched` has a line "VNI NAMESPACE
# DEVICE PEER" for each connection. Nothing outlives the script.
trap '' PIPE
trap 'trap - TERM HUP EXIT; kill 0' TERM HUP EXIT

# received NAMESPACE DEVICE: how many packets have arrived there.
received() { nsenter --net="/run/netns/$1" -- sed -n "s/^ *$2: *[0-9]* *\([0-9]*\) .*/\1/p" /proc/net/dev; }

# watch_one VNI NAMESPACE DEVICE PEER: four requests without an answer in a row are a failure.
watch_one() {
    missed=0 said=
    nsenter --net="/run/netns/$2" -- ping -n -O -i 0.2 "$4" 2>/dev/null | while read -r line; do
        case $line in
        *"bytes from"*)
            missed=0
            if [ "$said" != up ]; then
                said=up
                echo "up $1"
            fi
            ;;
        *"no answer yet"* | *Unreachable*)
            missed=$((missed + 1))
            if [ "$missed" = 4 ] && [ "$said" != down ]; then
                said=down
                before=$(received "$2" "$3")
                echo "down $1"
                sleep 0.5
                if [ "$(received "$2" "$3")" != "$before" ]; then echo "hears $1"; else echo "deaf $1"; fi
            fi
            ;;
        esac
    done
    echo "down $1"
}

# links: one line with what BFD and BGP say of the neighbours; what changes by itself is left out.
links() {
    frr -c "show bfd peers json" -c "show bgp ipv4 unicast summary json" | tr -d '\n' |
        sed 's/"\(up\|down\)time":[0-9]*,//g; s/^/links /'
    echo
}

echo looking
while read -r vni netns device peer; do
    if [ -e "/run/netns/$netns" ]; then watch_one "$vni" "$netns" "$device" "$peer" & fi
done <<END
$watched
END
known=
while sleep 0.5; do
    echo looking || exit 0
    turn=$((${turn:-0} + 1))
    if [ "$((turn % 2))" = 1 ]; then
        now=$(links)
        neighbours=$(echo "$now" | grep -o '"peer":"[^"]*"\|"status":"[^"]*"' | tr -d '\n')
        if [ "$neighbours" != "$known" ]; then
            known=$neighbours
            echo "$now"
        fi
    fi
done
