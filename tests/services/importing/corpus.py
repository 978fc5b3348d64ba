"""Customer lists in many scripts, with the encodings people save each in."""

from __future__ import annotations

SIMPLIFIED = [
    "客户名称,联系人,手机,地址",
    "北京海润饲料有限公司,张伟,13800138000,北京市朝阳区建国路88号",
    "上海明达电信股份有限公司,李娜,13900139000,上海市浦东新区世纪大道100号",
    "广州天河农牧,王强,13700137000,广州市天河区",
    "重庆长安汽车零部件厂,单晓峰,13600136000,重庆市渝中区解放碑",
    "曾氏粮油贸易行,曾国荣,13500135000,湖南省长沙市岳麓区",
    "西安鑫垚建材经销部,仝倩倩,18829001234,陕西省西安市雁塔区小寨",
    "桂林漓泉冷链物流,覃韦婷,17877330000,广西桂林市临桂区",
]
SIMPLIFIED_SEMICOLON = [
    "单位;电话;备注",
    "河南漯河双汇食品;0395-2670000;每周二送货，要发票",
    "呼和浩特伊利;0471-3388888;“重点客户”——价格敏感",
    "鄢陵县花木场;0374-7100000;春节前回款￥5,000元",
]
SIMPLIFIED_SPARSE = [
    "name,company,mobile",
    "Zhang Wei,海润,13800138000",
    "Li Na,明达,13900139000",
    "Wang Qiang,天河,13700137000",
]
SIMPLIFIED_RARE = [
    "姓名,公司",
    "喆堃,骉骉驾校",
    "翀昊,瑢瑢珠宝",
    "赟頔,麤犇牧业",
]
TRADITIONAL = [
    "客戶名稱,聯絡人,行動電話,地址",
    "台北遠東飼料股份有限公司,陳志明,0912345678,台北市信義區松仁路100號",
    "高雄統一實業,林美玲,0922333444,高雄市前鎮區中山二路",
    "新竹宏碁科技,黃建國,0933555666,新竹市東區光復路",
    "臺中豐原農會,張簡淑芬,0955123123,臺中市豐原區中正路",
    "恒隆貿易行,游錫琨,0988000111,新北市板橋區文化路一段",
    "嘉義雞肉飯商行,蔡英俊,0911222333,嘉義市西區垂楊路",
]
TRADITIONAL_SHORT = [
    "公司名稱|統一編號|電話",
    "大同股份有限公司|11316807|02-25925252",
    "義美食品|34051920|02-23519211",
    "鼎泰豐小吃店|05066811|02-23218928",
]
TRADITIONAL_NOTES = [
    "單位,備註",
    "永豐餘,「下週二再拜訪」，需要報價單",
    "味全,客戶說：價格太高……等決定",
    "統一超商,總經理特助接聽、請留言",
]
HONG_KONG = [
    "客户名稱,聯絡人,電話,地址",
    "恆生貿易有限公司,陳大文,23456789,香港九龍旺角彌敦道688號",
    "李錦記,黎智銘,24567890,新界大埔工業邨",
    "衞生用品行,邨叔,25678901,香港中環畢打街",
]
WESTERN = [
    "Firma;Ansprechpartner;Straße;Ort",
    "Müller Maschinenbau GmbH;Jürgen Groß;Königstraße 5;Köln",
    "Boulangerie Lefèvre;Hélène Françoise;Rue de l’Église 3;Besançon",
    "Señorío Viñas S.A.;José Núñez;Calle Mayor 1;Logroño",
]
WESTERN_SPARSE = [
    "Company,City,Phone",
    "Acme Inc,Zürich,+41 44 123 45 67",
    "Globex,Paris,+33 1 23 45 67 89",
    "Initech,São Paulo,+55 11 2345 6789",
]
NORDIC = [
    "Kunde;By;Telefon",
    "Sørensen & Sønner ApS;Ålborg;+45 12 34 56 78",
    "Åse Bjørnstad;Tromsø;+47 22 33 44 55",
    "Järvinen Öljy Oy;Jyväskylä;+358 9 123456",
]
CENTRAL = [
    "Firma;Kontakt;Miasto",
    "Spółka Żywność;Łukasz Wiśniewski;Łódź",
    "Gęsi i Kaczki;Małgorzata Dąbrowska;Kraków",
    "Świat Ślusarki;Zdzisław Źrebiec;Częstochowa",
]
CZECH = [
    "Zákazník;Jméno;Město",
    "Dvořák a synové;Jiří Dvořák;Plzeň",
    "Pekařství Nováčkovi;Kateřina Nováčková;Hradec Králové",
    "Železářství Žižkov;Zdeněk Růžička;Praha",
]
RUSSIAN = [
    "Клиент;Контакт;Город",
    "Завод Прогресс;Иван Петров;Москва",
    "ООО Ромашка;Ольга Сидорова;Казань",
    "Кормовой комбинат;Сергей Кузнецов;Самара",
]
GREEK = [
    "Πελάτης;Όνομα;Πόλη",
    "Ελληνικά Τρόφιμα;Γιώργος Παπαδόπουλος;Αθήνα",
    "Αγροτική Ένωση;Μαρία Νικολάου;Θεσσαλονίκη",
    "Ελαιώνες;Νίκος Δημητρίου;Καλαμάτα",
]
TURKISH = [
    "Müşteri;İlgili;Şehir",
    "Yıldız Gıda;Ayşe Öztürk;İstanbul",
    "Çelik Sanayi;Oğuz Çağlar;Eskişehir",
    "Güneş Tarım;İbrahim Şahin;Muğla",
]

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LISTS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "simplified": (SIMPLIFIED, (*UNICODE, "gb18030")),
    "simplified_semicolon": (SIMPLIFIED_SEMICOLON, (*UNICODE, "gb18030")),
    "simplified_sparse": (SIMPLIFIED_SPARSE, (*UNICODE, "gb18030")),
    "simplified_rare": (SIMPLIFIED_RARE, (*UNICODE, "gb18030")),
    "traditional": (TRADITIONAL, (*UNICODE, "cp950", "gb18030")),
    "traditional_short": (TRADITIONAL_SHORT, (*UNICODE, "cp950", "gb18030")),
    "traditional_notes": (TRADITIONAL_NOTES, (*UNICODE, "cp950", "gb18030")),
    "hong_kong": (HONG_KONG, (*UNICODE, "big5hkscs", "gb18030")),
    "western": (WESTERN, (*UNICODE, "cp1252")),
    "western_sparse": (WESTERN_SPARSE, (*UNICODE, "cp1252")),
    "nordic": (NORDIC, (*UNICODE, "cp1252")),
    "central": (CENTRAL, (*UNICODE, "cp1250")),
    "czech": (CZECH, (*UNICODE, "cp1250")),
    "russian": (RUSSIAN, (*UNICODE, "cp1251")),
    "greek": (GREEK, (*UNICODE, "cp1253")),
    "turkish": (TURKISH, (*UNICODE, "cp1254")),
}


SIZES = ("short", "whole", "late", "long")


def text_of(name: str, size: str) -> str:
    """A list at one size: header and three rows, all of it, after 400 plain rows, or 40 times."""
    lines = LISTS[name][0]
    chosen = {
        "short": lines[:4],
        "whole": lines,
        "late": ["Acme Inc,Smith,0912345678"] * 400 + lines[1:4],
        "long": lines[:1] + lines[1:] * 40,
    }[size]
    return "\r\n".join(chosen) + "\r\n"


def cases() -> list[tuple[str, str, str]]:
    """Every list at every size in every encoding people save it in."""
    return [
        (name, size, encoding)
        for name, (_, encodings) in LISTS.items()
        for size in SIZES
        for encoding in encodings
    ]
