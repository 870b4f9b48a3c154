"""How a centre is run: one TOML file, every key explained; the command line wins over it.

Secrets never stand in the file: they come from the environment (`SECRETS`).
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
import platformdirs

from db.centre.line import address
from db.centre.line.engine import Line
from db.centre.pictures.places import DATABASE
from desk import doors
from desk.centre.node.hosts import secret_words
from desk.centre.node.hosts.secret_words import DATABASE as DATABASE_SAID
from desk.centre.node.hosts.secret_words import PICTURE_KEY_ID, PICTURE_SECRET, READ
from desk.centre.node.pictures.keeping import Where
from desk.errors import RefusedError
from desk.folds.office.silence import SILENT_DAYS

SECRETS = {
    READ: "只读的备机的地址，含密码；有它时不看下面的 read_database",
    "DAIBAN_CENTRE_DB": "数据库地址，含密码；有它时不看下面的 database",
    "DAIBAN_CENTRE_SECRET": "数据库内容的密钥（64 位十六进制）；没有时用数据文件夹里的 centre.box",
    "DAIBAN_CENTRE_DIRECT_DB": "数据库本身的地址，不经 pgbouncer；pgbouncer = true 时备份要用它",
    "DAIBAN_CENTRE_METRICS": "读 /metrics 的口令；没有时只有本机能读",
    "DAIBAN_PASSWORD": "工作人员或备份的密码；没有时从键盘读",
    "DAIBAN_HOST_CODE": "desk centre as-host 的一次性的码；没有时从键盘读",
    "DAIBAN_BACKUP_PASSWORD": "自动备份的密码；没有时从 backup_password_file 读",
    "DAIBAN_CENTRE_TRY_DB": "一个空的 PostgreSQL 数据库的地址：每周把备份恢复到里面试一次，试完清空",
    PICTURE_KEY_ID: 'S3 存储的访问密钥编号（pictures = "s3" 时）',
    PICTURE_SECRET: "S3 存储的访问密钥",
    "DAIBAN_CENTRE_TO": "desk centre move 要搬去的 PostgreSQL 地址，含密码",
}


def _about(words: str, **limits: Any) -> msgspec.Meta:
    return msgspec.Meta(description=words, **limits)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file may say. The descriptions are the file's own comments."""

    address: Annotated[str, _about("听哪个地址；前面有 nginx 或 Caddy 时只听本机", min_length=1)] = "127.0.0.1"
    port: Annotated[int, _about("听哪个端口", ge=0, le=65535)] = 8420
    workers: Annotated[int, _about("几个进程一起服务；多于 1 个要用 PostgreSQL", ge=1, le=64)] = 1
    house: Annotated[
        str, _about("几个中心同在这一个服务里时，放各中心的文件夹，每个中心一个子文件夹；空着只服务一个中心")
    ] = ""
    hosts: Annotated[
        tuple[str, ...], _about("几个中心同在一个服务里时，本中心的主机名；写在各中心自己的 centre.toml 里")
    ] = ()
    data: Annotated[str, _about("数据文件夹（密钥、证书、SQLite 数据库）；空着用本用户的默认位置")] = ""
    database: Annotated[
        str, _about("PostgreSQL 的地址，不写密码：postgresql://daiban@127.0.0.1/daiban；空着用 SQLite")
    ] = ""
    read_database: Annotated[
        str, _about("只读的备机的地址：公开的事项、清单、网点、结果从那里读，别的不读；空着都读数据库本身")
    ] = ""
    pgbouncer: Annotated[bool, _about("数据库的地址是 pgbouncer（transaction 模式）时写 true")] = False
    patroni: Annotated[
        tuple[str, ...],
        _about("数据库由 Patroni 管时，各台的 REST 地址（http://db1:8008）：早于 4.1 的不启动"),
    ] = ()
    trusted_proxies: Annotated[
        tuple[str, ...],
        _about("反向代理的地址或网段；只信它们说的访客地址（X-Forwarded-For）和协议（X-Forwarded-Proto）"),
    ] = ("127.0.0.1", "::1")
    session_hours: Annotated[int, _about("登录后几小时要重新登录", ge=1, le=24)] = 10
    idle_minutes: Annotated[int, _about("登录后几分钟没有人动就要重新登录；0 不限", ge=0, le=1440)] = 60
    require_second: Annotated[bool, _about("系统管理员必须启用动态码，启用前只能看“我的账号”")] = True
    logins_per_minute: Annotated[int, _about("一个地址每分钟最多登录几次", ge=1, le=10_000)] = 10
    enrols_per_minute: Annotated[int, _about("一个地址每分钟最多入网几次", ge=1, le=10_000)] = 10
    forms_per_minute: Annotated[int, _about("一个地址每分钟最多提交几次群众用的表单", ge=1, le=10_000)] = 20
    silent_days: Annotated[int, _about("终端几天没有同步算久未同步", ge=1, le=365)] = SILENT_DAYS
    open_licence: Annotated[str, _about("开放数据的许可，写在“开放数据”页上", min_length=1)] = (
        "可以免费使用、复制、加工和再发布，不用申请；请注明来源和取得的日期，不得歪曲原意。"
    )
    forward_seconds: Annotated[int, _about("隔几秒向上级中心转送一次（接了上级才转）", ge=1, le=86_400)] = 15
    backup_folder: Annotated[str, _about("自动备份到哪个文件夹；空着不自动备份")] = ""
    backup_second: Annotated[str, _about("再备份到第二个地方（另一块盘、挂载的共享）；空着不备")] = ""
    backup_hours: Annotated[int, _about("隔几小时备份一次", ge=1, le=168)] = 24
    backup_keep: Annotated[int, _about("留最近几份；另外每个月的第一份留十二个月", ge=2, le=1000)] = 14
    backup_password_file: Annotated[
        str, _about("备份密码的文件，只有本用户能读（chmod 600）；密码另存一处，丢了打不开备份")
    ] = ""
    pictures: Annotated[
        Literal["database", "folder", "s3"],
        _about("新来的图片放在哪里：数据库（量小时）、文件夹、S3 兼容的存储；已有的用 desk centre pictures move 搬"),
    ] = "database"
    picture_folder: Annotated[str, _about("图片文件夹；几台机器时是各台都挂载的同一个")] = ""
    picture_bucket: Annotated[
        str,
        _about("S3 存储：https://主机:端口/桶/前缀，密钥不写在这里"),
    ] = ""
    picture_region: Annotated[str, _about("S3 存储的区域；空着是 us-east-1")] = ""
    picture_bucket_in_host: Annotated[bool, _about("桶名写在主机名最前面时写 true：https://桶.主机/前缀")] = False
    picture_sweep_hours: Annotated[int, _about("没有记录提到的图片内容，放了几小时才清掉", ge=1, le=8760)] = 24
    disk_free_mb: Annotated[int, _about("数据文件夹的磁盘剩余少于几 MB 时 /readyz 说没准备好", ge=0)] = 500
    leave_seconds: Annotated[
        int,
        _about(
            "停止服务时先说几秒不再接（/healthz），照常办，让前面的 HAProxy 转到别的机器；只有一台写 0", ge=0, le=600
        ),
    ] = 0
    stop_seconds: Annotated[int, _about("停止服务时最多等几秒，让正在办的请求办完", ge=1, le=600)] = 20
    log_format: Annotated[Literal["json", "text"], _about("日志格式：json 一行一条，text 给人看")] = "json"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], _about("日志记到多细：debug、info、warning、error")
    ] = "info"

    def line(self) -> Line:
        """How the database is spoken with."""
        return Line(is_pooled=self.pgbouncer, standby=self.words().get(READ, "") or self.read_database)

    def words(self) -> Mapping[str, str]:
        """The secrets that stand in no settings, by their names. Raises RefusedError."""
        return secret_words.of(self.folder())

    def url(self, words: Mapping[str, str] | None = None) -> str:
        """The address of the database, "" for the file beside the keys; `words` are the secrets where they are known
        already. Raises RefusedError."""
        return (self.words() if words is None else words).get(DATABASE_SAID, "") or self.database

    def where(self) -> Where:
        """Where pictures lie."""
        to = DATABASE if self.pictures == "database" else self.pictures
        place = self.picture_folder, self.picture_bucket, self.picture_region, self.picture_bucket_in_host
        words = self.words() if self.picture_bucket else {}
        return Where(to, *place, words.get(PICTURE_KEY_ID, ""), words.get(PICTURE_SECRET, ""))

    def folder(self) -> Path:
        """Where the centre's data lie."""
        return Path(self.data) if self.data else platformdirs.user_data_path("daiban-centre", appauthor=False)


