#!/usr/bin/env bash
# Installs the system packages that the tests use and this machine lacks, where it may; otherwise says loudly which are missing.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

# One line each: a command or a file that proves the package is there, and the package.
needed="\
chromium chromium
Xvfb xvfb
ip iproute2
nft nftables
avahi-daemon avahi-daemon
avahi-browse avahi-utils
/usr/share/doc/libnss-mdns libnss-mdns
dbus-daemon dbus
certutil libnss3-tools
gcc gcc
pkg-config pkg-config
/usr/include/gobject-introspection-1.0 libgirepository1.0-dev
/usr/include/cairo libcairo2-dev
/usr/share/doc/gir1.2-webkit2-4.1 gir1.2-webkit2-4.1
xdotool xdotool
fakeroot fakeroot
makensis nsis
nginx nginx-light
haproxy haproxy
caddy caddy
fc-list fontconfig
/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf fonts-noto-color-emoji"

missing=()
while read -r proof package; do
  if [[ $proof == /* ]]; then [[ -e $proof ]] && continue; else command -v "$proof" >/dev/null && continue; fi
  missing+=("$package")
done <<<"$needed"
[[ ${#missing[@]} -eq 0 ]] && exit 0

as_root=()
[[ $EUID -eq 0 ]] || as_root=(sudo -n)

# The tests start avahi inside their own network namespaces; on this machine's network it has no business.
keep_services_stopped() {
  local policy=/usr/sbin/policy-rc.d
  [[ -e $policy ]] && return
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f /usr/sbin/policy-rc.d' EXIT
}

install() {
  command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null || return 1
  echo "Installing for the tests: ${missing[*]}"
  keep_services_stopped &&
    "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}

if install; then exit 0; fi

cat >&2 <<TEXT
******************************************************************************
 Missing for the tests: ${missing[*]}
 They could not be installed here (it takes root, or sudo without a password,
 and apt). The tests that need them are SKIPPED, each with its reason.
******************************************************************************
TEXT
