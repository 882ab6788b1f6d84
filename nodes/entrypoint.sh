#!/bin/bash
# Starts a faasbench node: its Docker engine (profile isolated) or access to the host's (shared), then sshd.
# sshd starts last, so a node that answers on SSH is ready; /run/faasbench/ready and the last log line say so too.
# There is no HEALTHCHECK on purpose: each check is a process in the node's cgroup and would show in what is measured.
set -u

profile=${FAASBENCH_PROFILE:-isolated}
registry=${FAASBENCH_REGISTRY:-registry:5000}
registry_port=${FAASBENCH_REGISTRY_PORT:-5055}
engine_wait_s=${FAASBENCH_ENGINE_WAIT:-90}
key_file=/run/faasbench/authorized_key
ready_file=/run/faasbench/ready
engine_log=/var/log/dockerd.log
socket=/var/run/docker.sock
# What `faasbench-fault` has stopped on purpose has its name there.
held=/run/faasbench/held

say() { echo "faasbench node $(hostname): $*"; }
die() { say "ERROR: $*" >&2; exit 1; }

authorize_key() {
  local home=/home/sshuser/.ssh
  if [ -n "${FAASBENCH_AUTHORIZED_KEY:-}" ]; then
    printf '%s\n' "$FAASBENCH_AUTHORIZED_KEY" > "$home/authorized_keys"
  elif [ -s "$key_file" ]; then
    cat "$key_file" > "$home/authorized_keys"
  else
    die "no public key to let in; set FAASBENCH_AUTHORIZED_KEY to the text of one (ssh-keygen -t ed25519), or mount it at $key_file"
  fi
  chown sshuser:sshuser "$home/authorized_keys" && chmod 0600 "$home/authorized_keys"
  # Made here and not in the image, so that no two nodes share a key; kept over a restart.
  [ -s /etc/ssh/ssh_host_ed25519_key ] || ssh-keygen -q -t ed25519 -N '' -C '' -f /etc/ssh/ssh_host_ed25519_key
}

# Docker mounts a container's cgroups read-only. With a private cgroup namespace the same hierarchies, mounted anew,
# are writable and begin at the node's own cgroup: what the inner engine creates stays under the node's limits.
own_cgroups_v1() {
  local target options name controllers
  mount -o remount,rw /sys/fs/cgroup 2>/dev/null
  while read -r _ target _ options _; do
    controllers=
    for name in ${options//,/ }; do
      case $name in
        rw|ro|relatime|nosuid|nodev|noexec|xattr|clone_children|release_agent=*) ;;
        name=*) controllers=none,$name ;;
        *) controllers=${controllers:+$controllers,}$name ;;
      esac
    done
    umount "$target" && mount -t cgroup -o "$controllers" cgroup "$target" \
      || die "cannot renew the cgroup mount $target ($controllers); the node needs cap_add ALL, and the engine a private cgroup namespace (dockerd --default-cgroupns-mode=private)"
  done < <(awk '$3 == "cgroup"' /proc/mounts)
  # In the host's namespace the mounts show the whole machine: function containers would leave the node's limits.
  if grep -qE '^[0-9]+:cpu[,a-z]*:/.*[0-9a-f]{64}' /proc/self/cgroup; then
    die "this container is in the host's cgroup namespace; start the host's engine with --default-cgroupns-mode=private"
  fi
}

# On v2 a cgroup with processes cannot hand controllers to children: the node's own go into one child.
own_cgroups_v2() {
  mount -o remount,rw /sys/fs/cgroup || die "cannot make /sys/fs/cgroup writable; the node needs cap_add ALL"
  mkdir -p /sys/fs/cgroup/node
  local pid
  while read -r pid; do echo "$pid" > /sys/fs/cgroup/node/cgroup.procs 2>/dev/null; done < /sys/fs/cgroup/cgroup.procs
  sed -e 's/ / +/g' -e 's/^/+/' /sys/fs/cgroup/cgroup.controllers > /sys/fs/cgroup/cgroup.subtree_control \
    || die "cannot delegate cgroup controllers to function containers"
}

