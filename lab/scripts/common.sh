# shellcheck shell=bash
# What every part of the lab shares: where its state is, printing, waiting, and the daemons it starts.

# Debian's own tools and Python, whatever else the caller has in PATH.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C.UTF-8
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

state_dir=${ISTHMUS_LAB_DIR:-/var/tmp/isthmus-lab}
log_dir=$state_dir/log
run_dir=$state_dir/run
# In the environment of every process of the lab: how `down` finds what nobody recorded.
marker="ISTHMUS_LAB=$state_dir"
started_at=$EPOCHREALTIME

# seconds_since TIME: the seconds since that $EPOCHREALTIME, with one decimal.
seconds_since() {
    local microseconds=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
    printf '%d.%d' $((microseconds / 1000000)) $((microseconds / 100000 % 10))
}

# say TEXT: one line of progress, with the seconds since the command began.
say() { printf '%6s s  %s\n' "$(seconds_since "$started_at")" "$*"; }

# fail TEXT: ends the command (or the background step) with an error.
fail() {
    printf 'lab: %s\n' "$*" >&2
    exit 1
}

# step TEXT COMMAND...: runs the command and says how long it took.
step() {
    local what=$1 begun=$EPOCHREALTIME
    shift
    "$@"
    say "$what ($(seconds_since "$begun") s)"
}

# wait_until WHAT SECONDS LOG COMMAND...: tries the command until it succeeds; fails after the deadline and shows the log.
wait_until() {
    local what=$1 seconds=$2 log=$3 deadline
    shift 3
    deadline=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= deadline)); then
            [[ ! -f $log ]] || tail -n 15 "$log" >&2
            fail "$what: not within $seconds s; look at $log"
        fi
        sleep 0.1
    done
}

# carries_marker PID: whether that process belongs to this lab.
carries_marker() { grep -qszxF "$marker" "/proc/$1/environ"; }

# daemon_pid NAME: the process id of a daemon that runs; fails if it does not run.
daemon_pid() {
    local pid
    pid=$(cat "$run_dir/$1.pid" 2>/dev/null) && [[ -n $pid ]] && carries_marker "$pid" && echo "$pid"
}

# daemon_runs NAME
daemon_runs() { daemon_pid "$1" >/dev/null; }

# start_daemon NAME COMMAND...: starts the command in a session of its own unless it runs already. Its process id is in
# run/NAME.pid, its output in log/NAME.out.
start_daemon() {
    local name=$1
    shift
    if daemon_runs "$name"; then return 0; fi
    end_orphans "$name"
    (
        # The lock of `up` must not live on in a daemon.
        [[ -z ${lock_fd:-} ]] || exec {lock_fd}<&-
        # SPT_NOENV: Python programs that change their title leave their environment, and so the marker, readable.
        exec env -u ISTHMUS_LAB_UP "$marker" SPT_NOENV=1 setsid "$@"
    ) >>"$log_dir/$name.out" 2>&1 </dev/null &
    echo $! >"$run_dir/$name.pid"
}

# end_orphans NAME: kills the children that a dead daemon left behind, and waits until their sockets are closed.
end_orphans() {
    local session pid deadline=$((SECONDS + 5))
    session=$(cat "$run_dir/$1.pid" 2>/dev/null) && [[ -n $session ]] || return 0
    for pid in $(pgrep -s "$session"); do
        carries_marker "$pid" || continue
        kill -KILL "$pid" 2>/dev/null || true
        while [[ -e /proc/$pid/exe ]] && ((SECONDS < deadline)); do sleep 0.05; done
    done
}

# daemon_processes NAME: the process ids of the daemon and its children.
daemon_processes() {
    local pid
    pid=$(daemon_pid "$1") || return 0
    pgrep -s "$pid" || true
}

# signal_daemon SIGNAL NAME: sends the signal to the daemon and its children.
signal_daemon() {
    local pid
    for pid in $(daemon_processes "$2"); do kill "-$1" "$pid" 2>/dev/null || true; done
}

# stop_daemon NAME: ends the daemon and its children, gently for five seconds, then by force.
stop_daemon() {
    local name=$1 pid deadline processes
    processes=$(daemon_processes "$name")
    signal_daemon CONT "$name"
    signal_daemon TERM "$name"
    deadline=$((SECONDS + 5))
    for pid in $processes; do
        while [[ -e /proc/$pid/exe ]]; do
            if ((SECONDS >= deadline)); then kill -KILL "$pid" 2>/dev/null || true; fi
            sleep 0.05
        done
    done
    rm -f "$run_dir/$name.pid"
}

# once NAME COMMAND...: runs a command that must succeed exactly once in the life of this lab.
once() {
    local name=$1
    shift
    if [[ -e $state_dir/done/$name ]]; then return 0; fi
    "$@"
    touch "$state_dir/done/$name"
}

# in_background NAME COMMAND...: runs the command beside the others; `await NAME` takes its result.
declare -A background_pid=()
in_background() {
    local name=$1
    shift
    (
        [[ -z ${lock_fd:-} ]] || exec {lock_fd}<&-
        "$@"
    ) &
    background_pid[$name]=$!
}

# await NAME...: waits for background commands; fails if one of them failed.
await() {
    local name
    for name; do
        wait "${background_pid[$name]}" || fail "$name failed (see above; logs are in $log_dir)"
    done
}

# namespace_exists NAME
namespace_exists() { [[ -e /run/netns/$1 ]] && ip -n "$1" link show lo >/dev/null 2>&1; }

# ensure_namespace NAME: a network namespace with loopback up. The remains of a killed `ip netns add` are replaced.
ensure_namespace() {
    if namespace_exists "$1"; then return 0; fi
    ip netns delete "$1" 2>/dev/null || rm -f "/run/netns/$1"
    ip netns add "$1"
    ip -n "$1" link set lo up
}

# interface_exists NAMESPACE INTERFACE
interface_exists() { ip -n "$1" link show "$2" >/dev/null 2>&1; }

# port_listens PORT: whether something listens on that TCP port of the root namespace's loopback.
port_listens() { [[ -n $(ss -Hltn "sport = :$1") ]]; }

# need_site SITE: fails unless it is one of the four.
need_site() { [[ " ${sites[*]} " == *" ${1:-} "* ]] || fail "no such site: '${1:-}' (sites: ${sites[*]})"; }

# need_up: fails unless the lab was brought up.
need_up() { [[ -s $state_dir/lab.json ]] || fail "the lab is not up (state would be in $state_dir): lab up"; }
