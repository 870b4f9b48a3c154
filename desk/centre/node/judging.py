"""A centre asks the rules of the folds before it writes, whoever calls: what they judge by is looked up here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from db.centre import people, records, rows
from desk.centre.node.filing import filed
from desk.centre.node.publications import Publications
from desk.centre.node.roles import ADMINISTER, CHIEFS, GENERAL, HANDLE, STEPS, Role, held, parse
from desk.errors import RefusedError
from desk.folds import case_acts, whose
from desk.folds.case import Case, fold
from desk.folds.office import families
from desk.folds.office.disclosing import road
from desk.folds.office.office_record import Asked
from desk.folds.office.overseeing import avoidance
from desk.folds.office.roster import duties, turns
from desk.folds.office.roster.duties import Roster
from desk.folds.refusal import Refusal
from desk.log import chain, events
from desk.log.duty.duty_events import Away, Back, RosterSet
from desk.log.office_events import FaultFound, LotScored


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
        law, by = self.publications.law(case), self.by(db, author, case)
        _must_be_allowed(turns.refusal(case, law.item, kind, data, by))
        if kind in turns.OF_TURNS:
            return
        deciding = duties.Duty.DECIDE in by.duties  # who decides for the body is its head for this
        standing = case_acts.Standing(law, self.today, by.is_chief or deciding)
        _must_be_allowed(case_acts.refusal(case, kind, data, standing))

    def _other_road(self, db: sa.Connection, case: Case, kind: str) -> Refusal | None:
        """A case of a point that is handled as a request for disclosure is decided there, and nowhere else."""
        if kind not in road.DECIDED_THERE or not records.known_records(db, [road.subject_of(case.intake_no)]):
            return None
        return Refusal("这件是政府信息公开申请，按条例在“依申请公开”里办理。", "请打开办件页上的公开申请。")

    def by(self, db: sa.Connection, account: str, case: Case) -> turns.By:
        """Who an account is before `case`: the posts of its body, and whether a chief or of the general window."""
        clerk = people.one_clerk(db, account)
        roles = self._held(db, clerk)
        is_window = bool(clerk and clerk["org"].endswith(GENERAL) and roles & HANDLE)
        body = self.lies(case)
        roster = self.roster(db, body)
        has_back = is_window and not roster.holders and self._has_back(db, body)
        return turns.By(account, roster, self.today, bool(roles & CHIEFS), is_window, has_back)

    def _has_back(self, db: sa.Connection, body: str) -> bool:
        """Whether the body is one of the register, which has people of its own; where it is not, whether somebody of
        it, and not of the general window, handles cases here."""
        if self.publications.bodies.get(body):
            return True
        own = (one for one in people.clerks(db) if body in {one["body"], one["org"]} and not one["disabled_at"])
        return any(not str(one["org"]).endswith(GENERAL) and self._held(db, one) & HANDLE for one in own)

    def lies(self, case: Case) -> str:
        """The body before which a case lies: its code, or its name where it has none."""
        ref = case.collected.item
        return filed(self.publications.bodies, self.publications.item(ref.task_code, ref.version), case).body

    def roster(self, db: sa.Connection, body: str) -> Roster:
        """The posts of a body; none where it set none."""
        row = records.one_record(db, "roster", duties.subject(body))
        return msgspec.json.decode(row["data"], type=Roster) if row else Roster(duties.subject(body))

    def must_be_ours(self, case: Case) -> None:
        """Raises RefusedError for a case that this centre only looks at."""
        _must_be_allowed(whose.refusal(case.centres, self.node))

    def must_allow_correction(self, db: sa.Connection, author: str, case: Case) -> None:
        """Raises RefusedError unless the account `author` moves cases: it may put right what they say, too."""
        if not self._roles(db, author) & HANDLE:
            raise RefusedError("更正不归您的岗位。", "没有改动。", "请经办人或首席代表办理。")
        self.publications.refresh(self.node, db)
        item = self.publications.law(case).item
        _must_be_allowed(turns.refusal(case, item, "case.corrected", None, self.by(db, author, case)))

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
        if families.family_of(subject) == "roster":
            self._must_be_own(db, author, subject.partition(":")[2], data)
        if kind in avoidance.KINDS:
            self._must_be_another(db, author, data, known)
        asked = Asked(author, kind, data, self.today, self.publications.holidays, self.node)
        _must_be_allowed(families.refusal(subject, known, asked))

    def _must_be_another(self, db: sa.Connection, author: str, data: events.Data, known: Sequence[chain.Entry]) -> None:
        """Raises RefusedError where `author` handled the case whose file this is about."""
        told = [data, *(events.decode(one.kind, one.data) for one in known if one.kind == "fault.found")]
        for number in {one.intake_no for one in told if isinstance(one, FaultFound | LotScored)}:
            case = fold([chain.decoded(one) for one in rows.about(db, [number])[number]])
            _must_be_allowed(avoidance.refusal(case, author) if case else None)

    def _must_be_own(self, db: sa.Connection, author: str, body: str, data: events.Data) -> None:
        """Raises RefusedError unless `author` may say this of the posts of `body`: an administrator of every body, a
        chief of the own one, everybody when they are away themselves. Whoever is named is at work here."""
        clerk = people.one_clerk(db, author)
        roles = self._held(db, clerk)
        own = clerk is not None and body in (clerk["body"] or clerk["org"], clerk["org"])
        itself = isinstance(data, Away | Back) and data.account == author
        if not (roles & ADMINISTER or (roles & CHIEFS and own) or itself):
            raise RefusedError("这个机关的岗位不归您设。", "没有改动。", "请本机关的首席代表或系统管理员办理。")
        named = [one.account for one in data.holders] if isinstance(data, RosterSet) else []
        named += [data.deputy] if isinstance(data, Away) else []
        for account in named:
            if not self._roles(db, account) & HANDLE:
                todo = "请系统管理员在“人员”页给这个账号“经办人”或“首席代表”。"
                raise RefusedError(f"账号 {account} 已停用，或不办件，不能占岗位。", "没有改动。", todo)

    def _roles(self, db: sa.Connection, account: str) -> frozenset[Role]:
        """The roles of an account that is in use; none for any other."""
        return self._held(db, people.one_clerk(db, account))

    def _held(self, db: sa.Connection, clerk: rows.Row | None) -> frozenset[Role]:
        if clerk is None or clerk["disabled_at"]:
            return frozenset()
        self.publications.refresh(self.node, db)
        return held(parse(clerk["roles"] or Role.CLERK), self.publications.bodies.get(clerk["body"]))


def _must_be_allowed(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RefusedError(refusal.happened, "没有改动。", refusal.todo)
