"""Nations: the three-letter code of the sport for a country's name, in the languages in which tables are printed.

Decides which code a name means. The codes are those of the IOC, which differ from ISO's for many a country (NED, not
NLD). The names come from Unicode's CLDR, by way of babel; a code needs no library.
"""

import re
from functools import cache

from massstart.problems import MissingExtra

#: The languages whose names of countries are known.
LANGUAGES = ("en", "de", "nl", "nb", "it", "fr", "ja", "ko")

#: Codes of countries that are no more; CLDR has them beside those of their heirs.
_FORMER = ("ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR")

#: Codes of the IOC that are not ISO's, by those of ISO.
_IOC = {
    "ABW": "ARU", "AGO": "ANG", "ARE": "UAE", "ASM": "ASA", "ATG": "ANT", "BFA": "BUR", "BGD": "BAN", "BGR": "BUL",
    "BHR": "BRN", "BHS": "BAH", "BLZ": "BIZ", "BMU": "BER", "BRB": "BAR", "BRN": "BRU", "BTN": "BHU", "BWA": "BOT",
    "CHE": "SUI", "CHL": "CHI", "COG": "CGO", "CRI": "CRC", "CYM": "CAY", "DEU": "GER", "DNK": "DEN", "DZA": "ALG",
    "FJI": "FIJ", "GIN": "GUI", "GMB": "GAM", "GNB": "GBS", "GNQ": "GEQ", "GRC": "GRE", "GRD": "GRN", "GTM": "GUA",
    "HND": "HON", "HRV": "CRO", "HTI": "HAI", "IDN": "INA", "IRN": "IRI", "KHM": "CAM", "KNA": "SKN", "KWT": "KUW",
    "LBY": "LBA", "LKA": "SRI", "LSO": "LES", "LVA": "LAT", "MCO": "MON", "MDG": "MAD", "MMR": "MYA", "MNG": "MGL",
    "MRT": "MTN", "MUS": "MRI", "MWI": "MAW", "MYS": "MAS", "NER": "NIG", "NGA": "NGR", "NIC": "NCA", "NLD": "NED",
    "NPL": "NEP", "OMN": "OMA", "PHL": "PHI", "PRI": "PUR", "PRT": "POR", "PRY": "PAR", "PSE": "PLE", "SAU": "KSA",
    "SDN": "SUD", "SLB": "SOL", "SLV": "ESA", "SVN": "SLO", "SYC": "SEY", "TCD": "CHA", "TGO": "TOG", "TON": "TGA",
    "TWN": "TPE", "TZA": "TAN", "URY": "URU", "VCT": "VIN", "VGB": "IVB", "VIR": "ISV", "VNM": "VIE", "VUT": "VAN",
    "WSM": "SAM", "XKX": "KOS", "ZAF": "RSA", "ZMB": "ZAM", "ZWE": "ZIM",
}  # fmt: skip