_KINDS: dict[type, str] = {str: "文字", int: "整数", bool: "true 或 false", tuple: "文字的列表"}


def read(path: Path) -> Settings:
    """The settings in `path`. Raises RefusedError in words that name the key."""
    try:
        table = tomllib.loads(doors.read_file(path, doors.SETTINGS).decode())
    except OSError as error:
        raise RefusedError(f"读不了配置文件 {path}。", "", "请核对路径和权限。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError(f"配置文件 {path} 不合 TOML 格式：{error}") from error
    return checked(table, f"{path} 里")


def checked(table: dict[str, Any], place: str) -> Settings:
    """Settings out of a table. Raises RefusedError for an unknown key or a value of the wrong kind."""
    fields = {one.name: one for one in msgspec.structs.fields(Settings)}
    for key, value in table.items():
        if key not in fields:
            raise RefusedError(f"{place}不认得 {key}。", "", f"可用的有：{'、'.join(fields)}。")
        try:
            msgspec.convert(value, fields[key].type)
        except msgspec.ValidationError as error:
            raise RefusedError(f"{place} {key} 的值不对。", "", f"{key} 应为：{_wanted(fields[key])}。") from error
    settings = msgspec.convert(table, Settings)
    _sound(settings, place)
    return settings


def _sound(settings: Settings, place: str) -> None:
    for proxy in settings.trusted_proxies:
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError as error:
            raise RefusedError(f"{place} trusted_proxies 的 {proxy} 不是地址或网段。") from error
    for one in settings.patroni:
        if not one.startswith(("http://", "https://")):
            raise RefusedError(f"{place} patroni 的 {one} 应写成 http://主机:8008。")
    for name in ("database", "read_database"):
        _is_address(getattr(settings, name), name, place)
    _has_place(settings, place)


def _has_place(settings: Settings, place: str) -> None:
    needs = {"folder": "picture_folder", "s3": "picture_bucket"}.get(settings.pictures)
    if needs and not getattr(settings, needs):
        raise RefusedError(f"{place} pictures 是 {settings.pictures}，却没有写 {needs}。")
    if said := settings.picture_bucket:
        at = urlsplit(said)
        if at.scheme not in ("http", "https") or not at.hostname or at.query or at.fragment:
            raise RefusedError(f"{place} picture_bucket 无法识读。", "", "应写成 https://主机:端口/桶/前缀。")
        if at.username or at.password:
            todo = f"请放进环境变量 {PICTURE_KEY_ID} 和 {PICTURE_SECRET}。"
            raise RefusedError(f"{place} picture_bucket 不能写密钥。", "", todo)
        if not settings.picture_bucket_in_host and not at.path.strip("/"):
            raise RefusedError(f"{place} picture_bucket 没有写桶。", "", "应写成 https://主机:端口/桶/前缀。")


def _is_address(said: str, name: str, place: str) -> None:
    if not said or said.startswith("sqlite://"):
        return
    try:
        at = address.read(said)
    except address.AddressError as error:
        todo = "应写成 postgresql://用户@主机:端口/库名；几台机器写成 主机1:5432,主机2:5432。"
        raise RefusedError(f"{place} {name} 无法识读，应以 postgresql:// 开头（{error}）。", "", todo) from error
    if at.password:
        todo = f"请把带密码的地址放进环境变量 {READ if name == 'read_database' else 'DAIBAN_CENTRE_DB'}。"
        raise RefusedError(f"{place} {name} 不能写密码。", "", todo)


def _wanted(field: msgspec.structs.FieldInfo) -> str:
    info = msgspec.inspect.type_info(field.type)
    if isinstance(info, msgspec.inspect.Metadata):
        info = info.type
    if isinstance(info, msgspec.inspect.LiteralType):
        return "、".join(f"“{one}”" for one in sorted(map(str, info.values)))
    if isinstance(info, msgspec.inspect.IntType):
        low, high = info.ge, info.le
        return f"整数，{low} 到 {high}" if high is not None else f"整数，不小于 {low}"
    return _KINDS[type(field.default)]


def default_file() -> str:
    """The file with every key at its default, explained."""
    lines = ["# 代办台中心的配置。不写的项按下面的默认值；命令行上写的优先。", "# 密码和密钥不写在这里，用环境变量："]
    lines += [f"#   {name}：{words}" for name, words in SECRETS.items()]
    for field in msgspec.structs.fields(Settings):
        info = msgspec.inspect.type_info(field.type)
        said = (info.extra_json_schema or {})["description"] if isinstance(info, msgspec.inspect.Metadata) else ""
        lines += ["", f"# {said}", _line(field.name, field.default)]
    return "\n".join(lines) + "\n"


def written(settings: Settings) -> bytes:
    """A file that says what is not as by default."""
    said = ((one.name, getattr(settings, one.name), one.default) for one in msgspec.structs.fields(Settings))
    return "".join(f"{_line(name, value)}\n" for name, value, default in said if value != default).encode()


def _line(name: str, value: object) -> str:
    return f"{name} = {msgspec.json.encode(value).decode()}"
