#!/bin/bash
# How busy this node is, in percent of its own limits: {"cpu": 42.10, "ram": 17.55}
#
#   get_node_metrics.sh                   one line, CPU over 0.1 s
#   get_node_metrics.sh --watch SECONDS   a line each interval, CPU over that interval
#   get_node_metrics.sh --watch SECONDS --until-eof
#                                         the same, and a first line after 0.1 s; ends with its input, at once
#   get_node_metrics.sh --serve           a line for each line read, at once, CPU over the last second;
#                                         "window_s" says over how long exactly. Ends with its input.
#
# Where it is not installed it runs over a connection: bash -c "$(cat get_node_metrics.sh)" metrics --serve
#
# 100 is the node's limit: half a core busy on a node of half a core. Where there is no limit it is all cores and all
# memory. What cannot be read is null. Reads cgroup v1 and v2, bash 4.2 or later, and starts no process while it serves.
#
# RAM is usage less the page cache that the kernel gives back when memory is short: both file lists (as MemAvailable
# counts them) but for pages mapped into processes, which hold code that is running. Docker's own figure leaves out
# inactive_file alone; after a pull it would call a node full whose memory is free to use.
LC_ALL=C
root=${FAASBENCH_CGROUP_ROOT:-/sys/fs/cgroup}
proc=${FAASBENCH_PROC_ROOT:-/proc}
single_window_s=0.1
serve_window_us=1000000   # the shortest window that --serve reports, once it has run that long
sample_every_s=0.25       # the longest is this much more
unlimited=1000000000000000000
declare -A pairs

# A whole file into `text` by builtins alone.
read_text() { text=; [[ -r $1 ]] && IFS= read -r -d '' text < "$1"; [[ -n $text ]]; }

