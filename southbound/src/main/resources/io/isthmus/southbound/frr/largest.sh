# largest LOW HIGH: the largest size that passes, LOW being known to and HIGH not to; fifteen sizes are tried at once.
largest() {
    low=$1 high=$2
    while [ "$((high - low))" -gt 1 ]; do
        stride=$(((high - low + 15) / 16))
        best=$(
            size=$((low + stride))
            while [ "$size" -lt "$high" ]; do
                if passes "$size"; then echo "$size"; fi &
                size=$((size + stride))
            done
            wait
        )
        highest=0
        for size in $best; do if [ "$size" -gt "$highest" ]; then highest=$size; fi; done
        if [ "$highest" = 0 ]; then
            high=$((low + stride))
        else
            low=$highest
            if [ "$((low + stride))" -lt "$high" ]; then high=$((low + stride)); fi
        fi
    done
    echo "$low"
}
