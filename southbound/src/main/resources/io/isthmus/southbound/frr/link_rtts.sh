# Sends echo requests from this gateway straight to each of $neighbours, without a gateway in between.
part rtts
for neighbour in $neighbours; do
    ping -n -c 5 -i 0.1 -W 1 -t 1 -I "$tunnel" "$neighbour" 2>/dev/null |
        sed -n 's/.*icmp_seq=.* time=\([0-9.]*\) ms.*/{"neighbour": "'"$neighbour"'", "ms": \1}/p' &
done
wait
ended
