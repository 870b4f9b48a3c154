"""The office's day: a desk in its window, a centre on PostgreSQL in two processes, a decision, and back at the desk."""

from __future__ import annotations

import contextlib
import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import postgres
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, full_draft
from PySide6.QtWidgets import QApplication, QLabel

from desk.app import opening
from desk.store.account import Account
from ui import tasks
from ui.look import theme
from ui.window import MainWindow


class Office:
    """`desk centre` on a PostgreSQL database, served by two processes."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self._env = os.environ | {"DAIBAN_CENTRE_DB": url, "DAIBAN_PASSWORD": PASSWORD, "PYTHONUTF8": "1"}
        self.run("init", "--code", "152523", "--name", "苏尼特左旗政务服务中心", "--sample")
        self.run("add-clerk", "--own", "wulan", "乌兰", "综合窗口")

    def run(self, *step: str) -> str:
        done = subprocess.run(self._command(*step), capture_output=True, text=True, check=False, env=self._env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _command(self, *step: str) -> list[str]:
        return [sys.executable, "-m", "desk", "centre", "--data", str(self.folder), *step]

    @contextlib.contextmanager
    def served(self) -> Iterator[str]:
        server = subprocess.Popen(
            self._command("serve", "--port", "0", "--workers", "2"), stdout=subprocess.PIPE, text=True, env=self._env
        )
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()
            server.wait(30)
            server.stdout.close()


@pytest.fixture
def office(tmp_path: Path, postgres_cluster: postgres.Cluster) -> Office:
    return Office(tmp_path / "centre", postgres_cluster.database())


def test_a_decision_of_the_office_reaches_the_herder(qapp: QApplication, office: Office, tmp_path: Path) -> None:
    theme.apply(qapp)
    code = office.run("enrol-code", POINT, POINT_NAME).split()[0]
    with office.served() as address:
        opening.create_desk(tmp_path / "desk", address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
        window = MainWindow(opening.open_desk(tmp_path / "desk", "suhe", PASSWORD))
        window.show()
        number = window.desk.register(full_draft(window.desk)).intake_no
        _synced(window, qapp)
        with httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as clerk:
            assert clerk.post("/login", data={"account": "wulan", "password": PASSWORD}).status_code == 200
            for act, typed in (
                ("accept", {}),
                ("review", {}),
                ("grant", {"reasons": "符合条件"}),
                ("return-result", {}),
            ):
                page = clerk.get(f"/cases/{number}").text
                hidden = re.findall(r'name="(csrf|seen)" value="([^"]*)"', page)
                form = {name: html.unescape(value) for name, value in hidden} | typed
                if act == "grant":  # it is looked at before it is made
                    form["shown"] = _shown(clerk.post(f"/cases/{number}/decision/grant", data=form).text)
                assert clerk.post(f"/cases/{number}/{act}", data=form).status_code == 200
        _synced(window, qapp)
        window.open("case", intake_no=number)
        tasks.wait_idle()
        qapp.processEvents()
        words = "\n".join(one.text() for one in window.page("case").findChildren(QLabel) if one.isVisible())
        assert "结果回传" in words
        assert window.desk.case(number).case.decision.reasons == "符合条件"
        tasks.wait_idle()
        window.close()
        window.deleteLater()
    verified = office.run("verify")
    assert verified.count("完整") == 2


def _shown(page: str) -> str:
    return re.findall(r'name="shown" value="([^"]*)"', page)[0]


def _synced(window: MainWindow, qapp: QApplication) -> None:
    window.open("sync", now=True)
    for _ in range(400):
        tasks.wait_idle()
        qapp.processEvents()
        if window.desk.sync_status().waiting == 0:
            return
    raise AssertionError(window.desk.sync_status())
