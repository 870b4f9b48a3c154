"""The page of the desks' program, as an administrator presses it: a file that was brought, ten points, then all."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import PASSWORD, Served
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from office import logged_in

from desk.app.open_desk import Desk
from desk.centre.exchange.release import offering
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.release import package_file


def test_a_version_goes_to_ten_points_and_then_to_all(served: Served, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("a", "ascii")
    key = Ed25519PrivateKey.generate().private_bytes_raw()
    package_file.pack(tmp_path / "in", tmp_path / "a.DBU", "9.0.0", "2026-12-01", key, "新的。<b>")
    guard.add_clerk(served.centre, "boss", "斯琴", PASSWORD, "政务服务局", frozenset({Role.ADMIN}))
    with logged_in(served, "boss") as client:
        assert "这里还没有更新文件" in client.get("/desks/programs").text
        offering.bring(served.centre, tmp_path / "a.DBU")
        shown = client.get("/desks/programs").text
        assert "先给 10 个点" in shown
        assert "新的。&lt;b&gt;" in shown
        said = dict(re.findall(r'name="(csrf|version|platform)" value="([^"]+)"', shown))
        refused = client.post("/desks/programs", data={**said, "whom": "all"}, follow_redirects=True)
        assert "还没有在十个点试过" in refused.text
        shown = client.post("/desks/programs", data={**said, "whom": "first"}, follow_redirects=True).text
        assert 'value="all"' in shown
        assert "1 个点" in shown
        shown = client.post("/desks/programs", data={**said, "whom": "all"}, follow_redirects=True).text
        assert "全部 " in shown
        assert 'value="all"' not in shown
        (tmp_path / "page.html").write_text(shown, "utf-8")
