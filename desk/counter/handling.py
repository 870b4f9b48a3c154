"""What the point does with a case after it was taken in: pass on, hand over, ask for a rating, withdraw, void."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from desk.counter.session import Session, required
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import rating
from desk.law.codes import SCORES
from desk.log import events
from desk.store.entries import Fact, fold_case

RELATIONS = ("本人", "配偶", "子女", "父母", "其他亲属", "受委托人")
HOWS = ("直接送达", "代收", "邮寄", "留置")
_LATE = "这件办件现在不能这样做，状态可能刚刚变了。"


class Handling:
    """The moves and notes that belong to the point."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def act(self, intake_no: str, kind: str, reasons: str) -> None:
        """A move that needs no more than a reason. Raises RefusedError when it may not be made."""
        if kind in ("case.voided", "case.withdrawn"):
            required(reasons, "原因")
        told = events.Act(self._session.account.name, self._session.identity.point_name, reasons.strip())
        with self._session.store.write() as db:
            self._move(db, intake_no, kind, told)

    def add_materials(self, intake_no: str, brought: tuple[events.TakenMaterial, ...], note: str = "") -> str:
        """Materials that came later: the answer to a request for supplements, or what was allowed to follow. The key
        of what was brought, for its paper."""
        if not brought:
            raise RefusedError("还没有勾选补来的材料。", "没有改动。")
        for one in brought:
            if one.originals + one.copies == 0 and not one.files:
                raise RefusedError(f"“{one.name}”是 0 份，也没有图片。", "没有改动。", "请填份数，或加图片。")
        added = events.MaterialsAdded(self._session.account.name, brought, note.strip())
        with self._session.store.write() as db:
            case = self._case(db, intake_no)
            if case.state is cases.State.SUPPLEMENT_ASKED:
                self._move(db, intake_no, "case.supplemented", added)
            elif case.state in cases.ENDED:
                raise RefusedError(_LATE, "办件没有改动。", "请刷新后再看。")
            else:
                self._session.append(db, Fact("case.material_added", intake_no, added))
            return self._case(db, intake_no).brought[-1].key

    def serve(self, intake_no: str, served: events.Served) -> None:
        """The result handed over (行政许可法§44). Raises RefusedError without a recipient."""
        required(served.recipient, "领取人姓名")
        if served.relation not in ("", RELATIONS[0]) and not served.reasons.strip():
            raise RefusedError("由他人代领，请写明原因。", "没有改动。", "如：本人卧病，子女代领。")
        with self._session.store.write() as db:
            self._move(db, intake_no, "case.served", served)

    def rate(
        self, intake_no: str, score: int, words: str = "", *, private: bool = True, channel: str = "screen"
    ) -> None:
        """One case, one rating, in the herder's own hand (GB/T 39734-2020)."""
        if score not in SCORES:
            raise RefusedError("请选一个评价。", "没有记录。")
        with self._session.store.write() as db:
            refusal = rating.refusal(self._case(db, intake_no))
            if refusal is not None:
                raise RefusedError(refusal.happened, "没有记录。", refusal.todo)
            told = events.Rated(score, channel, words.strip()[:500], private)
            self._session.append(db, Fact("case.rated", intake_no, told))

    def _case(self, db: Database, intake_no: str) -> cases.Case:
        case = fold_case(db, intake_no)
        if case is None:
            raise RefusedError("没有找到这件办件。", "没有改动。")
        return case

    def _move(self, db: Database, intake_no: str, kind: str, data: events.Data) -> None:
        if kind not in cases.allowed(self._case(db, intake_no).state, cases.Side.DESK):
            raise RefusedError(_LATE, "办件没有改动。", "请刷新后再看。")
        self._session.append(db, Fact(kind, intake_no, data))


def brought(missing: events.TakenMaterial, originals: int, copies: int) -> events.TakenMaterial:
    """A material that was missing, now here."""
    return msgspec.structs.replace(missing, originals=originals, copies=copies, missing="", until=None)
