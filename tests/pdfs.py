"""Result sheets as PDF, laid out by the tests: a few lines of PDF with one standard font."""

import hashlib
import zlib
from collections.abc import Callable, Sequence

from attrs import evolve

from massstart import Sheet, SheetRow

#: Words to be set: the text, how far from the left (or, with "r", where it ends), how far from the top, the size.
Placed = tuple[str, float, float, float]

HEAD = ("ISU SPEED SKATING WORLD CUP #1", "Test Oval - Hamar (Nor) / 14 - 16 Nov 2025")
TITLE = ("12. RESULT Mass Start Women Division B", "Sunday, 16 November 2025")

#: Widths of Helvetica, in thousandths of its size, of what stands in columns that are set from the right.
_WIDTHS = {":": 278, ".": 278, "(": 333, ")": 333, "N": 722, "D": 722, "Q": 778, "T": 611, "F": 611}


def width(text: str, size: float) -> float:
    return sum(_WIDTHS.get(letter, 556) for letter in text) * size / 1000


HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

#: How a word is set: what is written for its text, its place from the left and from below, and its size.
PLAIN = "BT /F {size} Tf {x:.2f} {y:.2f} Td {text} Tj ET"


def escaped(text: str) -> str:
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def pdf(
    pages: Sequence[Sequence[Placed]],
    *,
    extra: bytes = b"",
    page: bytes = b"/MediaBox[0 0 700 842]",
    before: bytes = b"",
    each: str = PLAIN,
    written: Callable[[str], str] = escaped,
    font: bytes = HELVETICA,
    more: Sequence[bytes] = (),
    content: Callable[[bytes], bytes] = stream,
) -> bytes:
    """A PDF with these words on its pages.

    Args:
        pages: the words of each page.
        extra: what else the trailer says.
        page: what each page says of its size and turn.
        before: what stands before the words, such as a turn of all of them.
        each: how a word is set.
        written: what is written for the text of a word.
        font: the font, object 3.
        more: further objects, from 4, that the font refers to.
        content: how what is on a page becomes a stream.
    """
    objects: list[bytes] = [b"", b"", font, *more]
    kids: list[int] = []
    for words in pages:
        lines = [each.format(text=written(text), x=x, y=842 - top - size, size=size) for text, x, top, size in words]
        objects.append(content(before + "\n".join(lines).encode("cp1252")))
        objects.append(
            b"<</Type/Page/Parent 2 0 R%s/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % (page, len(objects))
        )
        kids.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, places = b"%PDF-1.4\n", []
    for number, written_object in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written_object)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)


#: The columns of the official sheets: heading, where it begins, whether the cells are set from the right.
COLUMNS = [
    ("Rnk", 38.0, True),
    ("Nr", 81.0, True),
    ("Name", 106.0, False),
    ("Country", 239.0, False),
    ("Laps", 284.0, True),
]


def columns(sprints: int) -> list[tuple[str, float, bool]]:
    found = [*COLUMNS, *((f"S{number}", 289.0 + 27 * number, True) for number in range(1, sprints + 1))]
    right = 289.0 + 27 * (sprints + 1)
    return [*found, ("Total", right, True), ("Time", right + 62, True), ("Points", right + 112, True)]


def cells(row: SheetRow) -> list[str]:
    points = "" if row.world_cup_points is None else str(row.world_cup_points)
    shown = [row.rank, row.bib, row.name, row.nation, row.laps, *(cell or "" for cell in row.sprints or ()), row.total]
    time = f"{row.mark} T25" if row.mark else str(row.time or "")
    if row.time and row.time.exact:
        time = f"{time[:-1]}({time[-1]})"
    points = f"(N){points}" if row.world_cup_replaced else points
    return [*("" if cell is None else str(cell) for cell in shown), time, points]


def broken_name(name: str) -> list[str]:
    """A name on two lines where it is too long for one: broken after a hyphen, else between two words."""
    if len(name) < 22:
        return [name]
    first, hyphen, last = name.rpartition("-")
    if hyphen:
        return [first + hyphen, last]
    words = name.split(" ")
    return [" ".join(words[:2]), " ".join(words[2:])]


def table(
    header: Sequence[tuple[str, float, bool]],
    rows: Sequence[Sequence[str]],
    *,
    scale: float = 1,
    shift: float = 0,
    head: Sequence[str] = (*HEAD, *TITLE),
) -> list[Placed]:
    """The words of a page: the head, the header, the rows."""
    size = 10 * scale
    words: list[Placed] = [(line, 150, 60 + 16 * index, 10) for index, line in enumerate(head)]
    words += [(name, x * scale + shift, 150, 9 * scale) for name, x, _ in header]
    for index, row in enumerate(rows):
        top = 150 + (24 + 15.8 * index) * scale
        for (name, x, from_right), text in zip(header, row, strict=True):
            left = (x * scale + shift + width(name, 9 * scale) - width(text, size)) if from_right else x * scale + shift
            for line, part in enumerate(broken_name(text) if name == "Name" else [text]):
                if part:
                    words.append((part, left, top + 12 * scale * line, size))
    return words


def in_latin(sheet: Sheet) -> Sheet:
    """The sheet with nothing that the font does not have, and without the marks that the layout does not print."""
    rows = [
        evolve(row, name=(row.name or "").encode("cp1252", "replace").decode("cp1252"), qualified=None)
        for row in sheet.rows
    ]
    return evolve(sheet, rows=rows)


def printed(sheet: Sheet, *, scale: float = 1, shift: float = 0, rows_a_page: int = 30) -> bytes:
    """A sheet as PDF, in the layout of the official ones."""
    header = columns(len(sheet.rulebook.sprint_laps) + 1)
    rows = [cells(row) for row in sheet.rows]
    event = f"Mass Start {(sheet.event or '').capitalize()}"
    title = f"12. RESULT {event}{' Division B' if sheet.round == 'division b' else ''}"
    head = (*HEAD, title, TITLE[1])
    groups = [rows[start : start + rows_a_page] for start in range(0, len(rows), rows_a_page)]
    return pdf(
        [[*table(header, group, scale=scale, shift=shift, head=head), ("Page 1 of 9", 38, 780, 8)] for group in groups]
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data).digest()  # noqa: S324  # what the first encryption of PDF is made of


def encrypted(words: Sequence[Placed], password: bytes, *, spoil: Callable[[bytes], bytes] = bytes) -> bytes:
    """A PDF of one page, encrypted with 40 bits; without a password, anybody can read but not change it.

    Args:
        words: the words of the page.
        password: what a reader is asked for.
        spoil: what happens to the packed stream before it is encrypted.
    """
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user = (password + padding)[:32]
    owner = _rc4(_md5((b"owner" + padding)[:32])[:5], user)
    key = _md5(user + owner + (2**32 - 4).to_bytes(4, "little") + bytes(16))[:5]

    def encrypt(content: bytes) -> bytes:
        # The stream is object 4, of generation 0.
        packed = _rc4(_md5(key + bytes([4, 0, 0, 0, 0]))[:10], spoil(zlib.compress(content)))
        return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)

    extra = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
    id = bytes(16).hex().encode()
    return pdf(
        [words], content=encrypt, extra=extra % (id, id, owner.hex().encode(), _rc4(key, padding).hex().encode())
    )
