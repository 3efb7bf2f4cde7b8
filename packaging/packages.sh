# Which Debian and Ubuntu packages the project needs, and how the missing ones are installed. Sourced by packaging/run
# and tests/run. "a|b" means: whichever of the two names this release has; "a?" means: only where this release has it.

buildPackages=(cmake ninja-build g++ pkg-config ccache libpqxx-dev libpq-dev libtomlplusplus-dev nlohmann-json3-dev
  libcli11-dev libfmt-dev libyaml-cpp-dev libsqlitecpp-dev libssl-dev libcairo2-dev libpango1.0-dev librsvg2-dev)
guiPackages=(qt6-base-dev "qt6-charts-dev|libqt6charts6-dev" "qt6-svg-dev|libqt6svg6-dev" "qt6-svg-plugins?"
  "qt6-qpa-plugins?" qtkeychain-qt6-dev fonts-inter fonts-dejavu-core)
testPackages=(libgtest-dev procps poppler-utils "busybox-static|busybox" pgbouncer iproute2 openssl openssh-client openssh-server
  netcat-openbsd dbus-daemon "dbus-bin?" gnome-keyring python3 python3-jsonschema at-spi2-core gir1.2-atspi-2.0 python3-gi xvfb xdotool clang-format-19 clang-tidy-19)

isInstalled() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

isKnown() { apt-cache show --no-all-versions "$1" 2>/dev/null | grep -q '^Package:'; }

# Debian 12 and Ubuntu 24.04 keep Qt's OpenGL headers, which Qt Charts' CMake files ask for, in a package that
# qt6-base-dev only recommends; later releases have them in qt6-base-dev itself.
if ! compgen -G '/usr/lib/*/cmake/Qt6OpenGL/Qt6OpenGLConfig.cmake' >/dev/null; then
  if isInstalled qt6-base-dev; then guiPackages+=(libqt6opengl6-dev); else guiPackages+=("libqt6opengl6-dev?"); fi
fi

hasPostgresPrograms() {
  command -v initdb >/dev/null && return
  local programs=(/usr/lib/postgresql/*/bin/initdb)
  [ -x "${programs[-1]}" ]
}

# The packages of the list that have to be installed, one a line. Asking what this release has takes apt-cache a second,
# so those with "?" are looked at only with `thorough`, once something else is known to be missing.
missingOf() {
  local wanted name thorough=
  [ "$1" = thorough ] && { thorough=yes; shift; }
  for wanted in "$@"; do
    case $wanted in
    *\?) name=${wanted%\?}; [ $thorough ] && isKnown "$name" && ! isInstalled "$name" && echo "$name" ;;
    *\|*)
      isInstalled "${wanted%|*}" || isInstalled "${wanted#*|}" && continue
      if isKnown "${wanted%|*}"; then echo "${wanted%|*}"; else echo "${wanted#*|}"; fi ;;
    *) isInstalled "$wanted" || echo "$wanted" ;;
    esac
  done
  return 0
}

# Installs without starting anything on this computer: no service, and no PostgreSQL cluster of its own.
installQuietly() {
  local asRoot=() policy=/usr/sbin/policy-rc.d ours="" status=0
  [ "$(id -u)" = 0 ] || asRoot=(sudo)
  asRoot+=(env DEBIAN_FRONTEND=noninteractive)
  if [ ! -e $policy ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' | "${asRoot[@]}" tee $policy >/dev/null
    "${asRoot[@]}" chmod 755 $policy
  fi
  local install=("${asRoot[@]}" apt-get install -y -qq --no-install-recommends)
  local noCluster=/etc/postgresql-common/createcluster.d/whichbase-install.conf
  if [[ " $* " == *" postgresql "* ]] && ! isInstalled postgresql-common; then
    "${install[@]}" postgresql-common >/dev/null </dev/null || status=$?
    "${asRoot[@]}" mkdir -p "${noCluster%/*}"
    echo "create_main_cluster = false" | "${asRoot[@]}" tee $noCluster >/dev/null
  fi
  [ $status = 0 ] && { "${install[@]}" "$@" >/dev/null </dev/null || status=$?; }
  # A service that was not started now would be at the next boot.
  if [[ " $* " == *" pgbouncer "* && -d /run/systemd/system ]]; then
    "${asRoot[@]}" systemctl disable --quiet pgbouncer || true
  fi
  "${asRoot[@]}" rm -f $noCluster ${ours:+$policy}
  return $status
}

# installMissing PACKAGE…: says what is missing before it installs it; silent where nothing is.
installMissing() {
  if ! command -v apt-get >/dev/null; then
    echo "This computer has no apt-get; these are needed, under whatever names it has for them: $*, PostgreSQL" >&2
    return 0
  fi
  local missing
  mapfile -t missing < <(missingOf "$@"; hasPostgresPrograms || echo postgresql)
  [ ${#missing[@]} = 0 ] && return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "Missing, and there is no sudo to install them with. As root: apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "Missing on this computer: ${missing[*]}"
  echo "Reading the package lists, then installing these with apt-get (no service is started by it)."
  if [ "$(id -u)" = 0 ]; then apt-get update -qq; else sudo apt-get update -qq; fi </dev/null ||
    echo "The package lists could not be refreshed; trying with those that are here." >&2
  # Only now can names be told that depend on the release.
  mapfile -t missing < <(missingOf thorough "$@"; hasPostgresPrograms || echo postgresql)
  echo "Installing: ${missing[*]}"
  installQuietly "${missing[@]}"
}
