#!/bin/sh
# Publishes the working directory as one release of a static site, so that visitors never see a partial release.
#
#   SITE_BUCKET        bucket of the site
#   SITE_PREFIX        key prefix of the files that CloudFront serves: '' or ending in '/'
#   STATE_PREFIX       key prefix of the manifests of releases, ending in '/'
#   DISTRIBUTION_ID    CloudFront distribution
#   KEY_VALUE_STORE    ARN of the key value store. If set, each release has its own folder, and the store contains the
#                      name of the live one
#   IMMUTABLE          extended regular expression: paths of files whose name changes with their content
#   DOCUMENTS          extended regular expression: paths of files that refer to others, which are published last
#   IMMUTABLE_CACHE, REVALIDATE_CACHE   Cache-Control of immutable and of other files
#   KEEP_RELEASES      number of releases whose immutable files, or whose folders, are kept
#   ROUTED             'true' if the response to a URL without an extension is a page
#   FILES              paths of files that replace files of the build, separated by spaces; a path occurs once for each
#                      part of its file
#   SITE_FILE_1, …     parts in the order of FILES, in which \n is a line break and \\ a backslash
#
# Requires AWS CLI version 2, the tools of POSIX, sha256sum, mktemp and tar.
# Repeating it with the same files has no effect: the name of a release is a hash of its content.
set -eu
export LC_ALL=C

say() { printf 'site-release: %s\n' "$*"; }
fail() { printf 'site-release: %s\n' "$*" >&2; exit 1; }
# The tools below count bytes, while the CLI requires that file names are decoded as UTF-8.
aws() { env LC_ALL=C.UTF-8 AWS_CLI_FILE_ENCODING=UTF-8 aws "$@"; }
# Succeeds if grep finds nothing, and fails if grep fails.
match() { grep "$@" || [ $? -eq 1 ]; }

for name in SITE_BUCKET STATE_PREFIX DISTRIBUTION_ID IMMUTABLE DOCUMENTS IMMUTABLE_CACHE REVALIDATE_CACHE \
  KEEP_RELEASES; do
  eval "[ -n \"\${$name:-}\" ]" || fail "the variable $name is not set"
done
SITE_PREFIX=${SITE_PREFIX:-}
KEY_VALUE_STORE=${KEY_VALUE_STORE:-}
ROUTED=${ROUTED:-}
FILES=${FILES:-}
site="s3://$SITE_BUCKET/$SITE_PREFIX"
state="s3://$SITE_BUCKET/$STATE_PREFIX"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# --- the files of this release ----------------------------------------------------------------------------------------

# Writes the files of the environment. A symbolic link could lead out of the working directory.
part=0
for path in $FILES; do
  part=$((part + 1))
  eval "text=\${SITE_FILE_$part:-}"
  [ -n "$text" ] || fail "the variable SITE_FILE_$part is not set"
  mkdir -p "$work/files/$(dirname "$path")"
  printf %s "$text" >> "$work/files/$path"
done
for path in $(printf '%s\n' "$FILES" | tr ' ' '\n' | sort -u); do
  folder=$(dirname "$path")
  parent=$folder
  while [ "$parent" != . ]; do
    [ ! -L "$parent" ] || fail "the folder $parent must not be a symbolic link, because the environment adds $path"
    parent=$(dirname "$parent")
  done
  mkdir -p "$folder" && [ ! -d "$path" ] || fail "the build output must not have a folder or a file in place of $path"
  [ ! -e "$path" ] || say "$path of the environment replaces that of the build output"
  rm -f "$path"
  awk 'NR > 1 { printf "\n" }
    { while (match($0, /\\[\\n]/)) {
        printf "%s%s", substr($0, 1, RSTART - 1), (substr($0, RSTART + 1, 1) == "n" ? "\n" : "\\")
        $0 = substr($0, RSTART + 2)
      }
      printf "%s", $0 }' "$work/files/$path" > "$path"
done

unsupported=$(find . \( -name '*[[:cntrl:]]*' -o -name '*\\*' \) | head -n 1)
[ -z "$unsupported" ] || fail "file names must not contain a backslash or a control character: $unsupported"

