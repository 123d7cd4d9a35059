#!/bin/sh
# Runs a command on a Linux of its own where we may make control groups (cgroup v2) with the controllers memory, cpu and pids:
#   scripts/run-in-vm.sh 'npm run test:cgroup'
# Needs the Debian package user-mode-linux: a kernel that runs as a program, with neither root nor KVM. It sees the files of this machine, may
# change none of them, and has one processor; /tmp is its own. Prints at the end what the command has printed, and ends with its exit code.
set -eu

# As the first process of that Linux, told by its kernel what is on the command line below.
if [ $$ = 1 ]; then
  export PATH="$path" HOME=/tmp
  mount -t proc proc /proc
  mount -t sysfs sysfs /sys
  mount -t hostfs -o "$exchange" none /mnt
  mount -t tmpfs tmpfs /tmp
  mkdir /dev/shm
  mount -t tmpfs tmpfs /dev/shm
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  # A group that has processes passes no controllers on (see cgroups(7)): ours are in one below.
  cd /sys/fs/cgroup
  mkdir -p ours/init
  echo $$ > ours/init/cgroup.procs
  echo '+memory +cpu +pids' > cgroup.subtree_control
  echo '+memory +cpu +pids' > ours/cgroup.subtree_control
  cd "$directory"
  code=0
  sh -c "$(cat /mnt/command)" < /dev/null > /mnt/output 2>&1 || code=$?
  echo "$code" > /mnt/code
  echo o > /proc/sysrq-trigger
  exec sleep 60
fi

[ $# = 1 ] || {
  echo "usage: $0 COMMAND" >&2
  exit 2
}
kernel=$(command -v linux.uml) || {
  echo "$0: there is no linux.uml: install the Debian package user-mode-linux" >&2
  exit 2
}
exchange=$(mktemp -d)
trap 'rm -rf "$exchange"' EXIT
printf '%s\n' "$1" > "$exchange/command"
"$kernel" mem=2G rootfstype=hostfs rootflags=/ ro init="$(realpath "$0")" quiet con=null con0=null,fd:1 uml_dir="$exchange/" \
  exchange="$exchange" directory="$PWD" path="$PATH" < /dev/null > "$exchange/kernel" 2>&1 || true
[ -f "$exchange/output" ] && cat "$exchange/output"
[ -f "$exchange/code" ] || {
  echo "$0: the virtual machine ended before the command did:" >&2
  cat "$exchange/kernel" >&2
  exit 1
}
exit "$(cat "$exchange/code")"
