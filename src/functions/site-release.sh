#!/bin/sh
# Publishes the folder it is started in as one release of a static site, so that no visitor sees half of it.
#
#   SITE_BUCKET        bucket of the site
#   SITE_PREFIX        key prefix of what CloudFront serves, '' or ending in '/'
#   STATE_PREFIX       key prefix of the lists of releases, ending in '/'
#   DISTRIBUTION_ID    CloudFront distribution
#   KEY_VALUE_STORE    ARN of the key value store; when set, every release gets a folder and the store names the live one
#   IMMUTABLE          extended regular expression: paths whose name changes with their content
#   DOCUMENTS          extended regular expression: paths that refer to others and are published last
#   IMMUTABLE_CACHE, REVALIDATE_CACHE   Cache-Control of both kinds
#   KEEP_RELEASES      how many releases keep their files
#
# Needs AWS CLI version 2 and the usual tools of a POSIX system, sha256sum, mktemp and tar.
# Running it again with the same files is harmless: the name of a release is made of its content.
set -eu
export LC_ALL=C

say() { printf 'site-release: %s\n' "$*"; }
fail() { printf 'site-release: %s\n' "$*" >&2; exit 1; }
# The tools below count bytes; the CLI needs to know that file names are UTF-8.
aws() { env LC_ALL=C.UTF-8 AWS_CLI_FILE_ENCODING=UTF-8 aws "$@"; }
# grep that finds nothing is no error, grep that cannot work is.
match() { grep "$@" || [ $? -eq 1 ]; }

for name in SITE_BUCKET STATE_PREFIX DISTRIBUTION_ID IMMUTABLE DOCUMENTS IMMUTABLE_CACHE REVALIDATE_CACHE KEEP_RELEASES; do
  eval "[ -n \"\${$name:-}\" ]" || fail "the variable $name is not set"
done
SITE_PREFIX=${SITE_PREFIX:-}
KEY_VALUE_STORE=${KEY_VALUE_STORE:-}
site="s3://$SITE_BUCKET/$SITE_PREFIX"
state="s3://$SITE_BUCKET/$STATE_PREFIX"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# --- what this release consists of ---------------------------------------------------------------------------------------

[ -f index.html ] || fail "there is no index.html at the top of the build output; check the output folder of the build"
odd=$(find . \( -name '*[[:cntrl:]]*' -o -name '*\\*' \) | head -n 1)
[ -z "$odd" ] || fail "a file name with a backslash or a control character cannot be published: $odd"

find . -type f -exec sha256sum {} + > "$work/sums"
sed 's|^\([0-9a-f]*\)  \./|\1  |' "$work/sums" > "$work/hashed"
paths() { cut -c67- "$1" | sort; }
paths "$work/hashed" > "$work/paths"
match -E -- "$IMMUTABLE" "$work/paths" > "$work/immutable"
match -Ev -- "$IMMUTABLE" "$work/paths" > "$work/mutable"
match -E -- "$DOCUMENTS" "$work/mutable" > "$work/documents"
# A star marks what is immutable, so that a file whose kind alone changes counts as changed.
awk 'FILENAME == ARGV[1] { immutable[$0]; next } { path = substr($0, 67); print substr($0, 1, 65) (path in immutable ? "*" : " ") path }' "$work/immutable" "$work/hashed" | sort > "$work/manifest"
release=$(sha256sum < "$work/manifest" | cut -c1-16)
comm -23 "$work/mutable" "$work/documents" > "$work/others"
say "release $release: $(grep -c . "$work/paths") files, $(grep -c . "$work/immutable" || true) of them with a hashed name"

# --- what is there already -------------------------------------------------------------------------------------------------

aws s3api list-objects-v2 --bucket "$SITE_BUCKET" --prefix "$STATE_PREFIX" --query 'Contents[].Key' --output text > "$work/listed"
tr '\t' '\n' < "$work/listed" > "$work/keys"
has() { grep -Fxq -- "$STATE_PREFIX$1" "$work/keys"; }
read_state() { aws s3 cp "$state$1" "$2" --only-show-errors; }
write_state() { aws s3 cp "$1" "$state$2" --only-show-errors; }