#: What CLDR does not have: teams of the IOC's making, and other names that tables print.
_NAMES = {
    "AIN": (
        "Individual Neutral Athletes", "Individuelle Neutrale Athleten", "Individuele Neutrale Atleten",
        "Individuelle nøytrale utøvere", "Atleti Individuali Neutrali", "Atleti Neutrali Individuali",
        "Athlètes individuels neutres", "個人中立選手", "개인중립선수",
    ),
    "BLR": ("Weißrussland", "Wit-Rusland", "Hviterussland"),
    "CHN": ("People's Republic of China", "PR China", "Volksrepublik China", "Volksrepubliek China", "中華人民共和国"),
    "CZE": (
        "Czech Republic", "Tschechische Republik", "Tsjechische Republiek", "Repubblica Ceca", "République tchèque",
        "チェコ共和国",
    ),
    "EOR": ("Refugee Olympic Team", "Flüchtlingsteam"),
    "EUN": ("Unified Team", "Vereintes Team", "Équipe unifiée", "Squadra Unificata"),
    "GBR": (
        "Great Britain", "Großbritannien", "Groot-Brittannië", "Gran Bretagna", "Grande-Bretagne", "UK", "英国",
        "グレートブリテン", "영국",
    ),
    "HKG": ("Hong Kong", "Hongkong", "Hong Kong, China", "香港", "홍콩"),
    "KOR": (
        "Korea", "Republic of Korea", "Korea Republic", "Republik Korea", "Republiek Korea", "Corea", "Corée", "大韓民国",
        "한국",
    ),
    "NED": ("Holland", "Olanda", "Hollande", "The Netherlands"),
    "OAR": (
        "Olympic Athletes from Russia", "Olympic Athlete from Russia", "Olympische Athleten aus Russland",
        "Olympische atleten uit Rusland", "Olympiske utøvere fra Russland", "Atleti Olimpici dalla Russia",
        "Athlètes olympiques de Russie", "ロシアからのオリンピック選手", "OARロシア", "러시아 출신 올림픽 선수",
    ),
    "ROC": (
        "Russian Olympic Committee", "Russisches Olympisches Komitee", "Russisch Olympisch Comité",
        "Den russiske olympiske komité", "Comitato Olimpico Russo", "Comité olympique russe", "ロシアオリンピック委員会",
        "러시아 올림픽 위원회",
    ),
    "RUS": ("Russian Federation", "Russische Föderation"),
    "TPE": (
        "Chinese Taipei", "Taipeh", "Chinesisch Taipeh", "Chinees Taipei", "Kinesisk Taipei", "Taipei Cinese",
        "Cina Taipei", "Taipei chinois", "チャイニーズタイペイ", "중화 타이베이", "중화타이베이",
    ),
    "TUR": ("Turkey",),
    "USA": ("US", "United States of America", "Vereinigte Staaten von Amerika", "Stati Uniti d'America", "アメリカ", "米国"),
}  # fmt: skip

_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_CODE_BEHIND = re.compile(r"(.*\S) ?\(([A-Z]{3})\)", re.ASCII)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def is_code(text: str) -> bool:
    """Whether a text is a code of the sport, or can be one: three capitals that are not ISO's for another code.

    Example:
        >>> is_code("NED"), is_code("ROC"), is_code("NLD"), is_code("Norway")
        (True, True, False, False)
    """
    return bool(_CODE.fullmatch(text)) and (text not in _IOC or text in _IOC.values())


def nation_code(text: str) -> str:
    """The code of a nation by its name or code; a text that is neither stays as it is, such as a club's name.

    Raises:
        MissingExtra: the text is no code, and babel is not installed.

    Example:
        >>> [nation_code(name) for name in ("Norwegen", "Paesi Bassi", "韓国", "ROC", "DEU", "Latvia (LAT)", "IF Hamar")]
        ['NOR', 'NED', 'KOR', 'ROC', 'GER', 'LAT', 'IF Hamar']
    """
    text = text.strip()
    if is_code(text):
        return text
    code = text.upper() if text.isascii() and len(text) == 3 and text.isalpha() else text
    if _CODE.fullmatch(code):
        return code if is_code(code) else _IOC[code]
    behind = _CODE_BEHIND.fullmatch(text)
    if behind and nation_code(behind[1]) == nation_code(behind[2]):
        return nation_code(behind[2])
    flag = _FLAG.search(text)
    name = _FLAG.sub("", text).strip()
    if not name and flag:
        name = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag[0])
    plain = _plain(name)
    return _specials().get(plain) or _codes().get(plain) or text


def _plain(name: str) -> str:
    """A name as it is compared: letters alone, without case."""
    return "".join(letter for letter in name.casefold() if letter.isalpha())


@cache
def _specials() -> dict[str, str]:
    return {_plain(name): code for code, names in _NAMES.items() for name in names}


def _is_iso(code: str) -> bool:
    return bool(_CODE.fullmatch(code)) and code not in _FORMER


@cache
def _codes() -> dict[str, str]:
    """The codes by the names of CLDR, and by the two letters of ISO."""
    try:
        from babel.core import Locale, get_global
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{error.name} is not installed, and names of countries cannot be read without it; write three-letter codes, "
            "or run: pip install 'massstart[nations]'"
        ) from None
    iso = {two[0]: three for three, two in get_global("territory_aliases").items() if _is_iso(three)}
    iso["XK"] = "XKX"
    codes: dict[str, str] = {}
    for two, three in iso.items():
        code = _IOC.get(three, three)
        names = (Locale.parse(language).territories.get(two) for language in LANGUAGES)
        codes |= {_plain(name): code for name in (two, *names) if name}
    return codes
