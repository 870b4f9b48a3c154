"""The configuration of each machine, made of the very files that the guide gives (`installer/centre`). What is changed
is what the guide says to change: names, addresses, passwords, folders."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from cluster import sandbox
from cluster.ground import FRONT, Loopback

CENTRE = sandbox.ROOT / "installer" / "centre"
_FIRST = "10.0.0.21"  # whose file the guide shows
HASTY = {"ttl": "20", "loop_wait": "1", "retry_timeout": "3"}  # as quick as Patroni allows, where nobody has time


class Secrets:
    """Passwords of one cluster."""

    def __init__(self) -> None:
        self.superuser, self.replication, self.rewind, self.daiban = (secrets.token_hex(12) for _ in range(4))


def _text(name: str) -> str:
    return (CENTRE / name).read_text("utf-8")


def _replaced(text: str, changes: Mapping[str, str]) -> str:
    """Each must be there: the guide's file is no longer the one that this was written for otherwise."""
    for was, now in changes.items():
        assert was in text, was
        text = text.replace(was, now)
    return text


def _own_address(text: str, name: str, ground: Loopback) -> str:
    """The lines that tell one address tell this machine's; then all of them as they are on this ground."""
    lines = [
        line if f"{_FIRST[:-1]}2" in line.replace(_FIRST, "") else line.replace(_FIRST, ground.address(name))
        for line in text.splitlines()
    ]
    return re.sub(r"10\.0\.0\.(?=\d+[:,/\s])", ground.prefix, "\n".join(lines) + "\n")


def etcd(name: str, ground: Loopback, data: Path) -> str:
    """etcd.conf.yml of a machine."""
    text = _replaced(_text("cluster/etcd.conf.yml"), {"name: db1": f"name: {name}", "/var/lib/etcd/daiban": str(data)})
    if ground.prefix != "10.0.0.":  # one machine has one 127.0.0.1
        text = _replaced(text, {",http://127.0.0.1:2379": ""})
    return _own_address(text, name, ground)


def patroni(
    name: str, ground: Loopback, data: Path, binaries: str, words: Secrets, timing: Mapping[str, str] | None
) -> str:
    """patroni.yml of a machine; `timing`: other times than the guide's."""
    text = _own_address(_text("cluster/patroni.yml"), name, ground)
    text = text.replace(f"{ground.prefix}0/24", ground.net)
    for key, value in (timing or {}).items():
        text = re.sub(rf"(?m)^(\s+{key}:) \d+$", rf"\1 {value}", text)
    return _replaced(text, {
        "name: db1": f"name: {name}",
        "/var/lib/postgresql/15/daiban": str(data),
        "/usr/lib/postgresql/15/bin": binaries,
        "换掉一": words.superuser,
        "换掉二": words.replication,
        "换掉三": words.rewind,
        "\npostgresql:\n": f"\npostgresql:\n  parameters: {{unix_socket_directories: {data.parent}}}\n",
    })  # fmt: skip


def haproxy(ground: Loopback, certificate: Path, port: int, user: str) -> str:
    """haproxy.cfg; `user`: as whom it runs where root starts it, "" for nobody else."""
    who = f"    user {user}\n    group nogroup\n" if user else ""
    text = _replaced(_text("haproxy.cfg"), {
        "    user haproxy\n    group haproxy\n": who,
        "bind :443 ssl crt /etc/haproxy/centre.pem": f"bind {ground.address(FRONT)}:{port} ssl crt {certificate}",
    })  # fmt: skip
    return re.sub(r"10\.0\.0\.(?=\d+:)", ground.prefix, text)


def centre(name: str, ground: Loopback, *, asks_patroni: bool, leaves: bool) -> str:
    """centre.toml of a host: what the guide says, and so many enrolments and logins as one address here wants."""
    rest = ", ".join(f'"http://{ground.address(one)}:8008"' for one in ("db1", "db2", "db3"))
    patroni = f"patroni = [{rest}]\n" if asks_patroni else ""
    leave = "leave_seconds = 8\n" if leaves else ""
    return (
        f'address = "{ground.address(name)}"\ntrusted_proxies = ["{ground.address(FRONT)}"]\n{patroni}{leave}'
        "enrols_per_minute = 1000\nlogins_per_minute = 1000\ndisk_free_mb = 10\n"
    )
