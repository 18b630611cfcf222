// The server's part of a roll-out. See remote_script.h.
#include "deploy/remote_script.h"

#include "deploy/shell_text.h"

namespace tamis {
namespace {

// On the server: TARGET/current points to TARGET/releases/ID; TARGET/.tamis holds
//   lock           a symbolic link (made in one instant) whose target says who holds it
//   manifests/ID   what a release consists of
//   staging/ID     what is being copied, or was when a roll-out ended early
//   pending        "OLD NEW made|kept" from just before a switch until the new release is
//                  confirmed; `made` if it goes back to staging otherwise
//   trash/         what is being removed
constexpr const char kFunctions[] = R"sh(
M=$T/.tamis
umask 022
trap '' PIPE
exec 3>&1 1>&2
if [ "$(printf ab | { a=$(head -c 1); b=$(head -c 1); printf %s "$a$b"; })" = ab ]; then
  take() { head -c "$1"; }
else
  take() { dd bs=65536 iflag=fullblock,count_bytes count="$1" 2>/dev/null; }
fi

# born PID: sets b to what tells a process from a later one of the same number.
born() {
  b=- s=
  { read -r s <"/proc/$1/stat" && read -r k </proc/sys/kernel/random/boot_id; } 2>/dev/null ||
    return 0
  s=${s##*) }
  set -- $s
  [ "$1" = Z ] || b=${20}.$k
}
# alive PID BORN
alive() {
  kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || return 1
  born "$1"
  [ "$b" = "$2" ]
}
# break_lock TEXT: removes the lock if it still is that one. Only one at a time may do so.
break_lock() {
  mkdir "$M/breaking" 2>/dev/null || { sleep 1; return 0; }
  if [ "$(readlink "$M/lock")" = "$1" ]; then rm -f "$M/lock"; fi
  rmdir "$M/breaking"
}
# lock WANT: 0 if this shell holds it, 9 if another does. WANT=break ends the other.
lock() {
  tries=0
  until ln -s "$L" "$M/lock" 2>/dev/null; do
    if ! l=$(readlink "$M/lock"); then
      ln -s "$L" "$M/lock" && return 0
      [ -L "$M/lock" ] || exit 1
      continue
    fi
    IFS=' ' read -r p s who <<EOT
$l
EOT
    if [ -n "$p" ] && alive "$p" "$s"; then
      [ "$1" = break ] || { printf 'locked %s\n' "$who" >&3; exit 9; }
      kill "$p" 2>/dev/null; sleep 1
    fi
    break_lock "$l"
    tries=$((tries + 1))
    if [ "$tries" -ge 10 ]; then
      rmdir "$M/breaking" 2>/dev/null
      echo "can't take the lock $M/lock" >&2
      exit 1
    fi
  done
}
# point ID: makes it the current release in one instant.
point() {
  rm -f "$M/next"
  ln -s "releases/$1" "$M/next" && mv -fT "$M/next" "$T/current"
}
# current: sets c to the current release, or to - if there is none.
current() {
  c=-
  if [ -L "$T/current" ]; then
    c=$(readlink "$T/current")
    case $c in
      releases/*) c=${c#releases/} ;;
      *) c=?foreign ;;
    esac
  elif [ -e "$T/current" ]; then c=?foreign
  fi
}
# revert: back to the old release if the new one was never confirmed.
revert() {
  [ -f "$M/pending" ] || return 0
  IFS=' ' read -r old new made <"$M/pending" || :
  current
  if [ "$c" = "$new" ]; then
    if [ "$old" = - ]; then rm -f "$T/current"; else point "$old" || return 1; fi
  fi
  if [ "$made" = made ] && [ -d "$T/releases/$new" ]; then
    mkdir -p "$M/staging" && mv -fT "$T/releases/$new" "$M/staging/$new"
  fi
  rm -f "$M/pending"
}
# bin PATH: removes a folder; a half-removed one is never seen under its own name.
bin() {
  [ -e "$1" ] || return 0
  mkdir -p "$M/trash" && mv -fT "$1" "$M/trash/${1##*/}.$$" && rm -rf "$M/trash"
}
# end: what a shell does last that holds the lock.
end() {
  [ "$(readlink "$M/lock" 2>/dev/null)" = "$L" ] || return 0
  revert
  rm -f "$M/lock"
}
# st FILE...: type and mode, size, links, owner and group of each, a line each; - where there is
# none. (The first form has lines for those that are there only: all or none of it.)
st() {
  if o=$(stat -c '%f %s %h %u %U %g %G' -- "$@" 2>/dev/null); then
    printf '%s\n' "$o"
    return 0
  fi
  for f do stat -c '%f %s %h %u %U %g %G' -- "$f" 2>/dev/null || echo -; done
}
# hs FILE...: the SHA-256 of each, a line each; - where it is no plain file or can't be read.
# (The answer of the first form has lines for those that can be read only: all or none of it.)
hs() {
  plain=1
  for f do if [ -L "$f" ] || ! [ -f "$f" ]; then plain=0; fi; done
  if [ $plain = 1 ] && o=$(sha256sum -- "$@" 2>/dev/null); then
    printf '%s\n' "$o" | cut -c1-64
    return 0
  fi
  for f do h1 "$f"; done
}
# h1 FILE: as hs, for names that sha256sum would print in another way.
h1() {
  if ! [ -L "$1" ] && [ -f "$1" ] && o=$({ sha256sum <"$1"; } 2>/dev/null); then
    printf '%.64s\n' "$o"
  else
    echo -
  fi
}
# lk LINK TARGET: 1 if it points there, else 0.
lk() {
  if [ -L "$1" ] && [ "$(readlink -- "$1"; printf x)" = "$2
x" ]; then echo 1; else echo 0; fi
}
# link FOLDER FILE...: the same files there; where they can't be linked, copies.
link() {
  d=$1
  shift
  ln -- "$@" "$d/" 2>/dev/null && return 0
  for f do
    [ -e "$d/${f##*/}" ] || ln -- "$f" "$d/" 2>/dev/null || cp -p -- "$f" "$d/" 2>/dev/null
  done
}
# copy FOLDER FILE...: copies of their own, for those that get another mode or owner.
copy() {
  d=$1
  shift
  for f do cp -- "$f" "$d/" 2>/dev/null || :; done
}
# w BYTES FILE: makes a file of the payload's next bytes; a BYTES FILE appends them.
w() { take "$1" >"$2" || exit 1; }
a() { take "$1" >>"$2" || exit 1; }
# pay BYTES FILTER: the payload: a script, by its size on a line, then what the script takes.
# A failure is answered before the rest of the payload has come, so that nobody goes on sending it.
pay() {
  if [ "$2" = gzip ]; then
    take "$1" | gzip -dc | run
  else
    take "$1" | run
  fi
}
run() {
  if x=$( { IFS= read -r n && s=$(take "$n") && check && eval "$s"; } 2>&1 1>&3 ); then
    return 0
  fi
  # On a full disk what was copied is of no use to anybody.
  case $x in *'No space left'*|*'quota exceeded'*) cd / && rm -rf "$M"/staging/* ;; esac
  printf '\n%s 1 %s\n%s' "$N" "${#x}" "$x" >&3
  cat >/dev/null
  return 1
}
check() { case $s in *'#END') return 0 ;; *) echo 'the payload was cut' >&2; return 1 ;; esac; }
# each FOLDER WORD: WORD and the name of each release in a folder, in the order of their making.
each() {
  for d in "$1"/*; do
    case ${d##*/} in *[!0-9a-z-]*) continue ;; esac
    if [ -d "$d" ]; then printf '%s %s\n' "$2" "${d##*/}"; i=${d##*/}; fi
  done
}
# manifest ID: its text, unless it is the one of digest $D.
manifest() {
  m=$M/manifests/$1
  [ -f "$m" ] || return 0
  d=$(sha256sum <"$m")
  if [ "${d%% *}" = "$D" ]; then
    printf 'same %s\n' "$1"
  else
    printf 'manifest %s %s\n' "$1" "$(stat -c %s -- "$m")"
    cat "$m"
  fi
}
# report: what there is. D is the digest of what shall be there.
report() {
  current
  printf 'current %s\n' "$c"
  printf 'space %s\n' "$(space "$T")"
  if command -v gzip >/dev/null 2>&1; then echo 'gzip 1'; fi
  each "$T/releases" release
  manifest "$c"
  i=
  each "$M/staging" staging
  if [ -n "$i" ]; then manifest "$i"; fi
  if [ -f "$M/pending" ]; then echo 'pending 1'; fi
  if l=$(readlink "$M/lock"); then
    IFS=' ' read -r p s who <<EOT
$l
EOT
    if [ "$l" != "$L" ] && alive "$p" "$s"; then printf 'lock %s\n' "$who"; fi
  fi
}
# tools: what is missing of what a roll-out needs.
tools() {
  for t in cat chmod chown cp cut head ln mkdir mv readlink rm sha256sum stat sync timeout; do
    command -v "$t" >/dev/null 2>&1 || printf 'missing %s\n' "$t"
  done
  d=$T
  while ! [ -e "$d" ]; do d=${d%/*}; [ -n "$d" ] || d=/; done
  if ! [ -d "$d" ]; then printf 'unwritable %s\n' "$d is no folder"
  elif ! [ -w "$d" ]; then printf 'unwritable %s\n' "$d"; fi
  if [ -d "$M" ] && ! [ -w "$M" ]; then printf 'unwritable %s\n' "$M"; fi
}
# activate OLD NEW made|kept: the switch. Until pending is gone, the end of this shell undoes it.
activate() {
  printf '%s %s %s\n' "$1" "$2" "$3" >"$M/pending.new" &&
    mv -fT "$M/pending.new" "$M/pending" || exit 1
  if [ "$3" = made ]; then
    chmod 755 "$M/staging/$2" && { sync -f "$M/staging/$2" 2>/dev/null || sync; } &&
      mv -fT "$M/staging/$2" "$T/releases/$2" || exit 1
  fi
  point "$2" || exit 1
}
# space PATH: bytes that are free where PATH is, or would be.
space() {
  d=$1
  while ! [ -d "$d" ]; do
    d=${d%/*}
    [ -n "$d" ] || d=/
  done
  f=$(stat -f -c '%a %S' -- "$d" 2>/dev/null) || { echo -1; return 0; }
  echo $((${f% *} * ${f#* }))
}
)sh";

constexpr const char kLoop[] = R"sh(
trap 'end; exit 1' HUP INT TERM
printf '\n%s ready\n' "$N" >&3
while IFS= read -r n; do
  case $n in ''|*[!0-9]*) break ;; esac
  s=$(take "$n")
  case $s in *'#END') ;; *) break ;; esac
  e=$( (eval "$s") 2>&1 1>&3 )
  r=$?
  printf '\n%s %s %s\n%s' "$N" "$r" "${#e}" "$e" >&3
done
end
)sh";

}  // namespace

std::string RemoteScript(const std::string& nonce, const std::string& target,
                         const std::string& holder) {
  std::string script = "LC_ALL=C; export LC_ALL; unset CDPATH; IFS=' \n\t'\n";
  script += "N=" + ShellQuote(nonce) + " T=" + ShellQuote(target) + "\n";
  script += kFunctions;
  script += "born $$\nL=\"$$ $b \"" + ShellQuote(holder + " " + nonce) + "\n";
  return script + kLoop;
}

std::string ShellReading(size_t byte_count) {
  return "sh -c 'eval \"$(head -c " + std::to_string(byte_count) + ")\"'";
}

}  // namespace tamis
