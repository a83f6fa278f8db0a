"""The letters of a PDF: where they stand however they are set, and files that are not whole."""

import base64
import re
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from attrs import evolve
from pdfs import HELVETICA, PLAIN, Placed, cells, columns, encrypted, escaped, in_latin, pdf, printed, stream, table

from massstart import InvalidRecord, Sheet, load
from massstart.files.pdfletters import letters_by_page
from massstart.files.pdfread import read_pdf
from massstart.problems import Problem

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    found = load("wc-2025-26-2-men-division-a")
    assert isinstance(found, Sheet)
    few = in_latin(found)
    return evolve(few, rows=few.rows[:8])


@pytest.fixture(scope="module")
def words(sheet: Sheet) -> list[Placed]:
    return table(columns(4), [cells(row) for row in sheet.rows])


def refused(data: bytes) -> list[str]:
    with pytest.raises(InvalidRecord) as caught:
        read_pdf(data)
    assert {problem.kind for problem in caught.value.problems} == {"pdf"}
    assert all(problem.remedy for problem in caught.value.problems)
    return [f"{problem.where}: {problem.message}".removeprefix(": ") for problem in caught.value.problems]


class TestHoweverThePageIsMade:
    """A page that looks the same is read the same."""

    @pytest.mark.parametrize(
        "layout",
        [
            {"page": b"/MediaBox[0 0 842 700]/Rotate 90", "before": b"0 1 -1 0 842 0 cm "},
            {"page": b"/MediaBox[0 0 700 842]/Rotate 180", "before": b"-1 0 0 -1 700 842 cm "},
            {"page": b"/MediaBox[0 0 842 700]/Rotate 270", "before": b"0 -1 1 0 0 700 cm "},
            {"page": b"/MediaBox[0 0 842 700]/Rotate 450", "before": b"0 1 -1 0 842 0 cm "},
            {"page": b"/MediaBox[0 0 700 842]/CropBox[10 300 690 830]"},
            {"page": b"/MediaBox[-300 -200 400 642]", "before": b"1 0 0 1 -300 -200 cm "},
            {"page": b"/MediaBox[0 0 700 842]/UserUnit 2"},
            {"before": b"0.1 0 0 0.1 0 0 cm ", "each": "q 10 0 0 10 0 0 cm BT /F {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {text} Tj ET Q"},
            {"before": b"1 0 0 -1 0 842 cm 1 0 0 -1 0 842 cm "},
            {"each": "BT /F 1 Tf {size} 0 0 {size} {x:.2f} {y:.2f} Tm {text} Tj ET"},
            {"each": "BT /F {size} Tf 105 Tz {x:.2f} {y:.2f} Td {text} Tj ET"},
            {"each": f"{PLAIN} {PLAIN}"},
            {"content": lambda content: b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)},
            {"content": lambda content: stream(content).replace(b"/FlateDecode", b"[ /FlateDecode ]")},
            {"content": lambda content: stream(content).replace(b">>stream\n", b">>\r\nstream\r\n")},
        ],
        ids=[
            "turned", "upside-down", "turned-back", "turned-more-than-once", "cropped", "moved", "larger-units", "small-units",
            "mirrored-twice", "size-in-the-matrix", "stretched", "each-word-twice", "unpacked", "filters-in-a-list", "line-ends",
        ],
    )  # fmt: skip
    def test_page(self, layout: dict[str, Any], sheet: Sheet, words: list[Placed]) -> None:
        assert read_pdf(pdf([words], **layout)).rows == sheet.rows

    @pytest.mark.parametrize("name", [b"Helvetica-Oblique", b"Helvetica-Bold"])
    def test_font(self, name: bytes, sheet: Sheet, words: list[Placed]) -> None:
        """Slanted letters hang over the blank behind them."""
        assert read_pdf(pdf([words], font=HELVETICA.replace(b"Helvetica", name))).rows == sheet.rows

    def test_slanted_letter_at_the_end_of_a_word_ends_before_a_blank_that_is_not_printed(self) -> None:
        words = [("Olaf", 50.0, 50.0, 10.0), ("Roe", 67.5, 50.0, 10.0)]
        (letters,) = letters_by_page(pdf([words], font=HELVETICA.replace(b"Helvetica", b"Times-Italic")))
        assert [letter.text for letter in letters] == [*"OlafRoe"]
        # The widths of Times-Italic: O 722, l 278, a 500, f 278.
        assert [round(letter.x0, 1) for letter in letters[:5]] == [50.0, 57.2, 60.0, 65.0, 67.5]
        assert letters[3].x1 <= 67.81

    @pytest.mark.parametrize(
        "beside",
        [
            ("0.7 0.7 -0.7 0.7 150 600", "DRAFT"),
            ("0 1 -1 0 20 500", "Printed by"),
            ("-1 0 0 -1 600 400", "Upside down"),
            ("1 0 0 -1 300 640", "Mirrored"),
        ],
    )
    def test_what_is_written_across_the_page_or_up_its_side_is_left_out(
        self, beside: tuple[str, str], sheet: Sheet, words: list[Placed]
    ) -> None:
        mark = f"BT /F 30 Tf {beside[0]} Tm ({beside[1]}) Tj ET ".encode()
        assert read_pdf(pdf([words], before=mark)).rows == sheet.rows

    def test_page_that_is_all_sideways_is_no_scanned_image(self, words: list[Placed]) -> None:
        data = pdf([words], page=b"/MediaBox[0 0 700 842]/Rotate 90")
        (message,) = refused(data)
        assert message.startswith("this is no result of a mass start")

    def test_hyphen_at_the_end_of_a_line_stays(self) -> None:
        words = [("Ann Roe-", 50.0, 50.0, 10.0), ("Poe goes on", 50.0, 62.0, 10.0)]
        (letters,) = letters_by_page(pdf([words]))
        assert "".join(letter.text for letter in letters) == "AnnRoe-Poegoeson"


DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/Helvetica/Flags 4/ItalicAngle 0/Ascent 718/Descent -207/CapHeight 718/StemV 80"
    b"/FontBBox[-166 -225 1000 931]>>"
)
#: What the font of `with_names` tells of its signs 128 and above.
TOLD = {128: "00660066", 129: "006600660069", 130: "D840DC0B", 131: "FB01", 132: "00740074", 133: "D840", 134: "0000"}


def with_names(words: list[Placed], name: str, code: int) -> bytes:
    """A page whose first name is another, with one sign of a font that tells what its signs mean."""
    told = "\n".join(f"<{sign:02x}> <{letters}>" for sign, letters in TOLD.items())
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfrange <20> <7e> <0020> endbfrange\n"
        f"{len(TOLD)} beginbfchar {told} endbfchar\nendcmap CMapName currentdict /CMap defineresource pop end end"
    )
    widths = b"278 " + b"556 " * 223
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/FirstChar 32/LastChar 255/Widths[%s]/ToUnicode 4 0 R/FontDescriptor 5 0 R>>"
    words = [(name if text.startswith("Andrea") else text, *place) for text, *place in words]  # type: ignore[misc]  # three floats

    def written(text: str) -> str:
        return escaped(text).replace("@", f"\\{code:o}")

    return pdf([words], font=font % widths, more=[stream(meaning.encode()), DESCRIPTOR], written=written)


