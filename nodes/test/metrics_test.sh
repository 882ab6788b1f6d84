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

# The script as a process, on this machine's clock and a tree that stands still.
tree cgroup-v2
export FAASBENCH_CGROUP_ROOT=$work/tree FAASBENCH_PROC_ROOT=$work/proc
answers=$( (for _ in {1..30}; do echo; sleep 0.05; done) | bash -c "$(cat $script)" metrics --serve)
expect '--serve answers each line once' 30 "$(wc -l <<< "$answers")"
expect '--serve says CPU, RAM and the window' 30 \
  "$(grep -cE '^\{"cpu": 0\.00, "ram": 19\.53, "window_s": [01]\.[0-9]{3}\}$' <<< "$answers")"
expect '--serve measures over 1 to 2 s once it ran so long' 1 \
  "$(tail -n 1 <<< "$answers" | grep -cE '"window_s": 1\.[0-9]{3}\}$')"
# A line near a sample's due time must not be lost.
answers=$( (for _ in {1..20}; do echo; sleep 0.247; done) | bash $script --serve | wc -l)
expect '--serve loses no line between samples' 20 "$answers"
bash $script --serve < <(exec sleep 0.5) > "$work/out" & serving=$!
sleep 0.2; helpers=$(pgrep -P $serving | tr '\n' ' ')
wait $serving; status=$?
expect '--serve ends well with its input' 0 "$status"
expect '--serve had helpers' 1 "$([[ -n $helpers ]] && echo 1)"
# Given 2 s; a process that ended and was not reaped yet (state Z) is none.
for _ in {1..20}; do
  left=; for pid in $helpers; do grep -qs '^State:.[^Z]' "/proc/$pid/status" && left+=" $pid"; done
  [[ -z $left ]] && break; sleep 0.1
done
expect '--serve leaves no process behind' '' "$left"
expect '--watch prints a line each interval' 3 "$(bash $script --watch 0.1 | head -n 3 | wc -l)"
expect '--watch ends with its input where it is told to, at once' 0 "$(timeout 2 bash $script --watch 60 --until-eof < <(exec sleep 0.3) | wc -l >"$work/lines"; echo "${PIPESTATUS[0]}")"
expect '--until-eof prints a first line at once' 1 "$(cat "$work/lines")"
bash $script --watch soon 2> "$work/err"; expect '--watch refuses what is no interval' 2 $?
bash $script --help-me 2> "$work/err"; expect 'an unknown argument is refused' 2 $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
