#!/bin/sh
# Puts Debian's nats-server of trixie, 2.10.27, into a folder, on any Debian-like system with apt, without installing
# anything or touching the system's package lists. Older releases have 2.9, which cannot sync each message; npm has no
# package that ships the server, only one that downloads it from elsewhere.
#
#   fetch-nats-server.sh <folder>     prints the path of the program
set -eu
folder=$1
program=$folder/nats-server
if [ -x "$program" ]; then
  echo "$program"
  exit 0
fi
for tool in apt-get dpkg-deb dpkg; do
  command -v "$tool" >/dev/null || { echo "there is no $tool here" >&2; exit 1; }
done

# The mirror is the one this machine already uses.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep -E '/debian/?$' | head -n 1)
[ -n "$mirror" ] || { echo "apt knows no Debian mirror here" >&2; exit 1; }
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || { echo "$keyring is missing: apt-get install debian-archive-keyring" >&2; exit 1; }

mkdir -p "$folder"
work=$(mktemp -d "$folder/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/state"
echo "deb [signed-by=$keyring] $mirror trixie main" >"$work/sources.list"
: >"$work/status"
apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State="$work/state" -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status" \
    -o Dir::Cache="$work/cache" -o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::http::Timeout=20 \
    -o APT::Sandbox::User= "$@" >&2
}
cd "$work"
apt update
apt download nats-server
dpkg-deb -x nats-server_*.deb "$work/root"
# Into its place at once: another process may be at the same.
mv -f "$work/root/usr/sbin/nats-server" "$program"
echo "$program"
