# shellcheck shell=bash
# lab down: ends every process of the lab and removes everything it made, whatever state a crash left it in.

# lab_processes: those that carry the marker, were recorded, or live in one of the lab's namespaces; not ourselves.
lab_processes() {
    local own pid file
    own=" $(ancestors) "
    {
        grep -lszxF "$marker" /proc/[0-9]*/environ | tr -dc '0-9\n' || true
        for file in "$run_dir"/*.pid; do
            [[ ! -e $file ]] || daemon_processes "$(basename "$file" .pid)"
        done
        for file in /run/netns/ist-*; do
            [[ ! -e $file ]] || ip netns pids "$(basename "$file")" 2>/dev/null || true
        done
    } | sort -un | while read -r pid; do
        if [[ $own != *" $pid "* ]] && is_running "$pid"; then echo "$pid"; fi
    done
}

# is_running PID: whether it is there and no zombie.
is_running() { [[ -e /proc/$1/exe ]] && readlink "/proc/$1/exe" >/dev/null 2>&1; }

kill_processes() {
    local deadline=$((SECONDS + 30)) processes
    while processes=$(lab_processes) && [[ -n $processes ]]; do
        ((SECONDS < deadline)) || fail "these processes do not end: $(tr '\n' ' ' <<<"$processes")"
        # shellcheck disable=SC2086 # one word per process id
        kill -KILL $processes 2>/dev/null || true
        sleep 0.1
    done
}

# joined_namespaces: those of others that share a veth with one of ours: a controller made them (for its probes, say).
joined_namespaces() {
    local file
    for file in /run/netns/*; do
        # Only the text form names the other namespace; JSON has a number.
        if [[ -e $file && $file != /run/netns/ist-* ]] &&
            grep -q 'link-netns ist-' <<<"$(ip -n "$(basename "$file")" link 2>/dev/null)"; then
            basename "$file"
        fi
    done
}

remove_namespaces() {
    local file name
    for name in $(joined_namespaces); do delete_namespace "$name"; done
    for file in /run/netns/ist-*; do
        [[ ! -e $file ]] || delete_namespace "$(basename "$file")"
    done
}

# clean_shared_directories: outside the state directory, programs leave traces that cannot be put elsewhere.
clean_shared_directories() {
    local directory
    # FRR's daemons keep their crash logs in /var/tmp/frr/NAME.PID.
    for directory in /var/tmp/frr/*.*; do
        if [[ -d $directory ]] && ! is_running "${directory##*.}"; then rm -r "$directory"; fi
    done
    rmdir /var/tmp/frr 2>/dev/null || true
    if [[ -e $state_dir/made-run-sshd ]]; then rmdir /run/sshd 2>/dev/null || true; fi
    # The first `ip netns add` of a machine makes /run/netns a mount of its own.
    if [[ -e $state_dir/made-run-netns && -z $(ls -A /run/netns) ]]; then
        umount /run/netns 2>/dev/null || true
        rmdir /run/netns 2>/dev/null || true
    fi
}

down() {
    ((EUID == 0)) || fail "the lab needs root"
    step "processes ended" kill_processes
    step "namespaces removed" remove_namespaces
    step "shared directories cleaned" clean_shared_directories
    # Only what looks like ours is removed, whatever ISTHMUS_LAB_DIR says.
    if [[ -d $state_dir/run && -d $state_dir/log ]]; then rm -rf "$state_dir"; else rmdir "$state_dir" 2>/dev/null || true; fi
    say "the lab is down"
}
