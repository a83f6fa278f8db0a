"""Many races at once come out as each of them does by itself."""

import contextlib
import itertools
import json
import os
from collections.abc import Hashable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from manyraces import books, disagreements, line, line_of, random_block

from massstart import InvalidRecord, Race, Row, Rulebook, Sheet, archive, load, loads, rank
from massstart.batch import ABSENT, STATUSES, Races, score, to_arrays, to_races
from massstart.conformance import cases
from massstart.testing import any_ids, races

_MASKS = ("status", "laps_completed", "last_times", "guests", "advanced")
#: As many races of each rulebook and policy; with the thorough profile, more than 100,000 in all.
ROUNDS = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 1


def wrong(some: list[Race]) -> list[str]:
    """The skaters of whom the arrays say something else than `rank`, directly and once there and back."""
    arrays = to_arrays(some)
    back = list(to_races(arrays))
    scored = score(arrays)
    return [*disagreements(arrays, scored, some), *disagreements(arrays, scored, back)]


def within(value: Any) -> Iterator[Race]:
    """Every race in the JSON of a vector, whatever it is a part of."""
    if isinstance(value, dict) and value.get("kind") == "race" and "finish" in value:
        with contextlib.suppress(InvalidRecord):  # which some vectors ask for
            yield loads(json.dumps(value), Race)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from within(part)


def sheets() -> Iterator[tuple[Sheet, tuple[Row, ...]]]:
    """The bundled sheets that settle their own order, each with its rows."""
    for record in map(load, archive()):
        assert isinstance(record, Sheet)
        with contextlib.suppress(InvalidRecord):
            yield record, rank(record).rows


def held(race: Race) -> str:
    """What the races of one block share."""
    return repr((race.rulebook, race.laps, race.sprint_laps, race.advance))


class TestEveryRow:
    """`score` and `rank` say the same of every skater."""

    @given(races(ids=any_ids()), st.data())
    def test_of_any_race(self, race: Race, data: st.DataObject) -> None:
        ids: tuple[Hashable, ...] = race.starters.ids
        guests = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
        advanced = [note for note in race.advanced if note.id not in guests]
        assert wrong([evolve(race, guests=guests, advanced=advanced)]) == []

    @given(st.lists(races(rulebook="isu-2024", own_distance=False, advance=8), min_size=1, max_size=5))
    def test_of_fields_of_different_sizes(self, some: list[Race]) -> None:
        assert wrong(some) == []

    @pytest.mark.parametrize("book", books(), ids=lambda book: "-".join(map(str, (
        book.id, book.sprint_dead_heat, book.disqualified_in_sprint, book.disqualified_at_finish, book.forfeits,
    ))))  # fmt: skip
    def test_of_random_races_with_every_status_tie_and_policy(self, book: Rulebook) -> None:
        chance = np.random.default_rng(books().index(book))
        for _ in range(ROUNDS):
            for skaters in (1, 2, 3, 5, 8, 13, 24, 40):
                some = random_block(chance, book, 6, skaters, guests=bool(chance.random() < 0.5))
                assert list(disagreements(some, score(some))) == []

    def test_of_every_vector(self) -> None:
        given_races = [race for case in cases() for race in within(case.given)]
        assert len(given_races) > 100
        for _, alike in groupby(sorted(given_races, key=held), key=held):
            some = [race for race in alike if len(race.finish.groups) == len({place for _, place in race.finish})]
            assert wrong(some) == []

    def test_of_every_bundled_race(self) -> None:
        # What is bundled are published sheets. Their facts make arrays without a detour over races.
        compared = 0
        for sheet, rows in sheets():
            book = sheet.rulebook
            gap = any((row.finish is None and row.at_full_distance) or None in row.sprints for row in rows)
            if gap or len(rows[0].sprints) != len(book.sprint_laps) + 1:
                continue
            points = np.array([row.sprints for row in rows]).T
            worth = dict(zip(book.intermediate, itertools.count(1), strict=False))
            scored = score(Races(
                rulebook=book, laps=sheet.laps, advance=sheet.advance,
                finish=[[row.finish or 0 for row in rows]],
                sprints=[[[worth.get(value, 0) for value in sprint] for sprint in points[:-1].tolist()]],
                status=[[STATUSES.index(row.status) for row in rows]],
                laps_completed=[[row.laps or 0 for row in rows]],
                last_times=[[row.time.milliseconds if row.time else -1 for row in rows]],
                advanced=[[row.qualified == "q" for row in rows]],
            ))  # fmt: skip
            found = [line(scored, 0, column) for column in range(len(rows))]
            assert found == [line_of(row) for row in rows], sheet.id
            compared += 1
        assert compared >= 9


class TestLaws:
    """What arrays alone can show."""

    @pytest.mark.parametrize("seed", range(20))
    def test_order_of_races_and_columns_means_nothing(self, seed: int) -> None:
        chance = np.random.default_rng(seed)
        some = random_block(chance, books()[seed], 40, int(chance.integers(2, 30)))
        rows, columns = chance.permutation(len(some)), chance.permutation(some.skaters)
        arrays: dict[str, Any] = {
            name: getattr(some, name)[rows][..., columns] for name in ("finish", "sprints", *_MASKS)
        }
        plain, moved = score(some), score(evolve(some, **arrays))
        for name in ("rank", "total", "points", "finish", "qualified"):
            assert (getattr(plain, name)[rows][..., columns] == getattr(moved, name)).all()

    @pytest.mark.parametrize("seed", range(20))
    def test_columns_for_nobody_change_nothing(self, seed: int) -> None:
        chance = np.random.default_rng(seed)
        some = random_block(chance, books()[-seed], 40, 12)
        wide: dict[str, Any] = {
            name: np.concatenate([array, np.full((*array.shape[:-1], 300), ABSENT if name == "status" else 0, array.dtype)], -1)
            for name in ("finish", "sprints", *_MASKS)
            for array in [getattr(some, name)]
        }  # fmt: skip
        plain, padded = score(some), score(evolve(some, **wide))
        for name in ("rank", "total", "points", "finish", "qualified"):
            assert (getattr(padded, name)[..., :12] == getattr(plain, name)).all()
            assert not getattr(padded, name)[..., 12:].any()

    @pytest.mark.parametrize("chunks", [1, 3, 7, 40])
    def test_chunks_give_the_same_bytes(self, chunks: int) -> None:
        some = random_block(np.random.default_rng(chunks), books()[5], 40, 24)
        whole = score(some)
        parts = [score(part) for part in some.blocks(-(-40 // chunks))]
        for name in ("rank", "total", "points", "finish", "qualified"):
            joined = np.concatenate([getattr(part, name) for part in parts])
            assert (joined.dtype, joined.tobytes()) == (getattr(whole, name).dtype, getattr(whole, name).tobytes())
