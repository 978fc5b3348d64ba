"""How fast a full territory is indexed and searched, against the same SQL run bare."""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from fieldsales.domain.ids import new_id
from fieldsales.store import search
from fieldsales.store.migrations.m0001_foundation import SEARCH
from fieldsales.store.search import SearchRecord
from fieldsales.store.search.pinyin import readings

_CUSTOMERS = 100_000  # and twice as many people, three times as many visits
_TEXTS = 300  # of each kind are searched
_LIMIT_MS = 10.0

_CITIES = """北京 上海 广州 深圳 重庆 成都 杭州 武汉 西安 南京 天津 苏州 郑州 长沙 沈阳 青岛 宁波 东莞 无锡
昆明 大连 厦门 合肥 佛山 福州 哈尔滨 济南 温州 南宁 长春 泉州 石家庄 贵阳 南昌 金华 常州 南通 嘉兴 太原 徐州
惠州 珠海 中山 台州 烟台 兰州 绍兴 海口 扬州 洛阳 潍坊 临沂 唐山 邯郸 保定 廊坊 沧州 衡水 邢台 秦皇岛 张家口 承德
山东 河北 河南 湖北 湖南 四川 江苏 浙江 广东 安徽 江西 福建 陕西 云南 新乡 安阳 周口 商丘 驻马店 信阳 南阳 开封
德州 聊城 滨州 菏泽 济宁 泰安 日照 枣庄""".split()
_BRANDS = (
    "润海天恒泰丰华盛源达利鑫宏远大成金瑞祥和顺康福兴隆茂德信诚正博通联创新力科美佳亿万宇辉腾龙凤凯嘉禾绿"
    "牧农牛羊邦温氏双汇六希望唐人神威北傲虹安佑扬翔铁骑九鼎优百川东方中粮发裕昌永旺众合生物泽沃尔品乐悦谐"
    "尚雅居易云帆智慧星辰光明阳春晖晨曦朗玉石青山水碧清泉江河湖洋波涛浩瀚图展翼飞鸿鹏程鲲志致臻善仁义礼忠"
)
_TRADES = """饲料 农牧 生物科技 科技 电子商务 贸易 商贸 养殖 畜牧 食品 粮油 水产 兽药 动物保健 机械 物流 信息技术
通信 网络 建材 化工 医药 医疗器械 新能源 环保 纺织 服装 印刷 包装 餐饮管理 酒店管理 房地产开发 建筑工程 装饰
广告传媒 文化传播 教育咨询 企业管理咨询 投资 实业 汽车销售 电子 电器 五金 塑料 钢铁 进出口""".split()
_FORMS = ["有限公司"] * 12 + (
    "股份有限公司 有限责任公司 集团有限公司 集团 厂 经营部 合作社 商行 分公司".split()
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解仇查"
)
_GIVEN = (
    "伟芳娜敏静丽强磊洋艳勇军杰娟涛超明霞秀兰刚平辉玲桂英丹萍鹏华红飞建国志文斌波浩宇鑫琳琴云莉梅燕春晓东海峰龙"
    "凤佳慧颖婷雪倩欣怡嘉俊豪子涵梓轩一诺思雨晨曦博雅智宏光永庆福寿康乐安宁和顺祥瑞泽润泰恒毅德仁义信忠孝良善"
)
_NOTES = """客户对价格比较敏感 要求下周给出报价单 目前用的是别家的产品 料肉比偏高 希望改善适口性 库存还有半个月
由总经理拍板 采购经理态度积极 要看检测报告 约定周五参观工厂 对售后不满意 上批货有霉变投诉 已经道歉并换货
账期想从三十天延到六十天 财务担心回款 猪价下跌养殖户观望 蛋鸡料销量稳定 打算试用一吨教槽料 技术员会到场指导
需要开具发票 合同下月到期 想了解新产品的配方 对手降价百分之五 老板喜欢钓鱼 孩子今年高考 介绍了同行的案例
没有明确答复 同意先小批量试用 运费由我方承担 要求送货上门 网络带宽不足 专线价格偏高 想升级到千兆
机房改造明年预算 信息科主任支持 副院长反对 等董事会批准 需要三家比价 招标文件下周发布 云平台迁移方案
语音网关老化 分公司组网需求 视频会议卡顿 安全等级保护要过三级 送了样品两袋 喝茶聊了行情 下雨路滑没有进场
消毒后进入 母猪存栏八百头 断奶仔猪成活率低 豆粕价格上涨 玉米收购价走低 水质检测合格 鱼病高发季节""".split()