start_engine() {
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then own_cgroups_v2; else own_cgroups_v1; fi
  mount -o remount,rw /proc/sys 2>/dev/null
  # nftables where the kernel has it, otherwise the legacy tables.
  iptables -nL > /dev/null 2>&1 || update-alternatives --set iptables /usr/sbin/iptables-legacy > /dev/null
  run_engine
  # Images have the same name, localhost:PORT/NAME, on the host and in every node.
  socat -b 65536 "TCP-LISTEN:$registry_port,bind=127.0.0.1,fork,reuseaddr" "TCP:$registry" &
  relay_pid=$!
}

run_engine() {
  # A container that was killed leaves them, and dockerd and containerd would take them for a running engine.
  rm -rf /var/run/docker.pid /run/docker /run/containerd /var/run/docker.sock
  dockerd --group docker --exec-opt native.cgroupdriver=cgroupfs --shutdown-timeout 1 > "$engine_log" 2>&1 &
  engine_pid=$!
}

run_sshd() {
  /usr/sbin/sshd -D -e &
  sshd_pid=$!
}

is_dead() { ! kill -0 "$1" 2>/dev/null; }

# Until one of the node's processes ends by itself. One that was stopped on purpose is started again when it is no longer
# held: `faasbench-fault` sends the signal that wakes this up.
watch_over() {
  sleep infinity & # else there might be nothing to wait for
  while true; do
    if [ -n "$sshd_pid" ] && is_dead "$sshd_pid"; then
      [ -e "$held/ssh" ] || return
      sshd_pid=
      echo stopped > "$held/ssh"
    fi
    if [ -z "$sshd_pid" ] && ! [ -e "$held/ssh" ]; then run_sshd; fi
    if [ "$profile" = isolated ]; then
      is_dead "$relay_pid" && return
      if [ -n "$engine_pid" ] && is_dead "$engine_pid"; then
        [ -e "$held/engine" ] || return
        engine_pid=
        echo stopped > "$held/engine"
      fi
      if [ -z "$engine_pid" ] && ! [ -e "$held/engine" ]; then run_engine; fi
    fi
    wait -n
  done
}

await_engine() {
  local deadline=$((SECONDS + engine_wait_s))
  until docker version > /dev/null 2>&1; do
    if [ -n "${engine_pid:-}" ] && ! kill -0 "$engine_pid" 2>/dev/null || [ "$SECONDS" -ge "$deadline" ]; then
      [ -f "$engine_log" ] && tail -n 25 "$engine_log" >&2
      die "no Docker engine answers at $socket after ${SECONDS} s (limit $engine_wait_s s, FAASBENCH_ENGINE_WAIT)"
    fi
    sleep 0.2
  done
}

# The host's socket keeps the host's group number, which may have no name or another one here.
join_socket_group() {
  [ -S "$socket" ] || die "profile shared needs the host's Docker socket mounted at $socket"
  local gid group
  gid=$(stat -c %g "$socket")
  group=$(getent group "$gid" | cut -d: -f1)
  if [ -z "$group" ]; then group=hostdocker; groupadd --gid "$gid" "$group"; fi
  usermod -aG "$group" sshuser
}

stop() {
  trap - TERM INT
  rm -f "$ready_file"
  kill ${sshd_pid:-} ${relay_pid:-} ${engine_pid:-} 2>/dev/null
  # The engine gets 2 s; what it has not stopped by then ends with this container, as after a power cut.
  local tries=20
  while [ -n "${engine_pid:-}" ] && kill -0 "$engine_pid" 2>/dev/null && [ $((tries -= 1)) -gt 0 ]; do sleep 0.1; done
  exit "${1:-0}"
}

trap 'stop 0' TERM INT
trap : USR1
mkdir -p /run/faasbench /run/sshd
rm -rf "$ready_file" "$held"
authorize_key
case $profile in
  isolated) start_engine ;;
  shared) join_socket_group ;;
  *) die "FAASBENCH_PROFILE is '$profile'; allowed: isolated, shared" ;;
esac
await_engine
run_sshd
until (exec 3<> /dev/tcp/127.0.0.1/22) 2>/dev/null; do
  kill -0 "$sshd_pid" 2>/dev/null || die "sshd did not start"
  sleep 0.05
done
echo "$profile" > "$ready_file"
say "ready, profile $profile, after $SECONDS s"

watch_over
say "ERROR: one of sshd, dockerd and the registry relay ended" >&2
[ -f "$engine_log" ] && tail -n 25 "$engine_log" >&2
stop 1