: > "$work/history"
if has history; then read_state history "$work/history"; fi
: > "$work/live"
if has live; then read_state live "$work/live"; fi
live=$(cat "$work/live")
# The files of a release with a folder are not where a release in place looks for them.
case $live in folder-*) if [ -n "$KEY_VALUE_STORE" ]; then live=${live#folder-}; else live=; fi ;; esac
: > "$work/previous"
if [ -n "$live" ] && has "$live.manifest"; then read_state "$live.manifest" "$work/previous"; fi

# --- publish ---------------------------------------------------------------------------------------------------------------

# publish LIST TARGET CACHE-CONTROL: uploads the files in LIST with one call, however many they are.
publish() {
  [ -s "$1" ] || return 0
  say "uploading $(grep -c . "$1") files to $2 ($3)"
  rm -rf "$work/stage"
  mkdir "$work/stage"
  sed 's|^|./|' "$1" > "$work/list"
  tar -cf - -T "$work/list" | tar -xf - -C "$work/stage"
  aws s3 cp "$work/stage" "$2" --recursive --only-show-errors --cache-control "$3"
}

# From here on the files of this release are on record, so that a later run can remove them even if this one dies.
{ echo "$release"; match -Fxv -- "$release" "$work/history"; } > "$work/history.new"
write_state "$work/history.new" history
write_state "$work/manifest" "$release.manifest"

comm -13 "$work/previous" "$work/manifest" > "$work/changed.manifest"
paths "$work/changed.manifest" > "$work/changed"
comm -12 "$work/changed" "$work/immutable" > "$work/changed.immutable"
printf %s "$release" > "$work/live.new"

if [ -n "$KEY_VALUE_STORE" ]; then
  publish "$work/changed.immutable" "$site" "$IMMUTABLE_CACHE"
  if has "$release.done"; then
    say "the files of release $release are still there"
  else
    publish "$work/mutable" "$site.releases/$release/" "$REVALIDATE_CACHE"
    write_state "$work/live.new" "$release.done"
  fi
  # CloudFront fetches the error page by a fixed path, whichever release is live.
  if [ -f 404.html ]; then aws s3 cp 404.html "${site}404.html" --only-show-errors --cache-control "$REVALIDATE_CACHE"; fi
  etag=$(aws cloudfront-keyvaluestore describe-key-value-store --kvs-arn "$KEY_VALUE_STORE" --query ETag --output text)
  aws cloudfront-keyvaluestore put-key --kvs-arn "$KEY_VALUE_STORE" --key release --value "$release" --if-match "$etag" > /dev/null
  say "switched to release $release"
  printf %s "folder-$release" > "$work/live.new"
  write_state "$work/live.new" live
elif [ "$live" = "$release" ]; then
  say "release $release is live already"
else
  comm -12 "$work/changed" "$work/others" > "$work/changed.others"
  comm -12 "$work/changed" "$work/documents" > "$work/changed.documents"
  publish "$work/changed.immutable" "$site" "$IMMUTABLE_CACHE"
  # While nothing is marked live, a run that comes after a broken one takes nothing for granted and uploads everything.
  if has live; then aws s3 rm "${state}live" --only-show-errors; fi
  publish "$work/changed.others" "$site" "$REVALIDATE_CACHE"
  publish "$work/changed.documents" "$site" "$REVALIDATE_CACHE"

  # Only what can be stale in a cache: files that keep their name and are new, changed or gone.
  paths "$work/previous" | comm -23 - "$work/paths" > "$work/gone"
  { cat "$work/changed.others" "$work/changed.documents"; match -Ev -- "$IMMUTABLE" "$work/gone"; } | sort > "$work/stale"
  # A folder is asked for by its own address too.
  { cat "$work/stale"; sed -n 's|^index\.html$||p; s|^\(.*/\)index\.html$|\1|p' "$work/stale"; } | awk '
    BEGIN { for (i = 0; i < 256; i++) code[sprintf("%c", i)] = i }
    { out = "/"
      for (i = 1; i <= length($0); i++) { c = substr($0, i, 1); out = out (c ~ /[A-Za-z0-9\/._~-]/ ? c : sprintf("%%%02X", code[c])) }
      print out }' > "$work/urls"
  count=$(grep -c . "$work/urls" || true)
  if [ "$count" -gt 100 ]; then echo '/*' > "$work/urls"; count=1; fi
  if [ "$count" -gt 0 ]; then
    say "invalidating $count paths"
    items=$(sed 's|.*|"&"|' "$work/urls" | paste -s -d , -)
    printf '{"Paths":{"Quantity":%s,"Items":[%s]},"CallerReference":"%s-%s-%s"}' "$count" "$items" "$release" "$(date +%s)" "$$" > "$work/batch"
    id=$(aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION_ID" --invalidation-batch "file://$work/batch" --query Invalidation.Id --output text)
    aws cloudfront wait invalidation-completed --distribution-id "$DISTRIBUTION_ID" --id "$id"
  fi
  write_state "$work/live.new" live
fi

# --- clean up after releases that are too old --------------------------------------------------------------------------------

head -n "$KEEP_RELEASES" "$work/history.new" > "$work/kept"
tail -n "+$((KEEP_RELEASES + 1))" "$work/history.new" > "$work/dropped"
if [ -s "$work/dropped" ]; then
  while read -r id; do
    if [ "$id" = "$release" ]; then cat "$work/manifest"; continue; fi
    has "$id.manifest" || continue
    read_state "$id.manifest" "$work/one" < /dev/null
    cat "$work/one"
  done < "$work/kept" > "$work/kept.manifest"
  paths "$work/kept.manifest" | uniq > "$work/kept.paths"
  : > "$work/delete"
  : > "$work/delete.marks"
  : > "$work/delete.lists"
  while read -r id; do
    has "$id.manifest" || continue
    read_state "$id.manifest" "$work/one" < /dev/null
    # Only what a release of ours brought here is ever deleted.
    paths "$work/one" | comm -23 - "$work/kept.paths" | sed "s|^|$SITE_PREFIX|" >> "$work/delete"
    if [ -n "$KEY_VALUE_STORE" ] || has "$id.done"; then sed -n "s|^.\{65\} |$SITE_PREFIX.releases/$id/|p" "$work/one" >> "$work/delete"; fi
    if has "$id.done"; then echo "$STATE_PREFIX$id.done" >> "$work/delete.marks"; fi
    echo "$STATE_PREFIX$id.manifest" >> "$work/delete.lists"
  done < "$work/dropped"
  sort -u "$work/delete" > "$work/delete.files"
  say "removing $(grep -c . "$work/delete.files" || true) files of $(grep -c . "$work/dropped") releases that are too old"
  # The marks of whole folders go first and the lists last, so that a run that dies in between misleads no other, and the next can finish.
  split -l 1000 "$work/delete.marks" "$work/batch.1."
  split -l 1000 "$work/delete.files" "$work/batch.2."
  split -l 1000 "$work/delete.lists" "$work/batch.3."
  for batch in "$work"/batch.[123].*; do
    [ -s "$batch" ] || continue
    printf '{"Quiet":true,"Objects":[%s]}' "$(sed 's|"|\\"|g; s|.*|{"Key":"&"}|' "$batch" | paste -s -d , -)" > "$work/objects"
    left=$(aws s3api delete-objects --bucket "$SITE_BUCKET" --delete "file://$work/objects" --query 'Errors[].Key' --output text)
    case $left in '' | None) ;; *) fail "could not delete: $left" ;; esac
  done
  write_state "$work/kept" history
fi
say "done: release $release"
