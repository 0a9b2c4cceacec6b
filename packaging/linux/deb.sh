#!/usr/bin/env bash
# Packs dist/lanchat-folder as a .deb. It holds files only, no scripts: removing it leaves every user's data alone.
set -euo pipefail
cd "$(dirname "$0")/../.."

icons=build/generated/icons
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' lanchat/__init__.py)
architecture=$(dpkg --print-architecture)
libc=$(dpkg-query -W -f '${Version}' libc6 | sed 's/-.*//')
tree=build/deb/lanchat

rm -rf "$tree"
mkdir -p "$tree"/{DEBIAN,usr/bin,usr/lib,usr/share/applications,usr/share/doc/lanchat,usr/share/icons/hicolor/scalable/apps}
cp -R dist/lanchat-folder "$tree/usr/lib/lanchat"
ln -s ../lib/lanchat/lanchat "$tree/usr/bin/lanchat"
cp packaging/linux/lanchat.desktop "$tree/usr/share/applications/"
cp assets/icon.svg "$tree/usr/share/icons/hicolor/scalable/apps/lanchat.svg"
for size in 16 22 24 32 48 64 128 256 512; do
  install -D -m 644 "$icons/lanchat-$size.png" "$tree/usr/share/icons/hicolor/${size}x$size/apps/lanchat.png"
done
cp build/generated/THIRD-PARTY-LICENSES "$tree/usr/share/doc/lanchat/copyright"
chmod -R u=rwX,go=rX "$tree"

# The window is the system's own WebKitGTK; without it LanChat opens the browser, but who installs a package wants a window.
cat >"$tree/DEBIAN/control" <<TEXT
Package: lanchat
Version: $version
Architecture: $architecture
Maintainer: LanChat contributors <lanchat@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6 (>= $libc), libgirepository-1.0-1, gir1.2-gtk-3.0, gir1.2-webkit2-4.1, libcairo-gobject2
Recommends: xdg-utils, fonts-noto-cjk
Section: net
Priority: optional
Description: chat for everyone in the building
 One computer hosts; everybody else on the local network joins from the
 browser that they already have. No internet, no cloud, no accounts elsewhere.
TEXT

fakeroot dpkg-deb --build -Zxz "$tree" "dist/lanchat_${version}_$architecture.deb" >/dev/null
