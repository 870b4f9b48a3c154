"""At the end: everything that was acknowledged, held against what the centre's database has, by number and hash."""

from __future__ import annotations

import dataclasses

from cluster.hosts import Service
from cluster.people import Journal

_SHOWN = 20


@dataclasses.dataclass
class Compared:
    """What is missing, by number; `again`: said again by the centre under another number after its log went back."""

    pushes: int = 0
    entries: int = 0
    feed: int = 0
    acts: int = 0
    missing: list[str] = dataclasses.field(default_factory=list)
    again: list[str] = dataclasses.field(default_factory=list)
    twice: list[str] = dataclasses.field(default_factory=list)
    verified: str = ""

    def words(self) -> str:
        """For a person."""
        told = [
            f"确认收下的推送 {self.pushes} 次、记录 {self.entries} 条，"
            f"终端听到的回传 {self.feed} 条，受理 {self.acts} 件",
            f"缺 {len(self.missing)}，一号两用 {len(self.twice)}，换新纪元后重说 {len(self.again)}",
        ]
        for words, found in (("缺", self.missing), ("一号两用", self.twice)):
            told += [f"  {words} {one}" for one in found[:_SHOWN]]
            told += [f"  … 另 {len(found) - _SHOWN}"] if len(found) > _SHOWN else []
        return "\n".join([*told, self.verified])

    def is_good(self) -> bool:
        """Whether nothing is missing and nothing has two meanings."""
        return not self.missing and not self.twice


def compare(cluster: Service, journal: Journal) -> Compared:
    """Ask the database, and `desk centre verify`."""
    with cluster.asking() as db:
        here = {
            (node, seq): bytes(digest).hex() for node, seq, digest in db.execute("SELECT node, seq, hash FROM entry")
        }
        facts = {tuple(row) for row in db.execute("SELECT kind, subject, time FROM entry")}
        numbers = dict(db.execute("SELECT intake_no, case_no FROM case_row").fetchall())
        accepted = {row[0] for row in db.execute("SELECT subject FROM entry WHERE kind = 'case.accepted'")}
        doubles = "SELECT case_no FROM case_row WHERE case_no <> '' GROUP BY case_no HAVING count(*) > 1"
        found = Compared(twice=[f"办件编号 {row[0]}" for row in db.execute(doubles)])
        kept = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('node', 'epoch')").fetchall())
    # A new epoch gives numbers of the centre's own log again: what they were is in the list of what was lost.
    found.twice += [
        f"{node} 第 {seq} 条" for node, seq in journal.twice if node != kept["node"] or kept.get("epoch", "1") == "1"
    ]
    found.pushes, found.entries = journal.pushes, len(journal.acked)
    found.feed, found.acts = len(journal.heard), len(journal.accepted)
    found.missing = [
        f"{node} 第 {seq} 条" for (node, seq), digest in journal.acked.items() if here.get((node, seq)) != digest
    ]
    for (node, seq), (digest, *fact) in journal.heard.items():
        if here.get((node, seq)) != digest:
            (found.again if tuple(fact) in facts else found.missing).append(
                f"{node} 第 {seq} 条（{fact[0]} {fact[1]}）"
            )
    for intake, number in journal.accepted.items():
        if intake not in accepted or (number and numbers.get(intake) != number):
            found.missing.append(f"{intake} 的受理 {number}")
    found.verified = cluster.hosts["h1"].desk(["verify"])[0].splitlines()[0]
    return found