class Territory:
    """Made-up records, the same for the same seed."""

    def __init__(self, customers: int, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self.customers = [self._customer() for _ in range(customers)]
        owners = [record.row_id for record in self.customers]
        self.people = [self._person(owner) for owner in owners * 2]
        self.visits = [self._visit(owner) for owner in owners * 3]

    def _customer(self) -> SearchRecord:
        pick = self._random
        brand = "".join(pick.choices(_BRANDS, k=pick.choice((2, 2, 2, 3))))
        place = pick.choice(_CITIES) if pick.random() < 0.85 else ""
        name = place + brand + pick.choice(_TRADES) + pick.choice(_FORMS)
        row_id = new_id()
        return SearchRecord(
            noun="customer",
            row_id=row_id,
            customer_id=row_id,
            names=(name, brand),
            phones=(self._phone(),),
            ids=(f"KH-{pick.randrange(1_000_000):06}",),
            text=f"{place}{pick.choice('东西南北')}{pick.choice(_GIVEN)}路{pick.randrange(999)}号",
        )

    def _person(self, owner: str) -> SearchRecord:
        name = self._name()
        first = "".join(readings(name, person=True)[0])
        return SearchRecord(
            noun="contact",
            row_id=new_id(),
            customer_id=owner,
            names=(name,),
            phones=(self._phone(),),
            ids=(f"{first}{self._random.randrange(100)}@qq.com",),
            text=self._random.choice(
                ("总经理", "采购经理", "财务", "技术员", "场长", "信息科主任")
            ),
        )

    def _visit(self, owner: str) -> SearchRecord:
        pick = self._random
        parts = pick.sample(_NOTES, pick.randint(3, 7))
        if pick.random() < 0.5:
            odd = "".join(pick.choices(_BRANDS + _GIVEN, k=pick.randint(4, 12)))
            parts.insert(1, f"和{self._name()}谈了{odd}")
        return SearchRecord("visit", new_id(), owner, text="，".join(parts) + "。")

    def _name(self) -> str:
        pick = self._random
        surname = pick.choice(_SURNAMES[:40] if pick.random() < 0.75 else _SURNAMES)
        return surname + "".join(pick.choices(_GIVEN, k=pick.choice((1, 2, 2, 2))))

    def _phone(self) -> str:
        digits = "".join(self._random.choices("0123456789", k=9))
        return f"1{self._random.choice('3356789')}{digits}"


def queries(territory: Territory) -> dict[str, list[str]]:
    """What people type, by kind: parts of names and notes that are there."""
    pick = random.Random(3)

    def part(whole: Any, length: int) -> Any:
        at = pick.randrange(max(1, len(whole) - length + 1))
        return whole[at : at + length]

    names, spelt, notes, phones = [], [], [], []
    for _ in range(_TEXTS):
        record = pick.choice(territory.customers if pick.random() < 0.6 else territory.people)
        names.append(record.names[0])
        spelt.append(readings(record.names[0], person=record.noun == "contact")[0])
        notes.append(re.sub(r"\W", "", pick.choice(territory.visits).text))
        phones.append(record.phones[0])
    texts = {f"{n} characters of a name": [part(name, n) for name in names] for n in (1, 2, 4)}
    texts |= {f"{n} characters of a note": [part(note, n) for note in notes] for n in (1, 2, 4)}
    for n in (2, 3, 4, 5, 6):
        initials = ["".join(s[0] for s in said) for said in spelt if len(said) >= n]
        texts[f"{n} initials"] = [part(letters, n) for letters in initials]
    texts["full pinyin"] = ["".join(said) for said in spelt]
    texts["one syllable"] = ["".join(part(said, 1)) for said in spelt]
    texts["two syllables"] = ["".join(part(said, 2)) for said in spelt]
    texts["unfinished pinyin"] = ["".join(part(said, 3))[:-1] for said in spelt]
    texts["phone tail 4"] = [phone[-4:] for phone in phones]
    texts["phone start 3"] = [phone[:3] for phone in phones]
    texts["phone whole"] = phones
    texts["two words"] = [
        f"{part(name, 2)} {part(note, 2)}" for name, note in zip(names, notes, strict=True)
    ]
    texts["nothing like it"] = ["".join(pick.choices(_BRANDS, k=3)) for _ in names]
    return texts


class _Recorder:
    """A connection that remembers what it was asked."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def execute(self, sql: str, params: tuple[object, ...]) -> Any:
        self.asked.append((sql, params))
        return self._connection.execute(sql, params)


def figures() -> Iterator[dict[str, Any]]:
    """`name`, `value`, `limit`, `ratio` to the bare baseline (or None)."""
    search.warm_up()
    territory = Territory(_CUSTOMERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.db"
        connection = sqlite.connect(str(path), isolation_level=None, check_same_thread=False)
        connection.executescript(
            "PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA cache_size=-16000;"
            "PRAGMA temp_store=memory;" + SEARCH
        )
        yield from _writing(connection, territory)
        for kind, texts in queries(territory).items():
            yield _searching(connection, kind, texts)
        yield from _saving(connection, territory)
        connection.close()


def _figure(
    name: str, value: float, limit: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 2),
        "limit": limit,
        "ratio": None if ratio is None else round(ratio, 2),
    }


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _seconds(connection: Any, work: Callable[[], object]) -> float:
    connection.execute("BEGIN IMMEDIATE")
    return _ms(lambda: (work(), connection.execute("COMMIT"))) / 1000


def _writing(connection: Any, territory: Territory) -> Iterator[dict[str, Any]]:
    half = territory.customers[: _CUSTOMERS // 2]
    keys = [(record.noun, record.row_id) for record in half]
    everything = territory.customers + territory.people + territory.visits
    for what, work in (
        (f"{len(half)} customers put in", lambda: search.reindex(connection, half)),
        ("all the rest put in", lambda: search.reindex(connection, everything)),
        ("all of it checked", lambda: search.agrees(connection, everything)),
        (f"{len(half)} customers taken out", lambda: search.remove(connection, keys)),
        (f"{len(half)} customers put in again", lambda: search.reindex(connection, half)),
    ):
        yield _figure(f"search: {what}, s", _seconds(connection, work))
        size = connection.execute("PRAGMA page_count").fetchone()[0] * 4096
        yield _figure("search: the file then, MB", size / 1e6)


def _searching(connection: Any, kind: str, texts: list[str]) -> dict[str, Any]:
    ours, bare = [], []
    for text in texts:
        recorder = _Recorder(connection)
        search.search(recorder, text)
        ours.append(_ms(lambda text=text: search.search(connection, text)))
        bare.append(
            _ms(lambda asked=recorder.asked: [connection.execute(*one).fetchall() for one in asked])
        )
    took = _at(ours, 0.95)
    return _figure(f"search: {kind}, p95 ms", took, _LIMIT_MS, took / _at(bare, 0.95))


def _saving(connection: Any, territory: Territory) -> Iterator[dict[str, Any]]:
    connection.execute("CREATE TABLE bare (a INTEGER PRIMARY KEY, b TEXT)")
    bare, ours = [], []
    for number, record in enumerate(territory.customers[:_TEXTS]):
        name = f"{number}{record.names[0]}"
        changed = SearchRecord("customer", record.row_id, record.row_id, (name,))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare (b) VALUES (?)", (name,))
        bare.append(_ms(lambda: connection.execute("COMMIT")))
        work = _seconds(connection, lambda changed=changed: search.reindex(connection, [changed]))
        ours.append(work * 1000)
    for share in (0.5, 0.95):
        took = _at(ours, share)
        ratio = took / _at(bare, share)
        yield _figure(f"search: one row and its commit, p{share * 100:.0f} ms", took, None, ratio)


if __name__ == "__main__":
    for figure in figures():
        print(json.dumps(figure, ensure_ascii=False), flush=True)
