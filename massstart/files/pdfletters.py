"""The letters of a PDF, each with its place on the page.

Decides which files are read at all: one that is empty, cut off, damaged, encrypted or without text is refused. PDFium
reads the file. It is asked by its own functions, since what it puts together into text loses the places, and the places
are all that tells a column.
"""

import base64
import ctypes
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attrs import evolve, frozen

from massstart.problems import InvalidRecord, MissingExtra, Problem


@frozen
class Word:
    """A letter or a word on a page, with its box: points from the left and downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """The height of the letters."""
        return self.bottom - self.top


#: A result has a page or two, a book of results some hundreds. A damaged or hostile file can name millions.
_MOST_PAGES = 1000
#: What stands for a letter that the font does not tell.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: This share of a letter's height lies below the line it stands on. A font has its own share, but letters of two fonts
#: on one line must not lie apart.
_BELOW_THE_LINE = 0.22
#: What precedes a stream, and how its dictionary names what unpacks it.
_STREAM = re.compile(rb">>\s*stream\b[\r\n]*")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[]*)")
#: The filters of a PDF, with the short names that some have. `Standard` stands where a file is encrypted.
_FLATE, _IN_TEXT = {b"FlateDecode", b"Fl"}, {b"ASCII85Decode", b"A85"}
_KNOWN_FILTERS = {*_FLATE, *_IN_TEXT} | set(
    b"LZWDecode LZW ASCIIHexDecode AHx RunLengthDecode RL DCTDecode DCT CCITTFaxDecode CCF JBIG2Decode JPXDecode "
    b"Crypt Standard".split()
)
#: As much is unpacked at a time.
_BLOCK = 1 << 16
#: Letters that lean more than this, rise by run, are no part of a table: a mark across the page, a word up its side.
_LEANING = 0.2


def letters_by_page(data: bytes) -> list[list[Word]]:
    """The letters of each page, blanks left out, in the order of the file.

    Raises:
        InvalidRecord: the file is no PDF, is not whole, is encrypted, or has no text.
        MissingExtra: pypdfium2 is not installed.
    """
    if not data:
        raise _refused("the file is empty", "get it anew")
    if b"%PDF-" not in data[:1024]:
        raise _refused("this is no PDF, whatever its name says", "give the sheet as it was published")
    if b"%%EOF" not in data[-2048:]:
        raise _refused("the file is cut off before its end", "get it anew")
    try:
        import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # it has no stubs
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{error.name} is not installed, and a PDF cannot be read without it; run: pip install 'massstart[pdf]'"
        ) from None
    with _opened(pdfium, data) as document:
        number = pdfium.FPDF_GetPageCount(document)
        if number > _MOST_PAGES:
            raise _refused(f"the PDF has {number} pages, more than {_MOST_PAGES}", "give the pages of the sheet alone")
        encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0
        if number < 1 or not _streams_are_whole(_decrypted(pypdfium2, data) if encrypted else data):
            raise _damaged()
        pages: list[list[Word]] = []
        letters = 0
        for index in range(number):
            with _text_of(pdfium, document, index) as text:
                count = pdfium.FPDFText_CountChars(text)
                pages.append(_letters(pdfium, text, count))
                letters += count
    if not letters:
        raise _refused("there is no text in the PDF; it may be a scanned image", "get the sheet as it was made")
    return pages


def _refused(message: str, remedy: str) -> InvalidRecord:
    return InvalidRecord([Problem("pdf", "", message, remedy)])


def _damaged() -> InvalidRecord:
    return _refused("the PDF is damaged", "get it anew")


@contextmanager
def _opened(pdfium: Any, data: bytes) -> Iterator[Any]:
    """The document, which reads from the bytes as long as it is open."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise _refused("the file is encrypted", "save it without a password")
        raise _damaged()
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _text_of(pdfium: Any, document: Any, index: int) -> Iterator[Any]:
    """The text of a page, turned the way it is looked at."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise _damaged()
    try:
        # PDFium gives places as they are before the page is turned, so what is on it is turned instead.
        a, b = ((1, 0), (0, -1), (-1, 0), (0, 1))[pdfium.FPDFPage_GetRotation(page)]
        for number in range(pdfium.FPDFPage_CountObjects(page) if a != 1 else 0):
            pdfium.FPDFPageObj_Transform(pdfium.FPDFPage_GetObject(page, number), a, b, -b, a, 0, 0)
        text = pdfium.FPDFText_LoadPage(page)
        try:
            yield text
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _letters(pdfium: Any, text: Any, count: int) -> list[Word]:
    """The letters of a page's text, those that stand upright."""
    letters: list[Word] = []
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    latest: tuple[float, float] | None = None
    for number in range(count):
        pdfium.FPDFText_GetCharOrigin(text, number, x, y)
        here = x.value, y.value
        if latest is not None and latest[1] == here[1]:
            letters[-1] = _ended(letters[-1], here[0])
        letter = _letter(pdfium, text, number)
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        if letter.isspace() or matrix.a <= 0 or matrix.d <= 0 or abs(matrix.b) > _LEANING * matrix.a:
            latest = None
        elif here == latest:
            # One sign of the font that is several letters, such as a ligature, or half a letter, such as rare Chinese.
            letters[-1] = evolve(letters[-1], text=letters[-1].text + letter)
        else:
            latest = here
            pdfium.FPDFText_GetLooseCharBox(text, number, box)
            size = pdfium.FPDFText_GetFontSize(text, number) * matrix.d
            bottom = _BELOW_THE_LINE * size - here[1]
            letters.append(Word(letter, here[0], max(box.right, here[0]), bottom - size, bottom))
    return [letter if letter.text.isascii() else evolve(letter, text=_put_together(letter.text)) for letter in letters]


