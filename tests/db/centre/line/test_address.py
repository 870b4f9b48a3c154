"""One parser of addresses: what the service is connected by is what a backup is made of."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from db.centre.line import address
from db.centre.line.engine import make

SEVERAL = (("h1", 5432), ("h2", 5433))


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("postgresql://u:p@h1:5432,h2:5433/d", SEVERAL),
        ("postgresql://u:p@/d?host=h1:5432&host=h2:5433", SEVERAL),
        ("postgresql://u:p@/d?host=h1,h2&port=5432,5433", SEVERAL),
        ("postgres://u:p@h1,h2:5433/d", SEVERAL),
        ("postgresql+psycopg://u:p@h1/d", (("h1", 5432),)),
        ("postgresql://u:p@[::1]:7,h2/d", (("::1", 7), ("h2", 5432))),
        ("postgresql://u:p@/d?host=/var/run/postgresql", (("/var/run/postgresql", 5432),)),
        ("postgresql://u:p@%2Fvar%2Frun/d", (("/var/run", 5432),)),
        ("postgresql://u:p@h1,h2/d?port=7", (("h1", 7), ("h2", 7))),
        ("postgresql:///d?user=u&password=p", ()),
    ],
)
def test_every_form(url: str, hosts: tuple[tuple[str, int], ...]) -> None:
    found = address.read(url)
    assert (found.hosts, found.user, found.password, found.database) == (hosts, "u", "p", "d")
    again = address.read(found.url().render_as_string(hide_password=False))
    assert again == found
    bare = address.read(found.bare())
    assert (bare.hosts, bare.user, bare.password, bare.database) == (hosts, "u", "", "d")
    make(url).dispose()


def test_of_several_the_one_that_writes_is_asked_for() -> None:
    assert address.read("postgresql://h1,h2/d").words()["target_session_attrs"] == "read-write"
    assert "target_session_attrs" not in address.read("postgresql://h1/d").words()
    told = "postgresql://h1,h2/d?target_session_attrs=any&sslmode=require"
    assert address.read(told).words()["target_session_attrs"] == "any"
    assert "sslmode=require" in address.read(told).bare()


def test_a_password_with_everything_in_it() -> None:
    word = "a/b@c:d?e&f %,="
    url = sa.URL.create("postgresql", "u@x", word, "h1", 5432, "d").render_as_string(hide_password=False)
    found = address.read(url)
    assert (found.user, found.password) == ("u@x", word)
    assert word not in found.bare()
    assert word not in address.shown(url)


@pytest.mark.parametrize(
    "url",
    ["mysql://h/d", "h1", "postgresql://h1:x/d", "postgresql://h1:70000/d", "postgresql://h1,,h2/d", "postgresql://[::1/d",
     "postgresql://h1,h2/d?port=1,2,3", "postgresql://:5432/d"],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(address.AddressError):
        address.read(url)
