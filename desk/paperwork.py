"""Papers of a case: facts out of the fold, bytes out of the printer's workshop, kept by hash, noted in the log.

A receipt is made only of what the log already holds, so a printed number is always on disk. The same paper asked for
again is the same bytes. Making or printing a paper never moves a case.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlite_utils import Database

from db import rows
from desk import case as cases
from desk import clock, deadline, events, id_numbers, numbers, receipt_code
from desk.catalogue.item import Catalogue, Item, Regime
from desk.printing import facts as paper_facts
from desk.printing import fonts, guide, receipt
from desk.store import Fact, Identity, Store, fold_case
from desk.views import Account, PaperOut


def office_facts(identity: Identity) -> paper_facts.OfficeFacts:
    """The head of this office's papers."""
    return paper_facts.OfficeFacts(
        identity.point_name,
        identity.township,
        identity.banner,
        identity.centre_name,
        identity.phone,
        demonstration=identity.demonstration,
    )


def make_receipt(
    store: Store, identity: Identity, account: Account, item: Item | None, intake_no: str, size: str
) -> PaperOut:
    """代办收件回执 of a case: kept bytes if it was made before. LookupError: no such case."""
    paper = f"receipt-{size}"
    with store.read() as db:
        kept = rows.rows(db, "SELECT * FROM paper WHERE subject = ? AND paper = ?", [intake_no, paper])
        case = fold_case(db, intake_no)
    if case is None:
        raise LookupError(intake_no)
    facts = _receipt_facts(identity, case, item)
    title = "代办收件回执"
    pdf = bytes(kept[0]["bytes"]) if kept else receipt.receipt(facts, paper_facts.Paper(size))
    out = PaperOut(title, f"代办收件回执-{intake_no}.pdf", pdf, _hash(pdf), fonts.missing(_typed(facts)))
    if not kept:
        with store.write() as db:
            _keep(db, store, intake_no, paper, out)
            made = events.PaperMade(paper, f"{title}（{size}）", out.sha256, account.name)
            store.append(db, identity.node, account.account, [Fact("paper.made", intake_no, made)])
    return out


def _keep(db: Database, store: Store, subject: str, paper: str, out: PaperOut) -> None:
    row = {
        "sha256": out.sha256,
        "subject": subject,
        "paper": paper,
        "title": out.title,
        "made_at": clock.stamp(store.tell()),
        "bytes": out.pdf,
    }
    rows.put_paper(db, row)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _typed(facts: paper_facts.ReceiptFacts) -> str:
    return "".join((facts.applicant_name, facts.principal_name, facts.note, *(one.reason for one in facts.missing)))


def _receipt_facts(identity: Identity, case: cases.Case, item: Item | None) -> paper_facts.ReceiptFacts:
    taken = case.collected
    situations = {one.code: one.name for one in item.situations} if item else {}
    limit = (item.promised_limit or item.statutory_limit) if item else None
    return paper_facts.ReceiptFacts(
        office=office_facts(identity),
        intake_no=case.intake_no,
        item_name=taken.item.item_name,
        task_code=taken.item.task_code,
        item_version=taken.item.version,
        catalogue_version=taken.item.catalogue,
        applicant_name=taken.applicant.name,
        id_masked=id_numbers.masked(taken.applicant.id_number),
        phone_masked=id_numbers.masked_phone(taken.applicant.phone),
        materials=tuple(
            paper_facts.MaterialLine(one.name, one.originals, one.copies, one.returned)
            for one in taken.materials
            if not one.missing
        ),
        missing=tuple(
            paper_facts.MissingLine(one.name, one.missing, one.until) for one in taken.materials if one.missing
        ),
        collected_at=dt.datetime.fromisoformat(case.collected_at),
        agent_name=taken.agent_name,
        code=receipt_code.make(identity.keys, case.intake_no),
        promised=taken.promised,
        promised_provisional=taken.promised_provisional,
        promised_basis=f"收件之日起 {deadline.words(limit)}" if limit else "",
        principal_name=taken.principal.name if taken.principal else "",
        situation=situations.get(taken.situation, ""),
        note=taken.note,
        sample=taken.sample,
    )


def make_guide(identity: Identity, catalogue: Catalogue, item: Item, regime: Regime) -> PaperOut:
    """服务指南 of an item, with its flow chart. A pure function of the catalogue: not kept, not noted."""
    pdf = guide.guide(item, regime, catalogue, office_facts(identity))
    return PaperOut(f"服务指南：{item.item_name}", f"服务指南-{item.task_code}.pdf", pdf, _hash(pdf))


def kept_paper(store: Store, sha256: str) -> PaperOut:
    """A document as it was made. LookupError when no such bytes are kept."""
    with store.read() as db:
        found = rows.rows(db, "SELECT * FROM paper WHERE sha256 = ?", [sha256])
    if not found:
        raise LookupError(sha256)
    row = found[0]
    return PaperOut(row["title"], f"{row['title']}-{row['subject']}.pdf", bytes(row["bytes"]), sha256)


def shown_number(intake_no: str) -> str:
    """The intake number grouped for reading."""
    return numbers.grouped(intake_no)