find . -type f -exec sha256sum {} + > "$work/sums"
sed 's|^\([0-9a-f]*\)  \./|\1  |' "$work/sums" > "$work/hashed"
paths() { cut -c67- "$1" | sort; }
paths "$work/hashed" > "$work/paths"
grep -Fxq index.html "$work/paths" ||
  fail "the build output has no index.html at its root; check the output folder of the build"
match -E -- "$IMMUTABLE" "$work/paths" > "$work/immutable"
match -Ev -- "$IMMUTABLE" "$work/paths" > "$work/mutable"
match -E -- "$DOCUMENTS" "$work/mutable" > "$work/documents"
# An asterisk marks immutable files, so that a file that becomes immutable counts as changed.
awk 'FILENAME == ARGV[1] { immutable[$0]; next }
  { path = substr($0, 67); print substr($0, 1, 65) (path in immutable ? "*" : " ") path }' \
  "$work/immutable" "$work/hashed" | sort > "$work/manifest"
release=$(sha256sum < "$work/manifest" | cut -c1-16)
comm -23 "$work/mutable" "$work/documents" > "$work/others"
hashed_count=$(grep -c . "$work/immutable" || true)
say "release $release: $(grep -c . "$work/paths") files, $hashed_count of them with a hashed name"
if [ "$ROUTED" = true ]; then
  match -Ev '^[.]well-known/|(^|/)[^/]*[.][^/]*$' "$work/mutable" > "$work/unreachable"
  if [ -s "$work/unreachable" ]; then
    say "$(grep -c . "$work/unreachable") files have no extension, so no URL reaches them:" \
      "$(head -n 5 "$work/unreachable" | paste -s -d ' ' -)"
  fi
fi

# --- the releases in the bucket ---------------------------------------------------------------------------------------

aws s3api list-objects-v2 --bucket "$SITE_BUCKET" --prefix "$STATE_PREFIX" --query 'Contents[].Key' --output text \
  > "$work/listed"
tr '\t' '\n' < "$work/listed" > "$work/keys"
has() { grep -Fxq -- "$STATE_PREFIX$1" "$work/keys"; }
read_state() { aws s3 cp "$state$1" "$2" --only-show-errors; }
write_state() { aws s3 cp "$1" "$state$2" --only-show-errors; }

true > "$work/history"
if has history; then read_state history "$work/history"; fi
true > "$work/live"
if has live; then read_state live "$work/live"; fi
live=$(cat "$work/live")
# Releases with folders and releases in place have their files at different keys, so one is not the base of the other.
case $live in folder-*) if [ -n "$KEY_VALUE_STORE" ]; then live=${live#folder-}; else live=; fi ;; esac
true > "$work/previous"
if [ -n "$live" ] && has "$live.manifest"; then read_state "$live.manifest" "$work/previous"; fi

# --- publish ----------------------------------------------------------------------------------------------------------

# upload LIST TARGET CACHE-CONTROL [ENCODING]: uploads all files in LIST with one call.
upload() {
  [ -s "$1" ] || return 0
  say "uploading $(grep -c . "$1") files to $2 ($3${4:+, $4})"
  rm -rf "$work/stage"
  mkdir "$work/stage"
  sed 's|^|./|' "$1" > "$work/list"
  tar -cf - -T "$work/list" | tar -xf - -C "$work/stage"
  aws s3 cp "$work/stage" "$2" --recursive --only-show-errors --cache-control "$3" ${4:+--content-encoding "$4"}
}

# publish LIST TARGET CACHE-CONTROL: uploads all files in LIST. Browsers decompress the compressed parts of a page only
# if these have a Content-Encoding. Other compressed files are downloads.
publish() {
  match -E '[.](svgz|(css|data|html?|js|mjs|wasm)[.]gz)$' "$1" > "$work/list.gzip"
  match -E '[.](css|data|html?|js|mjs|wasm)[.]br$' "$1" > "$work/list.br"
  sort "$work/list.gzip" "$work/list.br" | comm -23 "$1" - > "$work/list.plain"
  upload "$work/list.plain" "$2" "$3"
  upload "$work/list.gzip" "$2" "$3" gzip
  upload "$work/list.br" "$2" "$3" br
}

# remove LIST: deletes the objects with the keys in LIST.
remove() {
  rm -f "$work"/batch.*
  split -l 1000 "$1" "$work/batch."
  for batch in "$work"/batch.*; do
    [ -s "$batch" ] || continue
    objects=$(sed 's|"|\\"|g; s|.*|{"Key":"&"}|' "$batch" | paste -s -d , -)
    printf '{"Quiet":true,"Objects":[%s]}' "$objects" > "$work/objects"
    errors=$(aws s3api delete-objects --bucket "$SITE_BUCKET" --delete "file://$work/objects" \
      --query 'Errors[].Key' --output text)
    case $errors in '' | None) ;; *) fail "could not delete: $errors" ;; esac
  done
}

