"""The build root: a Debian old enough for the oldest system, with a Python of our own in it.

The root is Debian 11, the oldest suite that a plain mirror still carries. Its C library is 2.31; packages have to run
on 2.28 (UOS 20, Kylin V10), so what 2.29 wrote anew is linked by its former version (`glibc228.h`), and
`elf.too_new` reads every file of the finished bundle. Python, OpenSSL and SQLite come from the sources of
a newer Debian, with its security patches; apt checks their signatures.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from package.steps import BuildError, cache, once, run, say

SUITE, SOURCES = "bullseye", "bookworm"
PYTHON = "/opt/python"  # where it lies in the root
NEEDED = (
    "gcc", "libc6-dev", "make", "perl", "binutils", "patchelf", "zlib1g-dev", "libffi-dev", "libbz2-dev",
    "liblzma-dev", "tcl", "libexpat1-dev", "uuid-dev", "dpkg-dev", "xz-utils", "ca-certificates",
)  # fmt: skip
# What Qt's platform plugin asks for and a village PC may lack; carried along.
WINDOW = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-util1",
    "libxcb-shape0", "libxcb-randr0", "libxcb-xkb1", "libxcb-xinerama0", "libxkbcommon0", "libxkbcommon-x11-0",
)  # fmt: skip
FORMER = """\
/* exp, log and pow were written anew in glibc 2.29: the version before gives the same values. */
#if defined(__x86_64__) && !defined(__ASSEMBLER__)
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
"""
# Names and rules of all languages and places, which Qt asks ICU for and we never do: an empty table in its form.
ICU = """\
#include <stdint.h>
struct { uint16_t size; uint8_t magic[2]; uint16_t info, reserved; uint8_t endian, charset, wide, more, format[4], \
made[4], version[4], padding[8]; uint32_t count, rest; int fake[4]; } icudt%s_dat = {
    32, {0xda, 0x27}, 20, 0, 0, 0, 2, 0, {'T', 'o', 'C', 'P'}, {1, 0, 0, 0}, {0, 0, 0, 0}, {0}, 0, 0, {0, 0, 0, 0}};
"""
_OPENSSL = (
    "cd /build/openssl*/ && ./config --prefix=/opt/openssl --libdir=lib no-tests shared"
    " && make -s -j{n} && make -s install_sw"
)
# The centre asks for RETURNING, which SQLite has since 3.35: UOS 20 and Debian 11 come with older ones.
_SQLITE = (
    "cd /build/sqlite3*/ && CFLAGS='-O2 -include /build/former.h -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_DBSTAT_VTAB"
    " -DSQLITE_ENABLE_COLUMN_METADATA' ./configure -q --prefix=/opt/sqlite --disable-tcl --disable-readline"
    " --disable-static && make -s -j{n} && make -s install"
)
# A patch for pyexpat counts on its being built into the interpreter; sem_clockwait came with glibc 2.30.
_PYTHON = (
    "cd /build/python*/ && sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c"
    " && ac_cv_func_sem_clockwait=no ./configure -q --prefix=/opt/python --enable-shared --with-openssl=/opt/openssl"
    " --with-system-expat --with-ensurepip=no --without-doc-strings --disable-test-modules"
    " CFLAGS='-include /build/former.h' LIBSQLITE3_CFLAGS=-I/opt/sqlite/include"
    " LIBSQLITE3_LIBS='-L/opt/sqlite/lib -lsqlite3' CPPFLAGS=-I/opt/sqlite/include"
    " LDFLAGS='-L/opt/sqlite/lib -Wl,-rpath,/opt/python/lib -Wl,-rpath,/opt/openssl/lib -Wl,-rpath,/opt/sqlite/lib'"
    " && make -s -j{n} && rm -rf /opt/python && make -s install"
    " && /opt/python/bin/python3.11 -c 'import bz2, ctypes, lzma, pyexpat, ssl, uuid, zlib, sqlite3"
    "; assert sqlite3.sqlite_version_info > (3, 35)'"
)


class Root:
    """A folder with a whole system; commands are run inside it."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def run(self, command: str, todo: str = "") -> str:
        """A line of shell inside. Raises BuildError."""
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
        kept = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        more = {"DEBIAN_FRONTEND": "noninteractive", "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt"}
        return run(["chroot", self.place, "sh", "-ec", command], todo, env | kept | more)


def made() -> Root:
    """The root with Python in it, from the cache or made now (about ten minutes on two cores). Raises BuildError."""
    if os.geteuid() != 0:
        raise BuildError("打包要用 root 运行：要建一个旧系统的环境（debootstrap、chroot）。")
    if not shutil.which("debootstrap"):
        raise BuildError("没有 debootstrap。请先运行：apt-get install debootstrap")
    root = Root(cache() / SUITE)
    once(root.place, f"{SUITE} {NEEDED} {WINDOW}", lambda: _system(root))
    built = root.place / "opt"  # the stamps lie in the root and go with it
    once(built / "openssl", _OPENSSL, lambda: _openssl(root))
    once(built / "sqlite", _SQLITE + FORMER, lambda: _sqlite(root))
    once(built / "python", _PYTHON + FORMER + _OPENSSL + _SQLITE, lambda: _python(root))
    return root


def _system(root: Root) -> None:
    say(f"旧系统：正在建 Debian {SUITE}（约两分钟）……")
    if root.place.exists():
        shutil.rmtree(root.place)
    root.place.parent.mkdir(parents=True, exist_ok=True)
    run(["debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, root.place], "请看网络和磁盘空间。")
    trusted = Path("/etc/ssl/certs/ca-certificates.crt")  # with what this machine's own network wants
    if trusted.exists():
        shutil.copyfile(trusted, root.place / trusted.relative_to("/"))
    listed = root.place / "etc" / "apt" / "sources.list"
    kind, where, *_rest = listed.read_text("ascii").split()  # the mirror that debootstrap took
    listed.write_text(f"{kind} {where} {SUITE} main\ndeb-src {where} {SOURCES} main\n", "ascii")
    root.run("apt-get update -q")
    root.run(f"apt-get install -y -q --no-install-recommends {' '.join([*NEEDED, *WINDOW])}")
    (root.place / "build").mkdir(exist_ok=True)
    (root.place / "build" / "former.h").write_text(FORMER, "ascii")


def _openssl(root: Root) -> None:
    say("旧系统：正在编译 OpenSSL（约三分钟）……")
    root.run("cd /build && rm -rf openssl* && apt-get source -q openssl 2>&1")
    root.run(_OPENSSL.format(n=os.cpu_count()))


def _sqlite(root: Root) -> None:
    say("旧系统：正在编译 SQLite（约一分钟）……")
    root.run("cd /build && rm -rf sqlite3* && apt-get source -q sqlite3 2>&1")
    root.run(_SQLITE.format(n=os.cpu_count()))


def _python(root: Root) -> None:
    say("旧系统：正在编译 Python（约四分钟）……")
    root.run("cd /build && rm -rf python* && apt-get source -q python3.11 2>&1")
    root.run(_PYTHON.format(n=os.cpu_count()))
