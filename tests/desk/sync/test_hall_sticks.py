"""Files of villages' sticks go from window to window until one of them has a line."""

from __future__ import annotations

from pathlib import Path

from conftest import PASSWORD, TRUSTING, called, full_draft, serving, sync
from hall_steps import hall, until, windows_of_one_hall
from test_relaying import TOWN, carry, relay

from desk.app import opening
from desk.centre import site
from desk.centre.node import centre_node
from desk.sync.outcome import Outcome


def test_files_go_on_to_whoever_heard_the_centre_last(tmp_path: Path) -> None:
    village = "152523202203"
    tell = windows_of_one_hall(tmp_path, 3, TOWN, (village,))
    names = ("window0", "window1", "window2", village)
    one, two, three, far = (opening.open_desk(tmp_path / name, "suhe", PASSWORD, tell) for name in names)
    number = far.register(full_draft(far, person=called("牧丙"))).intake_no
    stick = tmp_path / "stick"
    stick.mkdir()
    carry(far, stick)
    centre = centre_node.Centre(tmp_path / "centre", tell=tell)
    with hall(one, two, three), serving(site.app(centre, TRUSTING)) as address:
        until(lambda: [window.hall.status().here for window in (one, two, three)] == [2, 2, 2])
        relay(two, stick)
        until(lambda: three.relay.waits() and not two.relay.waits(), "it heard the centre last, until now")
        one.set_centre_address(address)
        assert sync(one).outcome is Outcome.DONE
        until(lambda: one.relay.waits() and not three.relay.waits(), "it did not go on")
        assert sync(one).outcome is Outcome.DONE
        assert centre.case(number) is not None
        until(lambda: any(wait.down for wait in two.relay.waits()), "no answer came back")
    for desk in (one, two, three, far):
        desk.close()
    centre.close()