# Records the files of this release before the upload, so that a later execution can remove them if this one is
# interrupted.
{ echo "$release"; match -Fxv -- "$release" "$work/history"; } > "$work/history.new"
write_state "$work/history.new" history
write_state "$work/manifest" "$release.manifest"

comm -13 "$work/previous" "$work/manifest" > "$work/changed.manifest"
paths "$work/changed.manifest" > "$work/changed"
comm -12 "$work/changed" "$work/immutable" > "$work/changed.immutable"
printf %s "$release" > "$work/live.new"

# Lists files without a hashed name that this release does not have. After an interrupted release, the bucket may
# contain files of each recorded release.
cp "$work/previous" "$work/earlier.manifest"
if [ ! -s "$work/previous" ]; then
  while read -r id; do
    if [ "$id" = "$release" ] || ! has "$id.manifest"; then continue; fi
    read_state "$id.manifest" "$work/old.manifest" < /dev/null
    cat "$work/old.manifest" >> "$work/earlier.manifest"
  done < "$work/history"
fi
sed -n 's|^.\{65\} ||p' "$work/earlier.manifest" | sort -u | comm -23 - "$work/paths" > "$work/obsolete"
true > "$work/removed"

if [ -n "$KEY_VALUE_STORE" ]; then
  if has "$release.done"; then
    say "the files of release $release are still in the bucket"
  else
    publish "$work/changed.immutable" "$site" "$IMMUTABLE_CACHE"
    publish "$work/mutable" "$site.releases/$release/" "$REVALIDATE_CACHE"
    write_state "$work/live.new" "$release.done"
  fi
  # CloudFront reads the error page from a fixed path for all releases.
  if [ -f 404.html ]; then
    aws s3 cp 404.html "${site}404.html" --only-show-errors --cache-control "$REVALIDATE_CACHE"
  fi
  etag=$(aws cloudfront-keyvaluestore describe-key-value-store --kvs-arn "$KEY_VALUE_STORE" --query ETag --output text)
  aws cloudfront-keyvaluestore put-key --kvs-arn "$KEY_VALUE_STORE" --key release --value "$release" \
    --if-match "$etag" > /dev/null
  say "switched to release $release"
  if grep -Fxq 404.html "$work/obsolete"; then aws s3 rm "${site}404.html" --only-show-errors; fi
  printf %s "folder-$release" > "$work/live.new"
  write_state "$work/live.new" live
elif [ "$live" = "$release" ]; then
  say "release $release is already live"
