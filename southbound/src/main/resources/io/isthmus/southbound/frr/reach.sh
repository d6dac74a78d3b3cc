# Sends packets to each of $destinations (address/source/size words) and finds the largest that passes whole.

request() { ping -n -q -W 1 ${source:+-I "$source"} "$@" "$address"; }

# passes BYTES: at least one packet of that size gets through whole.
passes() { request -c 3 -i 0.1 -M do -s "$(($1 - 28))" >/dev/null 2>&1; }

# largest: of the sizes tried, all at once and then between the best two, the largest that passes.
largest() {
    low=0 high=$size
    for stride in 64 8 1; do
        best=$(
            try=$((high - stride))
            tries=0
            while [ "$try" -gt "$low" ] && [ "$try" -ge 84 ] && [ "$tries" -lt 24 ]; do
                if passes "$try"; then echo "$try"; fi &
                try=$((try - stride))
                tries=$((tries + 1))
            done
            wait
        )
        for found in $best; do if [ "$found" -gt "$low" ]; then low=$found; fi; done
        if [ "$low" = 0 ]; then return; fi
        if [ "$((low + stride))" -lt "$high" ]; then high=$((low + stride)); fi
    done
    echo "$low"
}

reach() {
    address=${1%%/*} size=${1##*/} source=${1#*/}
    source=${source%%/*}
    received=$(request -c 10 -i 0.05 2>/dev/null | sed -n 's/.* transmitted, \([0-9]*\) received.*/\1/p')
    mtu=
    if [ "${received:-0}" -gt 0 ]; then
        if passes "$size"; then mtu=$size; else mtu=$(largest); fi
    fi
    echo "$address 10 ${received:-0} ${mtu:-0}"
}

part reach
for destination in $destinations; do
    reach "$destination" &
done
wait
ended
