"""Who is who: when two names, two nations or two words are the same, however they are written.

Decides it in one place, for seasons, events, places at the Games, the draw, the search for a skater and the checks of a
sheet. Capitals, accents, blanks of every kind, hyphens, apostrophes and full stops never count, nor does the order of
given and family name.

A letter with an umlaut, a ring or a stroke is written in two ways where a keyboard has none: ``Müller`` becomes
``Mueller`` or ``Muller``. Either is the same name as ``Müller``. ``Mueller`` and ``Muller`` are only nearly the same:
``Li Yue`` and ``Li Yu`` differ in just this, and are two skaters.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import permutations, product

#: Letters that do not decompose into a plain one and an accent.
_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ə": "e", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th",
    }
)  # fmt: skip
#: How the same letters are written with a second vowel instead.
_DOUBLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_SINGLE = str.maketrans({"æ": "a", "œ": "o"})
#: Marks that part letters of their own: they are kept (nukta, the voicing of kana, virama).
_PART_OF_THE_LETTER = (7, 8, 9)
#: Up to how many words are tried in every order.
_WORDS = 4
#: The shortest word in which one wrong letter is nearly nothing.
_LONG = 5


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _without_accents(text: str) -> str:
    """Plain letters, digits and single blanks."""
    kept = []
    for character in unicodedata.normalize("NFKD", text.translate(_PLAIN)):
        category = unicodedata.category(character)
        if character.isspace() or category[0] == "Z":
            kept.append(" ")
        elif category[0] in "LN" or (
            category[0] == "M" and unicodedata.combining(character) in (0, *_PART_OF_THE_LETTER)
        ):
            kept.append(character)
    return " ".join("".join(kept).casefold().split())


def _ways(text: str) -> tuple[str, ...]:
    """A text in plain letters, in each way in which a keyboard without its letters writes it."""
    folded = _folded(text)
    return tuple(
        dict.fromkeys(_without_accents(way) for way in (folded, folded.translate(_DOUBLED), folded.translate(_SINGLE)))
    )


def plain(text: str) -> str:
    """A text in plain small letters, words parted by one blank.

    Example:
        >>> from massstart.identity import plain
        >>> plain("GÉLINAS-BEAULIEU"), plain("Løvås"), plain("Groß  A.")
        ('gelinasbeaulieu', 'lovas', 'gross a')
    """
    return _ways(text)[0]


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, whatever their order, capitals, accents and hyphens.

    Example:
        >>> from massstart.identity import name_words
        >>> name_words("Jae-Won CHUNG") == name_words("Chung Jaewon")
        True
    """
    return tuple(sorted(plain(name).split()))


@lru_cache(maxsize=4096)
def spellings(name: str) -> frozenset[tuple[str, ...]]:
    """The words of a name in each way in which they can be written; never empty."""
    words = frozenset(tuple(sorted(way.split())) for way in _ways(name)) - {()}
    # A name of signs alone is at least like itself.
    return words or frozenset({(name.strip(),)})


def same_name(name: str | None, also: str | None) -> bool:
    """Whether two names are the same, however they are written. Nothing is the same as no name.

    Example:
        >>> from massstart.identity import same_name
        >>> same_name("Jörg MÜLLER", "Mueller Joerg"), same_name("Dora DAHL", "DAHL Dora"), same_name("Lee", None)
        (True, True, False)
    """
    return bool(name and also and not spellings(name).isdisjoint(spellings(also)))


def contained(name: str, also: str) -> bool:
    """Whether the words of one name are some of those of the other: a second name or family name is left out.

    Initials prove nothing here: see `nearly`.

    Example:
        >>> from massstart.identity import contained
        >>> contained("Rui COSTA", "Rui Tomas Prado COSTA"), contained("R. COSTA", "Rui COSTA")
        (True, False)
    """
    for words, others in product(spellings(name), spellings(also)):
        short, long = sorted((set(words), set(others)), key=len)
        if short < long and any(len(word) > 1 for word in short) and all(len(word) > 1 for word in short):
            return True
    return False


