#!/bin/bash
# Tests of apt-install, with this machine's apt on folders of its own: no network, no root, no package is installed.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
command -v apt-get > /dev/null || { echo 'no apt-get here: nothing to test'; exit 0; }
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
passed=0
failed=0

mkdir -p "$work"/{lists/partial,cache/archives/partial,dpkg/updates,etc,log}
cat > "$work/dpkg/status" <<'STATUS'
Package: there
Status: install ok installed
Version: 1
Architecture: all
Maintainer: nobody <nobody@example.org>
Description: a package that is installed already
STATUS
printf '%s\n' "Dir::State::lists \"$work/lists\";" "Dir::State::status \"$work/dpkg/status\";" \
  "Dir::State::extended_states \"$work/extended_states\";" "Dir::Cache \"$work/cache\";" "Dir::Log \"$work/log\";" \
  "Dir::Etc \"$work/etc\";" 'APT::Architecture "all";' 'APT::Sandbox::User "";' \
  'Acquire::Retries "0";' 'Acquire::http::Proxy "DIRECT";' > "$work/apt.conf"
export APT_CONFIG=$work/apt.conf FAASBENCH_APT_LOG=$work/apt.log

expect() { # NAME PATTERN TEXT
  if [[ $3 =~ $2 ]]; then ((passed += 1)); echo "ok      $1"; return; fi
  ((failed += 1))
  printf 'FAILED  %s\n  expected %s\n  got      %s\n' "$1" "$2" "$3"
}

# Holds a file's lock as apt does (fcntl), until its input ends: perl comes with every Debian.
holder='use Fcntl; $| = 1; open(my $file, "+>>", $ARGV[0]) or die $!; my $whole = pack("s s x4 q q i x4", F_WRLCK, 0, 0, 0, 0);
  fcntl($file, F_SETLK, $whole) or die $!; print "held\n"; <STDIN>;'
hold() { # FILE
  coproc HOLDER { perl -e "$holder" "$1"; }
  read -r -t 60 held <&"${HOLDER[0]}" && [[ $held == held ]] || { echo "could not hold $1" >&2; exit 1; }
}
release() { exec {HOLDER[1]}>&-; wait "$HOLDER_PID"; }

# Waits at most 60 s until a file has a line.
await() { # FILE TEXT
  local deadline=$((SECONDS + 60))
  until grep -qs "$2" "$1"; do [ "$SECONDS" -lt "$deadline" ] || return 1; sleep 0.05; done
}

expect 'what is installed already is fine' '^0$' "$(../apt-install there > "$work/out" 2>&1; echo $?)"
for lock in lists/lock dpkg/lock-frontend; do
  hold "$work/$lock"
  ../apt-install there > "$work/out" 2>&1 & installing=$!
  await "$work/out" 'waiting for another apt'
  expect "$lock: it waits and says for what" 'waiting for another apt to end, 900 s at most: .*'"$work/$lock" "$(cat "$work/out")"
  expect "$lock: it has not ended meanwhile" '^0$' "$(kill -0 $installing; echo $?)"
  release
  wait $installing; expect "$lock: it goes on when the other has ended" '^0$' $?
  hold "$work/$lock"
  got=$(FAASBENCH_APT_WAIT_S=0 ../apt-install there 2>&1; echo "exit $?")
  expect "$lock: at the limit the other apt is blamed" 'another apt is still at work after 0 s.*'"$work/$lock"'.*let it end.*exit 1$' "$got"
  release
done
expect 'a package that no source has is blamed on the sources' 'sources do not have all of: no-such-package.*exit 1$' \
  "$(../apt-install no-such-package 2>&1; echo "exit $?")"
mkdir -p "$work/etc"; echo 'deb [trusted=yes] http://127.0.0.1:1/debian x main' > "$work/etc/sources.list"
expect 'a mirror that is away is blamed on the network' 'package mirror can.t be reached.*exit 1$' \
  "$(../apt-install no-such-package 2>&1; echo "exit $?")"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
