#!/bin/bash
# Makes this machine (Debian or Ubuntu) ready to run faasbench's nodes. It may be run again at any time:
#   - a Docker engine answers: installed if need be, and started where nothing else starts it;
#   - Compose is there;
#   - the image debian:bookworm-slim, of which all others are built, is there: pulled, or made from a package mirror.
# On cgroup v1 the engine gives containers a cgroup namespace of their own, which isolated nodes need (v2 does anyway).
#
#   nodes/prepare-engine.sh          do all that
#   nodes/prepare-engine.sh --stop   stop the engine that this script started; any other is left alone
#
# FAASBENCH_DEBIAN_MIRROR  where packages for the image come from; default: this machine's apt sources
set -u

image=debian:bookworm-slim
suite=bookworm
wait_s=90
pull_wait_s=120
pid_file=/run/faasbench-engine.pid
log=/var/log/faasbench-engine.log

say() { echo "prepare-engine: $*"; }
die() { echo "prepare-engine: ERROR: $1" >&2; echo "  next: $2" >&2; exit 1; }

engine_answers() { timeout 20 docker version --format '{{.Server.Version}}' 2>/dev/null | grep -q .; }
compose_answers() { docker compose version > /dev/null 2>&1 || docker-compose version > /dev/null 2>&1; }
is_running() { [ -n "$1" ] && [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ]; }

install() {
  command -v apt-get > /dev/null || die "$* missing, and no apt-get to install it with" "install $* by hand, then run this again"
  say "installing $*"
  # Without the lock below, which a service that a package starts would keep.
  "$(dirname "$0")/apt-install" "$@" 9>&- || exit 1
}

# A killed engine leaves its number behind; the next one would wait for it or refuse to start.
remove_stale() {
  [ -e "$1" ] || return 0
  is_running "$(cat "$1")" "$2" || { say "removing $1, left by a $2 that is gone"; rm -f "$1"; }
}

start_engine() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker || true
  else
    remove_stale /var/run/docker.pid dockerd
    remove_stale /var/run/docker/containerd/containerd.pid containerd
    remove_stale /run/containerd/containerd.pid containerd
    local options=()
    [ -f /sys/fs/cgroup/cgroup.controllers ] || options+=(--default-cgroupns-mode=private)
    say "starting dockerd ${options[*]:-} (log: $log)"
    # No descriptor of this shell may stay open in it, or the lock below would live as long as the engine.
    setsid dockerd "${options[@]}" > "$log" 2>&1 < /dev/null 9>&- &
    echo $! > "$pid_file"
  fi
  local deadline=$((SECONDS + wait_s))
  until engine_answers; do
    if [ -s "$pid_file" ] && ! is_running "$(cat "$pid_file")" dockerd && [ "$SECONDS" -gt 2 ]; then break; fi
    [ "$SECONDS" -lt "$deadline" ] || break
    sleep 0.5
  done
  engine_answers && return
  if [ -d /run/systemd/system ]; then journalctl -u docker -n 25 --no-pager >&2; else tail -n 25 "$log" >&2; fi
  [ -s "$pid_file" ] && kill "$(cat "$pid_file")" 2>/dev/null
  rm -f "$pid_file"
  die "the Docker engine ended or did not answer (after $SECONDS s, limit $wait_s s)" "read the lines above (all of them: $log, or journalctl -u docker)"
}

stop_engine() {
  local pid
  pid=$(cat "$pid_file" 2>/dev/null)
  if ! is_running "$pid" dockerd; then say "no engine started by this script is running"; rm -f "$pid_file"; return; fi
  kill "$pid"
  local deadline=$((SECONDS + 60))
  while is_running "$pid" dockerd; do
    [ "$SECONDS" -lt "$deadline" ] || die "dockerd (process $pid) did not stop within 60 s" "kill -9 $pid, then run this again"
    sleep 0.2
  done
  rm -f "$pid_file"
  say "engine stopped"
}

# The first source of this machine whose address ends like a Debian mirror's of that name.
apt_source() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^[[:space:]]*#' \
    | grep -oE "https?://[^ ]*/$1/?( |\$)" | tr -d ' ' | head -n 1
}

make_image() {
  say "$image cannot be pulled; making it from a package mirror (about a minute)"
  command -v debootstrap > /dev/null || install debootstrap
  local mirror security work proxy
  mirror=${FAASBENCH_DEBIAN_MIRROR:-$(apt_source debian)}
  mirror=${mirror:-http://deb.debian.org/debian}
  security=$(apt_source debian-security)
  security=${security:-${mirror%/}-security}
  work=$(mktemp -d /var/tmp/faasbench-base.XXXXXX) || die "no temporary folder in /var/tmp" "free some space there"
  trap "rm -rf '$work'" EXIT   # now, since work is gone with this function
  debootstrap --variant=minbase "$suite" "$work/root" "$mirror" > "$log.debootstrap" 2>&1 \
    || { tail -n 15 "$log.debootstrap" >&2
         die "debootstrap of $suite from $mirror failed" "set FAASBENCH_DEBIAN_MIRROR to a mirror that this machine reaches"; }
  # Builds of the other images install packages the way this machine does.
  proxy=$(apt-config dump 2>/dev/null | grep -E '^Acquire::https?::Proxy ')
  [ -z "$proxy" ] || echo "$proxy" > "$work/root/etc/apt/apt.conf.d/90proxy"
  printf 'deb %s %s main\ndeb %s %s-updates main\ndeb %s %s-security main\n' \
    "$mirror" "$suite" "$mirror" "$suite" "$security" "$suite" > "$work/root/etc/apt/sources.list"
  chroot "$work/root" apt-get update > /dev/null 2>&1 \
    || echo "deb $mirror $suite main" > "$work/root/etc/apt/sources.list"
  # Slim, as the published image is: no documentation, now or by later installs.
  printf 'path-exclude /usr/share/%s/*\n' doc man info locale > "$work/root/etc/dpkg/dpkg.cfg.d/slim"
  rm -rf "$work"/root/usr/share/{doc,man,info,locale}/* "$work"/root/var/{cache/apt,log}/* "$work"/root/var/lib/apt/lists/*
  tar -C "$work/root" --numeric-owner -c . | docker import -c 'CMD ["bash"]' -m 'made by faasbench' - "$image" > /dev/null \
    || die "docker import of $image failed" "check that the engine's disk has 100 MB free (docker system df)"
}

case ${1:-} in
  ''|--stop) ;;
  -h|--help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) die "unknown argument '$1'" "allowed: --stop, --help" ;;
esac
[ "$(id -u)" = 0 ] || die "it has to install packages and start the engine, so it must run as root" "sudo $0 ${1:-}"
exec 9> /run/faasbench-engine.lock
flock -w 1800 9 || die "another run of this script did not end within 30 minutes" "see ps ax | grep prepare-engine"
if [ "${1:-}" = --stop ]; then stop_engine; exit; fi

command -v dockerd > /dev/null && command -v docker > /dev/null || engine_answers || install docker.io iptables ca-certificates
engine_answers || start_engine
compose_answers || install docker-compose
command -v ssh-keygen > /dev/null || install openssh-client
if ! docker image inspect "$image" > /dev/null 2>&1; then
  timeout "$pull_wait_s" docker pull -q "$image" > /dev/null 2>&1 || make_image
fi
say "ready: engine $(docker version --format '{{.Server.Version}}'), image $image"