# A file of one whole number into `value`; empty if it holds anything else.
read_number() {
  value=
  read_text "$1" && [[ $text =~ ^([0-9]{1,19})[[:space:]]*$ ]] || return 1
  value=${BASH_REMATCH[1]}
  (( ${#value} < 19 )) || value=$unlimited
}

# A file of lines "KEY NUMBER" into the array `pairs`, less those whose number is none.
read_pairs() {
  local -a words=()
  local i
  pairs=()
  [[ -r $1 ]] && IFS=$' \t\n' read -r -d '' -a words < "$1"
  for ((i = 1; i < ${#words[@]}; i += 2)); do
    [[ ${words[i]} == *[!0-9]* || ${#words[i]} -gt 18 ]] || pairs[${words[i - 1]}]=${words[i]}
  done
}

# A line of /proc/meminfo, in bytes, into `value`; empty if unknown.
read_meminfo() {
  local key number
  value=
  [[ -r $proc/meminfo ]] || return
  while read -r key number _; do
    [[ $key == "$1:" && $number =~ ^[0-9]{1,15}$ ]] && value=$((number * 1024)) && return
  done < "$proc/meminfo"
}

# Builtins only; bash before 5 has no clock finer than a second, so uptime (10 ms) serves there.
now_us() {
  if [[ -n ${EPOCHREALTIME:-} ]]; then now=${EPOCHREALTIME/./}; return; fi
  local up; read -r up _ < "$proc/uptime"; now=$((10#${up/./} * 10000))
}

pause() {
  [[ -n ${idle_fd:-} ]] || exec {idle_fd}<> <(:)   # a pipe that nobody writes to
  read -r -t "$1" -u "$idle_fd"
}

find_layout() {
  local dir
  if [[ -f $root/cgroup.controllers ]]; then version=2; return; fi
  version=1
  for dir in cpuacct cpu,cpuacct cpuacct,cpu; do [[ -d $root/$dir ]] && cpuacct=$root/$dir && break; done
  for dir in cpu cpu,cpuacct cpuacct,cpu; do [[ -d $root/$dir ]] && cpu=$root/$dir && break; done
}

# The limit of CPU in thousandths of a core into `milli`.
read_cpu_limit() {
  local quota='' period='' line
  if [[ $version == 2 ]]; then
    read_text "$root/cpu.max" && read -r quota period <<< "$text"
  else
    read_number "${cpu:-}/cpu.cfs_quota_us" && quota=$value   # -1, no limit, is no number here
    read_number "${cpu:-}/cpu.cfs_period_us" && period=$value
  fi
  if [[ $quota =~ ^[1-9][0-9]{0,14}$ && $period =~ ^[1-9][0-9]{0,14}$ ]]; then
    milli=$((quota * 1000 / period))
    (( milli > 0 )) && return
  fi
  read_text "$proc/stat"
  milli=0
  while read -r line _; do [[ $line =~ ^cpu[0-9]+$ ]] && ((milli += 1000)); done <<< "$text"
}

# CPU time used by the node and all below it, in ns, into `busy`; empty if unknown.
read_busy() {
  busy=
  if [[ $version == 2 ]]; then
    read_pairs "$root/cpu.stat"
    [[ -n ${pairs[usage_usec]:-} ]] && busy=$((pairs[usage_usec] * 1000))
  else
    read_number "${cpuacct:-}/cpuacct.usage" && busy=$value
  fi
}

# RAM in hundredths of a percent into `ram`; "null" if unknown.
read_ram() {
  local used='' limit=$unlimited cache
  if [[ $version == 2 ]]; then
    read_number "$root/memory.max" && limit=$value
    read_number "$root/memory.current" && used=$value
    read_pairs "$root/memory.stat"
    cache=$((pairs[inactive_file] + pairs[active_file] - pairs[file_mapped]))
  else
    read_number "$root/memory/memory.limit_in_bytes" && limit=$value
    read_number "$root/memory/memory.usage_in_bytes" && used=$value
    read_pairs "$root/memory/memory.stat"
    cache=$((pairs[total_inactive_file] + pairs[total_active_file] - pairs[total_mapped_file]))
  fi
  (( cache > 0 )) || cache=0
  (( total > 0 && limit > total )) && limit=$total
  # The root of cgroup v2 has no memory.current: there the node is the machine.
  if [[ -z $used ]]; then
    read_meminfo MemAvailable
    [[ -n $value ]] && used=$((total - value)) limit=$total cache=0
  fi
  ram=null
  [[ -n $used ]] && (( limit > 0 && limit < unlimited )) || return
  ram=$(((used > cache ? used - cache : 0) * 10000 / limit))
}

# CPU in hundredths of a percent into `load`, from busy time and clock of two readings.
cpu_between() {
  load=null
  [[ -n $1 && -n $3 ]] && (( $4 > $2 && milli > 0 )) || return
  load=$((($3 - $1) * 10000 / (($4 - $2) * milli)))
  (( load >= 0 )) || load=null
}

print_line() {
  local cpu_text=null ram_text=null
  [[ $load == null ]] || printf -v cpu_text '%d.%02d' $((load / 100)) $((load % 100))
  [[ $ram == null ]] || printf -v ram_text '%d.%02d' $((ram / 100)) $((ram % 100))
  printf '{"cpu": %s, "ram": %s%s}\n' "$cpu_text" "$ram_text" "${1:-}"
}

measure_over() {
  local busy_before=$busy now_before=$now
  pause "$1" || (( $? > 128 )) || return   # only an input that is waited for can end
  now_us; read_busy
  cpu_between "$busy_before" "$now_before" "$busy" "$now"
  read_ram
  print_line
}

watch() {
  while measure_over "$1"; do :; done
}

# What the loop of --serve waits for: "l" for each line of input, "t" for each sample that is due. A read with a
# time-out would do without the two helpers, but loses a line that arrives as the time runs out.
events() {
  local line ticker
  while pause "$sample_every_s"; [[ $? -gt 128 ]]; do echo t; done <&- 2>/dev/null &
  ticker=$!
  while IFS= read -r line; do echo l; done
  kill "$ticker"
}

# An answer is the difference to the newest sample that is at least one window old (while younger: to the oldest).
serve() {
  local event events_fd window text_window
  local -a busies=("$busy") times=("$now")
  exec {events_fd}< <(events)
  exec < /dev/null
  while read -r -u "$events_fd" event; do
    now_us; read_busy
    while (( ${#times[@]} > 1 && now - times[1] >= serve_window_us )); do
      busies=("${busies[@]:1}"); times=("${times[@]:1}")
    done
    if [[ $event == t ]]; then busies+=("$busy"); times+=("$now"); continue; fi
    if (( now - times[0] < 50000 )); then pause 0.05; now_us; read_busy; fi   # asked right after the start
    cpu_between "${busies[0]}" "${times[0]}" "$busy" "$now"
    window=$((now - times[0]))
    read_ram
    printf -v text_window ', "window_s": %d.%03d' $((window / 1000000)) $((window / 1000 % 1000))
    print_line "$text_window"
  done
}

main() {
  find_layout
  read_cpu_limit
  read_meminfo MemTotal
  total=${value:-0}   # all memory of the machine, in bytes; 0 if unknown
  now_us; read_busy
  case ${1:-} in
    '') measure_over "$single_window_s" ;;
    --serve) serve ;;
    --watch)
      [[ ${2:-} =~ ^[0-9]+(\.[0-9]+)?$ && ${2:-} =~ [1-9] ]] \
        || { echo "get_node_metrics: --watch needs an interval in seconds above 0, such as 1 or 0.5" >&2; return 2; }
      if [[ ${3:-} == --until-eof ]]; then
        idle_fd=0
        measure_over "$single_window_s" || return 0
      fi
      watch "$2" ;;
    *) echo "get_node_metrics: unknown argument '$1'; allowed: --watch SECONDS [--until-eof], --serve" >&2; return 2 ;;
  esac
}

# Tests source the file and call its functions.
(return 0 2>/dev/null) || main "$@"