else
  comm -12 "$work/changed" "$work/others" > "$work/changed.others"
  comm -12 "$work/changed" "$work/documents" > "$work/changed.documents"
  publish "$work/changed.immutable" "$site" "$IMMUTABLE_CACHE"
  # If this execution is interrupted, no release is marked as live, and the next execution uploads all files.
  if has live; then aws s3 rm "${state}live" --only-show-errors; fi
  publish "$work/changed.others" "$site" "$REVALIDATE_CACHE"
  publish "$work/changed.documents" "$site" "$REVALIDATE_CACHE"

  # A file that an earlier release published by mistake ends with it. Pages from before the release load files with
  # hashed names, which are kept.
  cp "$work/obsolete" "$work/removed"
  if [ -s "$work/removed" ]; then say "removing $(grep -c . "$work/removed") files that this release does not have"; fi
  sed "s|^|$SITE_PREFIX|" "$work/removed" > "$work/removed.keys"
  remove "$work/removed.keys"

  # Invalidates only files that caches may have in an old version: those without a hashed name that are new, changed or
  # removed.
  cat "$work/changed.others" "$work/changed.documents" "$work/removed" | sort > "$work/stale"
  # A folder is also requested by its own URL.
  { cat "$work/stale"; sed -n 's|^index\.html$||p; s|^\(.*/\)index\.html$|\1|p' "$work/stale"; } | awk '
    BEGIN { for (i = 0; i < 256; i++) code[sprintf("%c", i)] = i }
    { out = "/"
      for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        out = out (c ~ /[A-Za-z0-9\/._~-]/ ? c : sprintf("%%%02X", code[c]))
      }
      print out }' > "$work/urls"
  count=$(grep -c . "$work/urls" || true)
  if [ "$count" -gt 100 ]; then echo '/*' > "$work/urls"; count=1; fi
  if [ "$count" -gt 0 ]; then
    say "invalidating $count paths"
    items=$(sed 's|.*|"&"|' "$work/urls" | paste -s -d , -)
    printf '{"Paths":{"Quantity":%s,"Items":[%s]},"CallerReference":"%s-%s-%s"}' \
      "$count" "$items" "$release" "$(date +%s)" "$$" > "$work/batch"
    id=$(aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION_ID" \
      --invalidation-batch "file://$work/batch" --query Invalidation.Id --output text)
    # The release is live, so a slow invalidation does not fail it. The AWS CLI waits for 10 minutes.
    completed() { aws cloudfront wait invalidation-completed --distribution-id "$DISTRIBUTION_ID" --id "$id"; }
    completed || completed ||
      say "warning: the invalidation $id is still in progress; visitors may receive files of the previous release"
  fi
  write_state "$work/live.new" live
fi

# --- remove old releases ----------------------------------------------------------------------------------------------

head -n "$KEEP_RELEASES" "$work/history.new" > "$work/kept"
tail -n "+$((KEEP_RELEASES + 1))" "$work/history.new" > "$work/dropped"
if [ -s "$work/dropped" ]; then
  while read -r id; do
    if [ "$id" = "$release" ]; then cat "$work/manifest"; continue; fi
    has "$id.manifest" || continue
    read_state "$id.manifest" "$work/old.manifest" < /dev/null
    cat "$work/old.manifest"
  done < "$work/kept" > "$work/kept.manifest"
  paths "$work/kept.manifest" | uniq > "$work/kept.paths"
  true > "$work/delete"
  true > "$work/delete.marks"
  true > "$work/delete.lists"
  while read -r id; do
    has "$id.manifest" || continue
    read_state "$id.manifest" "$work/old.manifest" < /dev/null
    # Deletes only files that a release of this pipeline uploaded.
    paths "$work/old.manifest" | comm -23 - "$work/kept.paths" | comm -23 - "$work/removed" |
      sed "s|^|$SITE_PREFIX|" >> "$work/delete"
    if [ -n "$KEY_VALUE_STORE" ] || has "$id.done"; then
      sed -n "s|^.\{65\} |$SITE_PREFIX.releases/$id/|p" "$work/old.manifest" >> "$work/delete"
    fi
    if has "$id.done"; then echo "$STATE_PREFIX$id.done" >> "$work/delete.marks"; fi
    echo "$STATE_PREFIX$id.manifest" >> "$work/delete.lists"
  done < "$work/dropped"
  sort -u "$work/delete" > "$work/delete.files"
  delete_count=$(grep -c . "$work/delete.files" || true)
  say "removing $delete_count files of $(grep -c . "$work/dropped") old releases"
  # Deletes the marks of complete folders first and the manifests last, so that the next execution can continue an
  # interrupted one.
  remove "$work/delete.marks"
  remove "$work/delete.files"
  remove "$work/delete.lists"
  write_state "$work/kept" history
fi
say "done: release $release"
