"""The headings of result tables, in the languages in which they are printed.

Decides which column a heading means, and what is wrong with a row of headings. What a cell of each column can say is
decided by `massstart.files.cells`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

#: What the columns are called: English, then German, Dutch, Norwegian, Italian, French, Japanese and Korean. They are
#: compared without regard to capitals, accents, full stops, underscores, hyphens and the marks of footnotes.
HEADINGS: dict[str, tuple[str, ...]] = {
    "rank": (
        "Rnk", "Rank", "Rk", "Pos", "Position", "Place", "Plc", "Rang", "Rg", "Platz", "Pl", "Platzierung",
        "Plaats", "Plek", "Positie", "Plass", "Plassering", "Plas", "Posizione", "Posto", "Piazzamento", "Class",
        "Classifica", "Classement", "順位", "着順", "순위", "등수",
    ),
    "start": (
        "Start", "Start no", "Start number", "Start position", "Starting position", "Start order", "Start place",
        "Startplatz", "Startposition", "Startpositie", "Startplaats", "Startvolgorde", "Startplass", "Startposisjon",
        "Startrekkefølge", "Partenza", "Ordine di partenza", "Posizione di partenza", "Départ", "Ordre de départ",
        "Position de départ", "スタート", "スタート順", "スタート位置", "출발", "출발 순서", "출발 위치",
    ),
    "bib": (
        "Nr", "No", "Bib", "Bib no", "Bib number", "Number", "Num", "Id", "N", "Nummer", "Startnummer", "Startnr",
        "Start Nr", "StNr", "Beennummer", "Rugnummer", "Drakt", "Draktnummer", "Numero", "Pettorale", "Pett", "Dossard", "Dos",
        "番号", "ゼッケン", "ナンバー", "번호", "배번", "등번호",
    ),
    "name": (
        "Name", "Skater", "Competitor", "Athlete", "Skater name", "Athlete name", "Sportler", "Sportlerin", "Athlet",
        "Athletin", "Läufer", "Läuferin", "Eisschnellläufer", "Eisschnellläuferin", "Teilnehmer", "Naam", "Schaatser",
        "Schaatsster", "Rijder", "Rijdster", "Atleet", "Deelnemer", "Navn", "Løper", "Skøyteløper", "Utøver",
        "Deltaker", "Nome", "Atleta", "Pattinatore", "Pattinatrice", "Concorrente", "Nominativo", "Nom", "Athlète",
        "Patineur", "Patineuse", "Concurrent", "Concurrente", "選手", "選手名", "氏名", "名前", "선수", "선수명", "이름", "성명",
    ),
    "given": (
        "First name", "Given name", "Vorname", "Voornaam", "Fornavn", "Prénom", "名",
    ),
    "family": (
        "Last name", "Family name", "Surname", "Nachname", "Familienname", "Achternaam", "Etternavn", "Cognome",
        "Nom de famille", "姓", "성",
    ),
    "nation": (
        "Country", "NOC", "Nation", "Nat", "Nationality", "Code", "Land", "Nationalität", "Nationaliteit", "Nasjon",
        "Nasjonalitet", "Nazione", "Naz", "Nazionalità", "Paese", "Pays", "Nationalité", "CNO",
        "国", "国名", "国籍", "国・地域", "국가", "국적", "나라",
    ),
    "laps": (
        "Laps", "Laps completed", "Laps skated", "Runden", "Rundenzahl", "Rd", "Ronden", "Rondes", "Runder", "Antall runder",
        "Giri", "Giri completati", "Tours", "Nombre de tours", "周回", "周回数", "바퀴", "바퀴 수", "랩",
    ),
    # The points of the race or of the World Cup: which, the other columns and the cells have to tell.
    "points": (
        "Points", "Point", "Punkte", "Pkt", "Pkte", "Punten", "Ptn", "Poeng", "Punti", "Pt", "Punteggio",
        "ポイント", "得点", "포인트", "점수", "득점",
    ),
    "total": (
        "Total", "Pts", "Total points", "Sprint points", "Race points", "Gesamt", "Gesamtpunkte", "Punkte gesamt",
        "Sprintpunkte", "Summe", "Totaal", "Totaal punten", "Sprintpunten", "Totalt", "Sum", "Totale", "Punti totali",
        "Punti sprint", "Total des points", "Points de sprint", "合計", "総得点", "合計ポイント", "합계", "총점", "스프린트 포인트",
    ),
    "time": (
        "Time", "Race time", "Finish time", "Final time", "Zeit", "Endzeit", "Laufzeit", "Tijd", "Eindtijd", "Tid", "Sluttid", "Tempo",
        "Temps", "Chrono", "タイム", "記録", "時間", "기록", "시간", "타임",
    ),
    "seconds": ("Seconds", "Sekunden", "Seconden", "Sekunder", "Secondi", "Secondes", "秒", "초"),
    "behind": (
        "Behind", "Time behind", "Gap", "Diff", "Difference", "Deficit", "Rückstand", "Abstand", "Achterstand", "Verschil",
        "Bak", "Etter", "Differanse", "Distacco", "Ritardo", "Écart", "Retard", "タイム差", "差", "차이", "시간차",
    ),
    "mark": ("Status", "IRM", "Mark"),
    "notes": (
        "Notes", "Note", "Remarks", "Remark", "Comment", "Comments", "Anmerkungen", "Anmerkung", "Bemerkungen", "Bemerkung",
        "Anm", "Opmerkingen", "Opmerking", "Merknad", "Merknader", "Annotazioni", "Osservazioni", "Remarques", "Remarque",
        "Observations", "Commentaire", "備考", "비고",
    ),
    "qualified": (
        "Q", "Qual", "Qualified", "Qualification", "Qualifikation", "Qualifiziert", "Kwalificatie", "Gekwalificeerd",
        "Kvalifisering", "Kvalifisert", "Qualificazione", "Qualificato", "Qualifié", "Qualifiée", "予選通過", "진출",
    ),
    "world_cup_points": (
        "WC points", "WC pts", "WCP", "World Cup points", "Weltcuppunkte", "Weltcup Punkte", "Wereldbekerpunten",
        "WB punten", "Verdenscuppoeng", "WC poeng", "Punti Coppa del Mondo", "Points Coupe du monde",
        "Points de Coupe du monde", "ワールドカップポイント", "W杯ポイント", "월드컵 포인트", "월드컵 점수",
    ),
    "world_cup_replaced": ("Replaced", "WC replaced", "World Cup replaced"),
    "line": ("Line", "Finish", "Place across the line"),
    # A column of these parts one table into several sheets; the key ends with the English noun.
    "part semifinal": (
        "Semifinal", "Semi final", "SF", "Semi", "Halbfinale", "HF", "Halve finale", "Semifinale", "Demi finale",
        "準決勝", "준결승",
    ),
    "part heat": ("Heat", "Vorlauf", "Lauf", "Serie", "Batteria", "Série", "組", "조"),
    "part division": ("Division", "Group", "Gruppe", "Groep", "Divisjon", "Divisione", "Gruppo", "Groupe", "ディビジョン", "디비전"),
    "part round": ("Round", "Stage", "Ronde", "Turno", "Tour", "Phase", "ラウンド", "라운드"),
    "part table": ("Table",),
    "part event": (
        "Event", "Race", "Gender", "Sex", "Category", "Geschlecht", "Geslacht", "Kjønn", "Sesso", "Sexe", "Kategorie",
        "Categorie", "Kategori", "Categoria", "Catégorie", "種目", "性別", "종목", "성별",
    ),
}  # fmt: skip

#: The headings as a message names them.
KNOWN = "Rnk, Start, Nr, Name, Country, Laps, S1 S2 …, Total, Time, Behind, Status, Notes, Q, WC points, Semifinal"

_SPRINT = re.compile(r"(?:s|sp|sprint|zwischensprint|tussensprint|volata|スプリント|스프린트) ?([1-9][0-9]?)", re.ASCII)
_FOOTNOTE = re.compile(r"\[[^\]]*\]|[\u25b2\u25b4\u25b6\u25bc\u25be]")


def plain(text: str) -> str:
    """A heading as it is compared.

    Example:
        >>> plain("Rückstand"), plain("WC-Points[1]"), plain("Nr.")
        ('ruckstand', 'wc points', 'nr')
    """
    letters = unicodedata.normalize("NFKD", _FOOTNOTE.sub("", text)).casefold().replace("ø", "o").replace("đ", "d")
    # Accents of Latin letters alone: those of Japanese make other letters.
    letters = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    letters = unicodedata.normalize("NFC", re.sub(r"[._\-\u2010\u2013\u30fb\u00b0\u00ba]", " ", letters))
    return " ".join(letters.split())


_KEYS = {plain(name): key for key, names in HEADINGS.items() for name in names}


def key_of(name: str) -> str | None:
    """The key of a column by its name in print: ``rank``, ``S2``, ``part semifinal``, or ``None``.

    Example:
        >>> key_of("Rnk"), key_of("NOC"), key_of("Sprint 2"), key_of("Punkte"), key_of("Shoe size")
        ('rank', 'nation', 'S2', 'points', None)
    """
    name = plain(name)
    if sprint := _SPRINT.fullmatch(name):
        return f"S{sprint[1]}"
    return _KEYS.get(name)


def sprint_keys(keys: Sequence[str]) -> list[str]:
    """The keys of the sprint columns, ascending."""
    return sorted((key for key in keys if key[:1] == "S"), key=lambda key: int(key[1:]))


def check_headings(names: Sequence[str], keys: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row of headings, each with what would mend it."""
    for name, key in zip(names, keys, strict=True):
        if key is None and name:
            yield f"{name!r} is not a heading that is known here", f"rename or remove it; known are {KNOWN}"
        elif key and keys.count(key) > 1:
            yield f"{name!r}: more than one column has this meaning", "keep one of them"
    known = [key for key in keys if key]
    sprints = sprint_keys(known)
    if len(set(sprints)) == len(sprints) and sprints != [f"S{number}" for number in range(1, len(sprints) + 1)]:
        yield f"the sprints are {', '.join(sprints)}", "give every sprint from S1 on"
    if not {"name", "bib", "family"} & set(known):
        yield "no column says who the skaters are", "add Name or Nr"
