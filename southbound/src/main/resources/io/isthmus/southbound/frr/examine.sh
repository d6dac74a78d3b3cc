# Reads the gateway as such: its clock, its daemons, its sessions.
part clock
date +%s
ended
part daemons
for daemon in zebra bgpd bfdd; do
    frr -d "$daemon" -c "show version" >/dev/null 2>&1
    echo "$daemon $?"
done
ended
part bfd_wanted
frr -d bgpd -c "show running-config" 2>/dev/null | grep -c "^ *neighbor .* bfd"
ended
part bgp
frr -d bgpd -c "show bgp summary json" 2>/dev/null
ended
part bfd
frr -d bfdd -c "show bfd peers json" 2>/dev/null
ended
