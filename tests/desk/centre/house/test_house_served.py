"""A house as it is run: `desk centre serve` in processes of its own, with certificates, on PostgreSQL."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import postgres
import pytest

from desk.centre.house.members import FILE
from desk.centre.node import centre_node
from desk.centre.node.hosts import secret_words
from desk.centre.run import authority

HOSTS = {"zuo": ("152523", "zuo.test"), "you": ("152524", "you.test")}


@contextlib.contextmanager
def served(folder: Path, *more: str) -> Iterator[str]:
    """Serve the house until the block ends, which it has to do by itself."""
    config = folder.parent / "house.toml"
    config.write_text(f'house = "{folder}"\nport = 0\n' + "\n".join(more), "utf-8")
    command = [sys.executable, "-m", "desk", "centre", "serve", "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            yield line.split()[-1]
        finally:
            process.terminate()
            said = process.communicate(timeout=60)[1]
        assert process.returncode in (0, -15), said


def test_each_has_its_own_certificate_by_its_name(tmp_path: Path) -> None:
    for name, (code, host) in HOSTS.items():
        centre_node.create(tmp_path / "house" / name, code, name)
        (tmp_path / "house" / name / FILE).write_text(f'hosts = ["{host}"]\n')
        centre = centre_node.Centre(tmp_path / "house" / name)
        authority.make(centre.folder, [host], centre.tell())
        centre.close()
    with served(tmp_path / "house") as address:
        assert address.startswith("https://")
        port = int(address.rpartition(":")[2])
        for name, (_, host) in HOSTS.items():
            trusted = ssl.create_default_context(cafile=tmp_path / "house" / name / centre_node.AUTHORITY)
            with (
                socket.create_connection(("127.0.0.1", port)) as line,
                trusted.wrap_socket(line, server_hostname=host) as inside,  # checks name and authority
            ):
                inside.sendall(f"GET /query HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                assert inside.makefile("rb").readline().split()[1] == b"200"
        anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        with (
            socket.create_connection(("127.0.0.1", port)) as line,
            pytest.raises(ssl.SSLError),
        ):
            anybody.wrap_socket(line, server_hostname="nobody.test")


def test_two_databases_by_two_processes(tmp_path: Path, postgres_cluster: postgres.Cluster) -> None:
    for name, (code, host) in HOSTS.items():
        folder, url = tmp_path / "house" / name, postgres_cluster.database()
        centre_node.create(folder, code, name, url)
        (folder / FILE).write_text(f'hosts = ["{host}"]\nlogins_per_minute = 3\n')
        (folder / secret_words.FILE).write_bytes(secret_words.written({secret_words.DATABASE: url}))
    with served(tmp_path / "house", "workers = 2") as address:
        for (_, host), other in zip(HOSTS.values(), ("152524", "152523"), strict=True):
            told = []
            for _ in range(6):  # over a connection of its own each: whichever process takes it
                with httpx.Client(base_url=address, headers={"Host": host}, trust_env=False, timeout=60) as client:
                    told.append(client.post("/login", data={"account": "x", "password": "y"}).status_code)
            assert told == [403, 403, 403, 429, 429, 429]
            with httpx.Client(base_url=address, headers={"Host": host}, trust_env=False, timeout=60) as client:
                figures = client.get("/metrics").text
                assert 'route="/login",status="403"} 3.0' in figures
                assert other not in figures