class TestLettersOfAFont:
    """What a sign of a font means is what the font tells of it."""

    @pytest.mark.parametrize(
        ("code", "name"), [(128, "Jo Hoffer"), (129, "Jo Hoffier"), (130, "Jo Ho\U0002000ber"), (131, "Jo Hofier"), (132, "Jo Hotter")]
    )  # fmt: skip
    def test_sign_that_is_several_letters(self, code: int, name: str, words: list[Placed]) -> None:
        assert read_pdf(with_names(words, "Jo Ho@er", code)).rows[0].name == name

    @pytest.mark.parametrize("code", [133, 134], ids=["half", "nothing"])
    def test_sign_that_tells_half_a_letter_or_nothing_is_no_letter(self, code: int, words: list[Placed]) -> None:
        assert refused(with_names(words, "Jo Ho@er", code)) == [
            "page 1, row 1, name: the PDF does not tell every letter of 'Jo Ho\ufffder'"
        ]

    def test_font_that_tells_nothing(self, words: list[Placed]) -> None:
        font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]>>"
        descendant = (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/DW 556/FontDescriptor 5 0 R>>"
        )
        data = pdf(
            [words],
            font=font,
            more=[descendant, DESCRIPTOR],
            written=lambda text: f"<{text.encode('utf-16-be').hex()}>",
        )
        assert {letter.text for page in letters_by_page(data) for letter in page} == {"\ufffd"}
        (message,) = refused(data)
        assert message.startswith("this is no result of a mass start")


class TestWhole:
    """A file of which anything is lost is refused, not read as a shorter one."""

    def test_encryption_that_asks_for_no_password_is_read(self, sheet: Sheet, words: list[Placed]) -> None:
        assert read_pdf(encrypted(words, b"")).rows == sheet.rows

    def test_encryption_that_asks_for_one_is_refused(self, words: list[Placed]) -> None:
        assert refused(encrypted(words, b"secret")) == ["the file is encrypted"]

    def test_encrypted_page_that_lost_data(self, words: list[Placed]) -> None:
        assert refused(encrypted(words, b"", spoil=lambda packed: packed[:-60] + bytes(20) + packed[-40:])) == [
            "the PDF is damaged"
        ]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"/FlateDecode", b"/FlateDecodf"),
            (b"/FlateDecode", b"/F,ateDecode"),
            (b"<</Length", b"<8/Length"),
            (b">>stream", b">>strecm"),
            (b"4 0 obj", b"4 0 oaj"),
        ],
    )
    def test_stream_that_cannot_be_made_out(self, old: bytes, new: bytes, words: list[Placed]) -> None:
        data = pdf([words, [("Page 2", 38.0, 50.0, 8.0)]])
        assert refused(data.replace(old, new, 1)) == ["the PDF is damaged"]

    def test_stream_without_an_end(self, words: list[Placed]) -> None:
        def cut(content: bytes) -> bytes:
            packed = zlib.compress(content)[:-200]
            return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)

        assert refused(pdf([words], content=cut)) == ["the PDF is damaged"]
        data = pdf([words])
        start = data.index(b"stream\n") + 100
        assert refused(data[:start] + b"%%EOF") == ["the PDF is damaged"]

    @pytest.mark.parametrize("name", [b"ASCII85Decode", b"A85"])
    def test_stream_written_as_text(self, name: bytes, sheet: Sheet, words: list[Placed]) -> None:
        def as_text(content: bytes) -> bytes:
            packed = base64.a85encode(zlib.compress(content)) + b"~>"
            return b"<</Length %d/Filter[/%s/FlateDecode]>>stream\n%s\nendstream" % (len(packed), name, packed)

        data = pdf([words], content=as_text)
        assert read_pdf(data).rows == sheet.rows
        assert read_pdf(pdf([words, [("Page 2", 38.0, 50.0, 8.0)]], content=as_text)).rows == sheet.rows
        middle = data.index(b"~>") - 100
        assert refused(data[:middle] + b"!!!!!" + data[middle + 5 :]) == ["the PDF is damaged"]
        assert refused(data.replace(b"~>", b"  ")) == ["the PDF is damaged"]

    def test_empty_stream_is_whole(self, sheet: Sheet, words: list[Placed]) -> None:
        empty = b"<</Length 0/Filter/FlateDecode>>stream\n\nendstream"
        assert read_pdf(pdf([words], more=[empty])).rows == sheet.rows

    def test_damaged_picture_takes_nothing_away(self, sheet: Sheet, words: list[Placed]) -> None:
        picture = b"<</Subtype /Image/Filter/FlateDecode/Length 4>>stream\nnone\nendstream"
        assert read_pdf(pdf([words], more=[picture])).rows == sheet.rows

    def test_stream_that_unpacks_to_much_is_read_in_parts(self, sheet: Sheet, words: list[Placed]) -> None:
        assert read_pdf(pdf([words], more=[stream(bytes(50_000_000))])).rows == sheet.rows

    def test_stream_that_is_packed_into_much_is_read_in_parts(self, sheet: Sheet, words: list[Placed]) -> None:
        packed = stream(Random(1).randbytes(200_000))  # noqa: S311  # chance that can be repeated
        assert len(packed) > 200_000
        assert read_pdf(pdf([words], more=[packed])).rows == sheet.rows

    def test_file_that_was_cut_off_while_it_was_changed(self, words: list[Placed]) -> None:
        """A program that changes a PDF writes the change behind the end of the file that was there."""
        assert refused(pdf([words]) + b"9 0 obj\n" + b"0 " * 2000) == ["the file is cut off before its end"]

    def test_page_that_is_not_there(self, words: list[Placed]) -> None:
        data = pdf([words])
        assert refused(data.replace(b"/Kids[5 0 R]", b"/Kids[8 0 R]")) == ["the PDF is damaged"]
        assert refused(data.replace(b"/Pages 2 0 R", b"/Pages 9 0 R")) == ["the PDF is damaged"]

    def test_more_pages_than_any_result_has(self, words: list[Placed]) -> None:
        data = pdf([words]).replace(b"/Count 1/Kids[5 0 R]", b"/Count 1001/Kids[%s]" % (b"5 0 R " * 1001))
        assert refused(data) == ["the PDF has 1001 pages, more than 1000"]

    @pytest.mark.parametrize("count", [b"1", b"2147483647", b"99999999999", b"-1", b"0"])
    def test_number_of_pages_that_is_not_true_is_not_believed(
        self, count: bytes, sheet: Sheet, words: list[Placed]
    ) -> None:
        """PDFium counts the pages that are there, unless what is said is as likely."""
        data = pdf([words, [("Page 2", 38.0, 50.0, 8.0)]])
        assert read_pdf(data.replace(b"/Count 2", b"/Count " + count)).rows == sheet.rows