def _ended(letter: Word, next_x0: float) -> Word:
    """The letter, which ends where the next one begins: its box holds what a slanted one hangs over that, or a blank."""
    hangs_over = letter.x0 + letter.x1 < 2 * next_x0 < 2 * letter.x1
    return evolve(letter, x1=next_x0) if hangs_over else letter


def _letter(pdfium: Any, text: Any, number: int) -> str:
    """A letter as PDFium reads it, but a hyphen at the end of a line stays one."""
    if pdfium.FPDFText_IsHyphen(text, number) == 1:
        return "-"
    code = pdfium.FPDFText_GetUnicode(text, number)
    known = 0 < code <= sys.maxunicode and pdfium.FPDFText_HasUnicodeMapError(text, number) != 1
    return chr(code) if known else UNKNOWN


def _put_together(text: str) -> str:
    """Text whose rare letters came in halves; a half by itself tells no letter."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decrypted(pypdfium2: Any, data: bytes) -> bytes:
    """The file without its encryption, which asks for no password; its streams are packed as they were."""
    written = io.BytesIO()
    document = pypdfium2.PdfDocument(data)
    try:
        document.save(written, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    finally:
        document.close()
    return written.getvalue()


def _streams_are_whole(data: bytes) -> bool:
    """Whether every stream can be unpacked to its end, pictures aside.

    PDFium takes what it gets of a stream for all that was there, and a page whose stream it cannot make out for an empty
    one: a sheet would be read as a shorter one.
    """
    streams = 0
    for match in _STREAM.finditer(data):
        streams += 1
        described = data[max(data.rfind(b" obj", 0, match.start()), 0) : match.start()]
        if not re.match(rb" obj\s*<<", described) or b"endobj" in described:
            return False
        named = _FILTERS.search(described)
        filters = re.findall(rb"[^\s/\[\]]+", named[1]) if named else []
        if not _KNOWN_FILTERS.issuperset(filters):
            return False
        in_text = not _IN_TEXT.isdisjoint(filters[:1])
        packed = not _FLATE.isdisjoint(filters[in_text : in_text + 1])
        is_picture = re.search(rb"/Subtype\s*/Image", described)
        if packed and not is_picture and not _is_whole(data, match.end(), in_text=in_text):
            return False
    return streams >= data.count(b"endstream")


def _is_whole(data: bytes, start: int, *, in_text: bool) -> bool:
    """Whether a packed stream that starts here comes to its end, and its sum is right."""
    if data.startswith(b"endstream", start):
        return True
    stream = zlib.decompressobj()
    try:
        if in_text:
            data, start = base64.a85decode(data[start : data.index(b"~>", start)]), 0
        for block in range(start, len(data), _BLOCK):
            rest = data[block : block + _BLOCK]
            while rest and not stream.eof:
                stream.decompress(rest, 16 * _BLOCK)
                rest = stream.unconsumed_tail
            if stream.eof:
                break
        stream.flush()
    except (zlib.error, ValueError):
        return False
    return stream.eof
