// The script that looks around on the far side. It is one line in single quotes for whatever login shell is there (sh,
// bash, fish, csh), so it holds no single quote, no exclamation mark, no line break and no doubled backslash. It runs
// under POSIX shells, busybox's included.
//
// Every line that it prints begins with a word of ours, and what a process or a container says cannot begin a line: the
// engines' JSON is one line, and line breaks in environments and arguments are turned into the byte 1.

#include "import/ssh_host.h"
#include "import/survey.h"

namespace whichbase::imports {
namespace {

// $t: a time limit, so that an engine that hangs leaves the processes to be looked at.
constexpr std::string_view opening = R"sh(LC_ALL=C; export LC_ALL; echo "whichbase survey 1"; )sh"
                                     R"sh(t=; timeout 5 true >/dev/null 2>&1 && t="timeout 20"; )sh";

// A shell that nobody is logged in to often lacks the folders in which the engines are.
constexpr std::string_view containers =
    R"sh(for e in docker podman; do p=; )sh"
    R"sh(for c in $e /usr/local/bin/$e /snap/bin/$e /opt/bin/$e /opt/homebrew/bin/$e; do )sh"
    R"sh(command -v $c >/dev/null 2>&1 && p=$c && break; done; )sh"
    R"sh([ -n "$p" ] || continue; echo "engine $p"; )sh"
    R"sh(if i=$($t $p ps -q 2>/dev/null); then :; else )sh"
    R"sh($t $p ps -q 2>&1 >/dev/null | head -n 3 | cut -c 1-400 | sed "s/^/refused /"; continue; fi; )sh"
    R"sh({ $t $p info -f "{{.OperatingSystem}} {{.SecurityOptions}}" 2>/dev/null || )sh"
    R"sh($t $p info -f "rootless={{.Host.Security.Rootless}}" 2>/dev/null; } | head -n 1 | sed "s/^/info /"; )sh"
    R"sh($t $p network ls --format "{{.Name}} {{.Driver}}" 2>/dev/null | head -n 1000 | sed "s/^/network /"; )sh"
    R"sh(s=$($t $p ps -aq -f status=exited -f status=created 2>/dev/null); )sh"
    R"sh(for l in "$i" "$s"; do a=$(echo "$l" | head -n 500); [ "$a" = "$l" ] || echo "more containers"; )sh"
    R"sh([ -n "$a" ] && $t $p inspect --type container -f "{{json .}}" $a 2>/dev/null | head -c 6000000 | sed "s/^/container /"; echo; )sh"
    R"sh(done; done; )sh";

// Only variables that can have to do with a database leave the computer.
constexpr std::string_view processes =
    R"sh(if [ -r /proc/self/environ ]; then )sh"
    R"sh(echo "self $(id -u) $(readlink /proc/self/ns/net) $(readlink /proc/self/ns/pid)"; n=0; u=0; )sh"
    R"sh(for d in /proc/[0-9]*; do a=; { read -r a < $d/cmdline; } 2>/dev/null; [ -n "$a" ] || continue; v=; )sh"
    R"sh(if { v=$(tr "\n\0" "\001\n" | grep -iE )sh"
    R"sh("^([a-z0-9_]*_)?(DATA|DB|SQL|PG|PSQL|RDS|POSTGRES)[a-z0-9_]*=|postgres|dbname=|host="); :; } )sh"
    R"sh(< $d/environ; then :; else [ -d $d ] && u=$((u+1)); continue; fi 2>/dev/null; )sh"
    R"sh([ -n "$v" ] || continue; n=$((n+1)); [ $n -le 300 ] || continue; )sh"
    R"sh(echo "process ${d#/proc/}"; grep -E "^(Uid|PPid):" $d/status | sed "s/^/status /"; )sh"
    R"sh(readlink $d/ns/net | sed "s/^/net /"; readlink $d/ns/pid | sed "s/^/pid /"; )sh"
    R"sh(readlink $d/cwd | sed "s/^/cwd /"; )sh"
    R"sh(tr "\n\0" "\001\n" < $d/cmdline | head -n 200 | head -c 4000 | sed "s/^/arg /"; echo; )sh"
    R"sh(head -n 30 $d/cgroup | sed "s/^/cgroup /"; )sh"
    R"sh(printf "%s\n" "$v" | head -n 100 | head -c 16000 | sed "s/^/env /"; echo; )sh"
    R"sh(done 2>/dev/null; echo "unread $u"; [ $n -le 300 ] || echo "more processes"; )sh"
    R"sh(if [ -d /run/systemd/system ]; then )sh"
    R"sh($t systemctl show -p Id -p MainPID "*.service" 2>/dev/null | head -n 9000 | sed "s/^/unit /"; )sh"
    R"sh($t systemctl --user show -p Id -p MainPID "*.service" 2>/dev/null | head -n 9000 | sed "s/^/userunit /"; fi; )sh"
    R"sh(else echo noproc; fi; )sh";

} // namespace

std::expected<std::string, std::string> surveyCommand(const std::string& sshWords) {
  const auto host = readSshHost(sshWords);
  if (!host)
    return std::unexpected(host.error());
  std::string script("exec sh -c '");
  script.append(opening).append(containers).append(processes).append("echo end'");
  return onHost(*host, script);
}

} // namespace whichbase::imports
