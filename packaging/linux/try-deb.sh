#!/usr/bin/env bash
# Tries the Debian package in a small Debian of its own: installs it with all that it depends on, serves, opens the
# window, updates, removes, and sees that the data stay. Takes root, debootstrap, Xvfb, xdotool, curl and Debian's
# archive; what was downloaded is kept in TRY_CACHE, so that the second time takes a minute.
#
#   sudo packaging/linux/try-deb.sh [PACKAGE] [PICTURE.png]
set -euo pipefail

if [[ ${1:-} != inside ]]; then
  built=("$(dirname "$0")"/../../dist/lanchat_*.deb)
  exec unshare --mount --propagation private "$0" inside "$(realpath "${1:-${built[0]}}")" "${2:-}"
fi
package=$2 picture=$3
cache=${TRY_CACHE:-/var/cache/lanchat-try}
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
base=$cache/$suite
root=$(mktemp -d)
data=/home/somebody/data
port=18997
programs=()

clean_up() {
  for program in "${programs[@]}"; do kill "$program" 2>/dev/null || true; done
  wait
  umount --recursive "$root" && rm -rf "$root"
}
trap clean_up EXIT

say() { echo "== $*"; }
in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
as_somebody() { exec chroot --userspec=1000:1000 "$root" env -i HOME=/home/somebody LC_ALL=C.UTF-8 "$@"; }
until_true() { for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; echo "waited in vain: $*" >&2; return 1; }
serves() { curl -sf "http://127.0.0.1:$port/" | grep -q '<div id="root">'; }
ends_well() { kill "$1" && wait "$1"; }

mkdir -p "$cache/archives/partial"
if [[ ! -d $base ]]; then
  say "a small $suite, once"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$base.new" >"$cache/debootstrap.log"
  printf '#!/bin/sh\nexit 101\n' >"$base.new/usr/sbin/policy-rc.d"
  chmod 755 "$base.new/usr/sbin/policy-rc.d"
  chroot "$base.new" useradd --create-home --uid 1000 somebody
  mv "$base.new" "$base"
fi
cp -a --reflink=auto "$base/." "$root"
mount --rbind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$cache/archives" "$root/var/cache/apt/archives"
rm -f "$root/etc/apt/apt.conf.d/docker-clean"
cp "$package" "$root/tmp/lanchat.deb"

say "install"
in_root apt-get update -qq
in_root apt-get install -qq -y --no-install-recommends -o APT::Keep-Downloaded-Packages=true /tmp/lanchat.deb >"$cache/install.log"
in_root lanchat --version

say "serve"
options=(--host 127.0.0.1 --port "$port" --no-discovery --data-dir "$data")
as_somebody lanchat serve "${options[@]}" &
programs+=($!)
until_true serves
ends_well $!

say "open the window"
coproc screen { exec Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp 2>/dev/null; }
programs+=("$screen_PID")
read -r display <&"${screen[0]}"
as_somebody DISPLAY=":$display" NO_AT_BRIDGE=1 lanchat "${options[@]}" &
programs+=($!)
window=$!
until_true test -e "$root$data/window.json"
until_true env DISPLAY=":$display" xdotool search --onlyvisible --name LanChat
if [[ -n $picture ]]; then
  sleep 3 # for the page to be drawn
  "${PYTHON:-python3}" -c "import sys; from PIL import ImageGrab; ImageGrab.grab(xdisplay=sys.argv[1]).save(sys.argv[2])" ":$display" "$picture"
fi
ends_well "$window"

say "update"
in_root apt-get install -qq -y --reinstall /tmp/lanchat.deb >>"$cache/install.log"
in_root lanchat --version

say "remove"
in_root apt-get purge -qq -y lanchat >>"$cache/install.log"
[[ -z $(find "$root"/usr \( -path '*lanchat*' -o -name '*lanchat*' \) -print -quit) ]]
[[ -s $root$data/lanchat.db ]]
say "nothing of it is left but the data"
