#!/bin/bash
# Tests of get_node_metrics.sh on recorded cgroup trees: cgroup-v1 is of an isolated node after a pull, cgroup-v2 follows
# the kernel's format. Both have a limit of 0.50 core and 512 MiB. Expected values are worked out by hand.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
script=../get_node_metrics.sh
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# Fresh copies of the recorded tree, and of /proc of a machine with 2 cores and 24683620 kB.
tree() { rm -rf "${work:?}"/*; cp -r "$1" "$work/tree"; cp -r proc "$work/proc"; }
put() { printf '%s\n' "$2" > "$work/tree/$1"; }

# The script's line, where its pause of 0.1 s is a command of the test's and the clock goes on by 100000 us.
line() (
  export FAASBENCH_CGROUP_ROOT=$work/tree FAASBENCH_PROC_ROOT=$work/proc
  source "$script"
  clock=1000000
  now_us() { now=$clock; }
  pause() { clock=$((clock + 100000)); eval "$meanwhile"; }
  main
)

expect() {
  local name=$1 want=$2 got=$3
  if [[ $got == "$want" ]]; then ((passed += 1)); echo "ok      $name"; return; fi
  ((failed += 1))
  printf 'FAILED  %s\n  expected %s\n  got      %s\n' "$name" "$want" "$got"
}

# v1: (252710912 used - (119676928 + 72761344 - 118784) cache) / 536870912 = 11.2488 %
busy_v1() { put cpuacct/cpuacct.usage $((36872210902 + $1)); }
tree cgroup-v1; meanwhile='busy_v1 50000000'
expect 'v1: 0.50 core busy is 100 percent of a node of 0.50 core' '{"cpu": 100.00, "ram": 11.24}' "$(line)"
tree cgroup-v1; meanwhile='busy_v1 12500000'
expect 'v1: 0.125 core busy is 25 percent' '{"cpu": 25.00, "ram": 11.24}' "$(line)"
tree cgroup-v1; meanwhile=:
expect 'v1: an idle node' '{"cpu": 0.00, "ram": 11.24}' "$(line)"
tree cgroup-v1; mv "$work/tree/cpu" "$work/tree/cpu,cpuacct"; mv "$work/tree/cpuacct/"* "$work/tree/cpu,cpuacct"
rmdir "$work/tree/cpuacct"; meanwhile='put cpu,cpuacct/cpuacct.usage $((36872210902 + 12500000))'
expect 'v1: cpu and cpuacct mounted as one' '{"cpu": 25.00, "ram": 11.24}' "$(line)"
tree cgroup-v1; put cpu/cpu.cfs_quota_us -1; meanwhile='busy_v1 50000000'
expect 'v1: without a CPU limit, percent of both cores' '{"cpu": 25.00, "ram": 11.24}' "$(line)"
# 60391424 / (24683620 * 1024) = 0.2389 %
tree cgroup-v1; put memory/memory.limit_in_bytes 9223372036854771712; meanwhile=:
expect 'v1: without a memory limit, percent of all memory' '{"cpu": 0.00, "ram": 0.23}' "$(line)"
tree cgroup-v1; : > "$work/tree/memory/memory.stat"; meanwhile=:
expect 'v1: without memory.stat, cache counts as used' '{"cpu": 0.00, "ram": 47.07}' "$(line)"
tree cgroup-v1; put cpuacct/cpuacct.usage 'not a number'; put memory/memory.limit_in_bytes '0x200'; meanwhile=:
expect 'v1: junk is null, or no limit' '{"cpu": null, "ram": 0.23}' "$(line)"

# v2: (230686720 used - (104857600 + 41943040 - 20971520) cache) / 536870912 = 19.5313 %
tree cgroup-v2; meanwhile='put cpu.stat "usage_usec 5170000"'
expect 'v2: 0.50 core busy is 100 percent of a node of 0.50 core' '{"cpu": 100.00, "ram": 19.53}' "$(line)"
tree cgroup-v2; put cpu.max 'max 100000'; meanwhile='put cpu.stat "usage_usec 5170000"'
expect 'v2: without a CPU limit, percent of both cores' '{"cpu": 25.00, "ram": 19.53}' "$(line)"
tree cgroup-v2; rm "$work/tree/cpu.max"; meanwhile='put cpu.stat "usage_usec 5320000"'
expect 'v2: without cpu.max, percent of both cores' '{"cpu": 100.00, "ram": 19.53}' "$(line)"
# 104857600 / (24683620 * 1024) = 0.4148 %
tree cgroup-v2; put memory.max max; meanwhile=:
expect 'v2: without a memory limit, percent of all memory' '{"cpu": 0.00, "ram": 0.41}' "$(line)"
tree cgroup-v2; put memory.max 99999999999999; meanwhile=:
expect 'v2: a limit above all memory is none' '{"cpu": 0.00, "ram": 0.41}' "$(line)"
tree cgroup-v2; put cpu.max 'junk junk'; put cpu.stat 'usage_usec junk'; put memory.current junk; meanwhile=:
rm "$work/proc/meminfo"
expect 'v2: what cannot be read is null' '{"cpu": null, "ram": null}' "$(line)"
# (24683620 - 23290040) / 24683620 = 5.6457 %
tree cgroup-v2; rm "$work/tree/memory."*; meanwhile=:
expect 'v2: the root cgroup has no memory files, so the machine counts' '{"cpu": 0.00, "ram": 5.64}' "$(line)"
tree cgroup-v2; put memory.current 1000; meanwhile=:
expect 'v2: more cache than use is no negative percentage' '{"cpu": 0.00, "ram": 0.00}' "$(line)"

# The windows of --serve: samples (t) and lines (l) come as the test says, each 0.25 s after the one before.
windows() (
  export FAASBENCH_CGROUP_ROOT=$work/tree FAASBENCH_PROC_ROOT=$work/proc
  source "$script"
  clock=0
  now_us() { clock=$((clock + 250000)); now=$clock; put cpu.stat "usage_usec $((clock / 4))"; }
  come=$1
  events() { fold -w 1 <<< "$come"; }
  main --serve
)
tree cgroup-v2
expect '--serve: a young one measures since its start' '{"cpu": 50.00, "ram": 19.53, "window_s": 0.250}' "$(windows l)"
expect '--serve: and then over the shortest window of 1 s or more' '{"cpu": 50.00, "ram": 19.53, "window_s": 1.000}' \
  "$(windows ttttttl)"
expect '--serve: lines between the samples move no window' '0.250 0.500 0.750 1.000 1.250 1.500 1.750' \
  "$(windows lllllll | grep -oE '[0-9.]+}' | tr '}\n' ' ' | sed 's/  */ /g; s/ $//')"

# The script as a process, on this machine's clock and a tree that stands still. However busy the machine is: nothing here
# waits for a time, only for what is to happen, and gives up after a minute.
tree cgroup-v2
export FAASBENCH_CGROUP_ROOT=$work/tree FAASBENCH_PROC_ROOT=$work/proc
limit_s=60
start() { coproc SCRIPT { exec bash "$@" 2> /dev/null; }; script_pid=$SCRIPT_PID; exec {to}>&"${SCRIPT[1]}" {from}<&"${SCRIPT[0]}"; exec {SCRIPT[1]}>&- {SCRIPT[0]}<&-; }
ask() { echo >&"$to"; read -r -t $limit_s answer <&"$from"; }
end_input() { exec {to}>&-; }
descendants() { local child; for child in $(pgrep -P "$1"); do echo "$child"; descendants "$child"; done; }
# A process that ended and was not reaped yet (state Z) is none.
living() { local pid; for pid in "$@"; do grep -qs '^State:.[^Z]' "/proc/$pid/status" && printf '%s ' "$pid"; done; }
# Those that have not ended at the limit are in `left`, and are ended.
await_end() {
  local deadline=$((SECONDS + limit_s))
  until left=$(living "$@"); [[ -z $left || $SECONDS -ge $deadline ]]; do sleep 0.05; done
  [[ -z $left ]] || kill -9 $left
}

# Each line has its answer, as many as come in a time in which samples are taken too; a window that gets shorter has
# moved on to a newer sample, and without samples none would.
start -c "$(cat $script)" metrics --serve
answered=0 newest=0 moved=
deadline=$((SECONDS + limit_s))
while [[ -z $moved || $answered -lt 30 ]] && (( SECONDS < deadline )) && ask; do
  [[ $answer =~ ^'{"cpu": 0.00, "ram": 19.53, "window_s": '([0-9]+)\.([0-9]{3})'}'$ ]] || break
  ((answered += 1)); window=$((10#${BASH_REMATCH[1]}${BASH_REMATCH[2]}))
  (( window >= newest )) || moved=$window
  newest=$window
done
expect '--serve answers each line with CPU, RAM and the window' 1 "$([[ $answered -ge 30 ]] && echo 1 || echo "after $answered: $answer")"
expect '--serve measures over 1 s or more once it ran so long' 1 "$([[ ${moved:-0} -ge 1000 ]] && echo 1 || echo "$newest, moved: $moved")"
helpers=$(descendants "$script_pid" | tr '\n' ' ')
end_input
# shellcheck disable=SC2086  # numbers of processes
await_end "$script_pid" $helpers
wait "$script_pid"; status=$?
expect '--serve ends well with its input' 0 "$status"
expect '--serve had helpers' 1 "$([[ -n $helpers ]] && echo 1)"
expect '--serve leaves no process behind' '' "$left"

expect '--watch prints a line each interval' 3 "$(timeout $limit_s bash $script --watch 0.1 | head -n 3 | wc -l)"
start "$script" --watch 600 --until-eof
expect '--until-eof prints a first line at once' 0 "$(read -r -t $limit_s answer <&"$from"; echo $?)"
end_input
await_end "$script_pid"
expect '--watch ends with its input where it is told to, long before its interval' '' "$left"
wait "$script_pid"; expect '--watch ends well then' 0 $?
bash $script --watch soon 2> "$work/err"; expect '--watch refuses what is no interval' 2 $?
bash $script --help-me 2> "$work/err"; expect 'an unknown argument is refused' 2 $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
