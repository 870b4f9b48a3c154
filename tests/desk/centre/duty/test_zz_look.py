import datetime as dt, re
from pathlib import Path
import httpx
from playwright.sync_api import sync_playwright
from conftest import PASSWORD
from office import rows
from test_walking import ACCEPT, BUREAU, act, number, opine, sections
from test_own_step_cards import last_day
from desk.centre.node.roles import GENERAL, Role
from desk.centre.run import guard
from desk.centre.watch import watching
import shutil
OUT = Path("/tmp/law21/look"); OUT.mkdir(parents=True, exist_ok=True)

def test_look(served, number, tell):
    sections(served)
    act(served, "aa", number, *ACCEPT)
    last = last_day(served, number)
    tell.at += dt.timedelta(8)
    watching.watch(served.centre)
    tell.at = dt.datetime.combine(last, dt.time(10), tell.at.tzinfo)
    watching.watch(served.centre)
    act(served, "ha", number, "case.opined", opine("handle"))
    tell.at += dt.timedelta(1)
    watching.watch(served.centre)
    act(served, "re", number, "case.opined", opine("review"))
    guard.add_clerk(served.centre, "jian", "监察", PASSWORD, GENERAL, frozenset({Role.SUPERVISOR}))
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        def go(who, width, dark=False, media=None):
            c = b.new_context(base_url=served.address, locale="zh-CN", viewport={"width": width, "height": 768}, color_scheme="dark" if dark else "light")
            pg = c.new_page(); pg.goto("/login"); pg.fill("#account", who); pg.fill("#password", PASSWORD); pg.click("button.main"); pg.wait_for_load_state()
            if media: pg.emulate_media(media="print")
            return pg
        over = str(rows(served, kind="over")[0]["id"]).partition(":")[2]
        pages = {"sup": ("jian", "/supervision"), "card": ("jian", f"/supervision/cards/{over}"), "posts": ("de", "/posts"), "case": ("de", f"/cases/{number}"), "ack": ("de", "/supervision/acknowledge")}
        for width, dark, media in ((1366, False, None), (360, False, None), (1366, True, None), (794, False, "print")):
            seen = {}
            for name, (who, path) in pages.items():
                pg = seen.get(who) or go(who, width, dark, media); seen[who] = pg
                pg.goto(path)
                tag = f"{width}{'d' if dark else ''}{'p' if media else ''}"
                print(tag, name, pg.evaluate("document.documentElement.scrollWidth"), width)
                pg.screenshot(path=str(OUT / f"{name}-{tag}.png"), full_page=True)
            pg = seen["de"]; pg.goto(f"/cases/{number}")
            pg.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
            pg.locator("form[action*='/decision/grant'] button").first.click(); pg.wait_for_load_state()
            pg.screenshot(path=str(OUT / f"decision-{tag}.png"), full_page=True)
        pg = go("de", 1366); pg.goto(f"/cases/{number}")
        b.close()
