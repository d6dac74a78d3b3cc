# shellcheck shell=bash
# The WAN: one emulator process per link, whose two ends are TAP interfaces in the gateways' namespaces.

wan_link_program=$state_dir/bin/wan_link
wan_socket() { echo "$run_dir/link-$1.sock"; }

build_wan_link() {
    local source=$lab_home/src/main/c/wan_link.c
    if [[ $wan_link_program -nt $source ]]; then return 0; fi
    mkdir -p "$state_dir/bin"
    gcc -O2 -Wall -Wextra -std=gnu11 -o "$wan_link_program.new" "$source"
    mv "$wan_link_program.new" "$wan_link_program"
}

# link_up LINK: the emulator as the example has it, whatever a test did to it, and the addresses of both ends. It runs with
# real-time priority, so that busy processors do not make BFD see a failure that is none.
link_up() {
    local link=$1 a=${1%-*} z=${1#*-}
    if ! daemon_runs "link-$link"; then
        start_daemon "link-$link" chrt --fifo 20 "$wan_link_program" run "$(gateway_namespace "$a")" "wan-$z" \
            "$(gateway_namespace "$z")" "wan-$a" "$(wan_socket "$link")" "mtu=$link_mtu"
    fi
    wait_until "link $link runs" 20 "$log_dir/link-$link.out" "$wan_link_program" control "$(wan_socket "$link")" \
        direction=both down=0 "delay_ms=$(link_delay "$link")" jitter_ms=0 loss=0 rate_mbit=0 queue_kb=4096
    ip -n "$(gateway_namespace "$a")" address replace "$(link_address "$link" "$a")/30" dev "wan-$z"
    ip -n "$(gateway_namespace "$z")" address replace "$(link_address "$link" "$z")/30" dev "wan-$a"
}

# link_command LINK KEY=VALUE...|stats: lab link
link_command() {
    local link=${1:-} answer
    need_up
    link_number "$link" >/dev/null || fail "no such link: '$link' (links: $(link_names | tr '\n' ' '))"
    shift
    (($# > 0)) || fail "lab link $link KEY=VALUE...|stats (keys: delay_ms jitter_ms loss rate_mbit queue_kb down direction)"
    if [[ $1 == stats ]]; then shift; fi
    answer=$("$wan_link_program" control "$(wan_socket "$link")" "$@") || fail "link $link: ${answer:+not all was understood: }${answer:-no answer}"
    jq -c --arg link "$link" '{link: $link} + del(.understood)' <<<"$answer"
}