def nearly(name: str, also: str) -> bool:
    """Whether two names are not the same, but look as though they were meant to be.

    They have initials for words, words written together or apart, one wrong letter in a long word, or ``ue`` for ``u``.

    Example:
        >>> from massstart.identity import nearly
        >>> nearly("Sven KRAMER", "S. KRAMER"), nearly("Eva St-Pierre", "Eva St. Pierre"), nearly("Sven KRAMER", "Jan BOS")
        (True, True, False)
    """
    if same_name(name, also):
        return False
    return any(
        _by_initials(words, others) or _run_together(words, others) or _one_letter_off(words, others)
        for words, others in product(spellings(name), spellings(also))
    ) or bool(_undoubled(spellings(name)) & _undoubled(spellings(also)))


def alike(name: str, also: str) -> bool:
    """Whether two names can be two spellings of one: a whole word in common, or nearly the same."""
    words = {word for way in spellings(name) for word in way if len(word) > 1}
    return (
        bool(words & {word for way in spellings(also) for word in way}) or same_name(name, also) or nearly(name, also)
    )


def _by_initials(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether each word of the shorter name is a word of the longer, or its first letter, and one is a whole word."""
    short, long = sorted((words, others), key=len)
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        match = next((full for full in left if full == word), None) or next(
            (full for full in left if 1 in (len(full), len(word)) and full[0] == word[0]), None
        )
        if match is None:
            return False
        left.remove(match)
    return any(len(word) > 1 for word in set(words) & set(others)) and any(
        len(word) == 1 for word in {*words} ^ {*others}
    )


def _run_together(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if max(len(words), len(others)) > _WORDS or sorted("".join(words)) != sorted("".join(others)):
        return False
    return not {"".join(way) for way in permutations(words)}.isdisjoint("".join(way) for way in permutations(others))


def _one_letter_off(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    mine, theirs = [*words], [*others]
    for word in words:
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    if len(mine) != 1 or len(theirs) != 1:
        return False
    short, long = sorted((mine[0], theirs[0]), key=len)
    if len(short) < _LONG or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        wrong = [index for index, letter in enumerate(short) if letter != long[index]]
        is_swapped = len(wrong) == 2 and (short[wrong[0]], short[wrong[1]]) == (long[wrong[1]], long[wrong[0]])
        return len(wrong) == 1 or (is_swapped and wrong[1] - wrong[0] == 1)
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def _undoubled(ways: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {
        tuple(
            sorted(
                word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a") for word in way
            )
        )
        for way in ways
    }  # fmt: skip


def is_part(part: str, name: str) -> bool:
    """Whether a text is part of a name, as a person types it: words in their order, the hyphens or not.

    Example:
        >>> from massstart.identity import is_part
        >>> is_part("gelinas", "Antoine GÉLINAS-BEAULIEU"), is_part("Mueller", "Jörg MÜLLER"), is_part("x", "Jörg MÜLLER")
        (True, True, False)
    """
    for wanted, within in product(_ways(part), _ways(name)):
        # A blank may stand for a hyphen.
        apart = " " in wanted and wanted.replace(" ", "") in within.replace(" ", "")
        if wanted and (wanted in within or apart or set(wanted.split()) <= set(within.split())):
            return True
    return False


def nation(code: str | None) -> str:
    """The code of a nation as nations are compared: without blanks around it, in capitals; empty where there is none.

    Example:
        >>> from massstart.identity import nation
        >>> nation(" ita "), nation(None)
        ('ITA', '')
    """
    return _bare(code).upper()


def word(text: str | None) -> str:
    """A round, an event, a division or a mark as they are compared: small letters, one blank between words.

    Example:
        >>> from massstart.identity import word
        >>> word(" Division  A"), word(None)
        ('division a', '')
    """
    return _bare(text).casefold()


def _bare(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").split())
