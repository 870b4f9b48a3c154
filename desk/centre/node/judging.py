"""A centre asks the rules of the folds before it writes, whoever calls: what they judge by is looked up here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from db.centre import people, records
from desk.centre.node.publications import Publications
from desk.centre.node.roles import CHIEFS, HANDLE, STEPS, Role, held, parse
from desk.errors import RefusedError
from desk.folds import case_acts, whose
from desk.folds.case import Case
from desk.folds.office import families
from desk.folds.office.disclosing import road
from desk.folds.office.office_record import Asked
from desk.folds.refusal import Refusal
from desk.log import chain, events


@dataclass(frozen=True)
class Judge:
    """The law as the centre `node` published it, on the day `today`."""

    publications: Publications
    node: str
    today: dt.date

    def must_allow_move(self, db: sa.Connection, author: str, case: Case, kind: str, data: events.Data) -> None:
        """Raises RefusedError unless the account `author` may move `case` so. Whether a chief asks is read from the
        accounts, never told by the caller."""
        self.must_be_ours(case)
        _must_be_allowed(self._other_road(db, case, kind))
        self.publications.refresh(self.node, db)
        standing = case_acts.Standing(self.publications.law(case), self.today, bool(self._roles(db, author) & CHIEFS))
        _must_be_allowed(case_acts.refusal(case, kind, data, standing))

    def _other_road(self, db: sa.Connection, case: Case, kind: str) -> Refusal | None:
        """A case of a point that is handled as a request for disclosure is decided there, and nowhere else."""
        if kind not in road.DECIDED_THERE or not records.known_records(db, [road.subject_of(case.intake_no)]):
            return None
        return Refusal("这件是政府信息公开申请，按条例在“依申请公开”里办理。", "请打开办件页上的公开申请。")

    def must_be_ours(self, case: Case) -> None:
        """Raises RefusedError for a case that this centre only looks at."""
        _must_be_allowed(whose.refusal(case.centres, self.node))

    def must_allow_correction(self, db: sa.Connection, author: str) -> None:
        """Raises RefusedError unless the account `author` moves cases: it may put right what they say, too."""
        if not self._roles(db, author) & HANDLE:
            raise RefusedError("更正不归您的岗位。", "没有改动。", "请经办人或首席代表办理。")

    def must_allow_step(
        self,
        db: sa.Connection,
        author: str,
        subject: str,
        kind: str,
        data: events.Data,
        known: Sequence[chain.Entry],
    ) -> None:
        """Raises RefusedError unless the office's record that the entries `known` tell of may take this step."""
        if kind in STEPS and not self._roles(db, author) & STEPS[kind]:
            raise RefusedError("这一步不归您的岗位。", "没有改动。", "请有权的同事办理。")
        self.publications.refresh(self.node, db)
        asked = Asked(author, kind, data, self.today, self.publications.holidays, self.node)
        _must_be_allowed(families.refusal(subject, known, asked))

    def _roles(self, db: sa.Connection, account: str) -> frozenset[Role]:
        """The roles of an account that is in use; none for any other."""
        clerk = people.one_clerk(db, account)
        if clerk is None or clerk["disabled_at"]:
            return frozenset()
        self.publications.refresh(self.node, db)
        return held(parse(clerk["roles"] or Role.CLERK), self.publications.bodies.get(clerk["body"]))


def _must_be_allowed(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RefusedError(refusal.happened, "没有改动。", refusal.todo)
