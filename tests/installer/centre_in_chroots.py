"""The centre's package tried in clean systems, by its own commands, as root of a banner's server would.

    python3 tests/installer/centre_in_chroots.py dist/daiban-centre_*.deb [--suites bullseye,bookworm,trixie]

Installed over an older one whose settings somebody changed, with a centre in it; served, asked, backed up; removed and
purged, with data, backups and secrets kept. Root, debootstrap and a network. A command of its own.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "installer"), str(Path(__file__).resolve().parent)]

from in_chroots import in_each, older, system  # noqa: E402
from package.steps import BuildError, cache, fresh, run, say  # noqa: E402

_ASK = "python3 -c 'import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:8457/{}\").read(400).decode())'"
_SERVED = f"""\
PATH=/usr/lib/daiban-centre/bin:$PATH
daiban-centre serve --port 8457 > /tmp/serve.log 2>&1 & served=$!
for _ in $(seq 90); do {_ASK.format("healthz")} >/dev/null 2>&1 && break; sleep 1; done
{_ASK.format("readyz")}
{_ASK.format("items")} | head -c 60
kill -TERM $served; wait $served || true
"""
_HOME = "/var/lib/daiban-centre"


def tried(package: Path, before: Path, suite: str) -> None:
    """All of it in one suite. Raises BuildError with what went wrong."""
    root = system(suite)
    run(["mount", "-t", "proc", "proc", root.place / "proc"])
    run(["mount", "--rbind", "-o", "ro", "/sys", root.place / "sys"])  # systemd 247 wants to know its cgroup
    run(["mount", "--make-rslave", root.place / "sys"])
    try:
        shutil.copyfile(before, root.place / "older.deb")
        shutil.copyfile(package, root.place / "package.deb")
        install = "apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold"
        told = root.run(f"{install} /older.deb systemd")
        if "backup.password" not in told or "daiban-centre init" not in told:
            raise BuildError(f"安装时没有说下一步：{told[-400:]}")
        root.run("sed -i 's/^session_hours = 10/session_hours = 3/' /etc/daiban/centre.toml")
        root.run("printf 'DAIBAN_CENTRE_METRICS=a&b$c d\\n' >> /etc/daiban/centre.env")
        root.run("daiban-centre init --code 152523 --name 苏尼特左旗政务服务中心 --sample")
        root.run(f"{install} /package.deb")
        root.run("grep -q 'session_hours = 3' /etc/daiban/centre.toml && grep -q 'a&b' /etc/daiban/centre.env")
        (root.place / "served.sh").write_text(_SERVED, "utf-8")
        say(f"{suite}：{' '.join(root.run('sh /served.sh').split())[:200]}")
        say(f"{suite}：{root.run('daiban-centre timed-backup').strip()}")
        root.run(f"test $(stat -c %U {_HOME}/centre.db) = daiban; ls {_HOME}/backups/*.dbc")
        units = "/lib/systemd/system/daiban-centre.service /lib/systemd/system/daiban-centre-backup.*"
        root.run(f"systemd-analyze verify --man=no {units}; systemctl is-enabled daiban-centre-backup.timer")
        root.run("apt-get remove -y -q daiban-centre && ! command -v daiban-centre && test -e /etc/daiban/centre.toml")
        root.run("dpkg --purge daiban-centre")
        kept = (
            f"{_HOME}/centre.db {_HOME}/centre.key {_HOME}/backups /etc/daiban/centre.env /etc/daiban/backup.password"
        )
        root.run(f"bash -c 'ls -d {kept}' && ! test -e /usr/lib/daiban-centre/bin")
        say(f"{suite}：升级时设置留着；单元核对过；卸载、清除以后数据、备份和密钥都在")
    finally:
        subprocess.run(["umount", "-R", root.place / "sys"], check=False)
        subprocess.run(["umount", root.place / "proc"], check=False)


def main() -> int:
    """0 when all suites went well."""
    parser = argparse.ArgumentParser(description="在干净的系统里试旗中心的安装包")
    parser.add_argument("package", type=Path)
    parser.add_argument("--suites", default="bullseye,bookworm,trixie")
    asked = parser.parse_args()
    before = older(asked.package, fresh(cache() / "try-centre"))
    return in_each(asked.suites, lambda suite: tried(asked.package.resolve(), before, suite))


if __name__ == "__main__":
    sys.exit(main())