def _flipped(data: bytearray, random: Random) -> None:
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _cut_out(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data))
    del data[start : start + random.randrange(1, 200)]


def _blotted(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) - 40)
    data[start : start + 40] = bytes(40)


def _cut_off(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data)) :]
    data += b"\n%%EOF\n"


@pytest.mark.law
@pytest.mark.parametrize("damage", [_flipped, _cut_out, _blotted, _cut_off])
def test_damaged_copy_gives_a_sheet_or_problems(damage: Callable[[bytearray, Random], None], sheet: Sheet) -> None:
    random = Random(1)  # noqa: S311  # chance that can be repeated
    whole = printed(sheet, rows_a_page=4)
    problems: list[Problem] = []
    for _ in range(200):
        data = bytearray(whole)
        damage(data, random)
        try:
            assert isinstance(read_pdf(bytes(data)), Sheet)
        except InvalidRecord as error:
            problems += error.problems
    assert len(problems) > 50
    assert all(problem.message and problem.remedy for problem in problems)


def test_letters_lost_within_a_page_are_noticed(sheet: Sheet) -> None:
    """Wherever in a packed page a bit is turned, its sum is wrong."""
    whole = printed(sheet)
    page = re.search(rb"stream\n(.*?)\nendstream", whole, re.DOTALL)
    assert page
    for place in range(page.start(1), page.end(1), 7):
        data = bytearray(whole)
        data[place] ^= 4
        assert refused(bytes(data)) == ["the PDF is damaged"]
