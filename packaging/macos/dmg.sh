#!/usr/bin/env bash
# Packs dist/LanChat.app as a disk image with a link to Applications; signs and notarises where the keys are there.
set -euo pipefail
cd "$(dirname "$0")/../.."

app=dist/LanChat.app
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' lanchat/__init__.py)
image=dist/LanChat-$version.dmg
/usr/libexec/PlistBuddy -c "Set :CFBundleShortVersionString $version" "$app/Contents/Info.plist"

# Without a certificate the app is signed ad hoc: it runs, after the person has allowed it once.
codesign --force --deep --options runtime --timestamp=none --entitlements packaging/macos/entitlements.plist \
  --sign "${CODESIGN_IDENTITY:--}" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname LanChat -srcfolder "$stage" -format UDZO -ov "$image"

if [[ -n ${NOTARY_PROFILE:-} ]]; then
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
