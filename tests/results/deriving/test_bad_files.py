"""Files that are wrong: each has its sentence, and no sentence holds what stands in a row."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest
from django.utils.translation import override

from results.deriving.refusals import File, FilesRefusedError
from results.deriving.running import Derivation, derive
from results.deriving.sources import look_at
from tests.results.deriving import worlds
from tests.results.deriving.worlds import COLUMNS, Row, course, derived, figures, person, register, written

SECRET = "hemmelig"
CPR = "0101701234"
REGISTER = register(person(y_2222="730", branche_2022_06=""), person("p2", y_2222="771"))


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def refusal(folder: Path, courses: list[Row], people: list[Row] = REGISTER, **options) -> list[str]:
    with pytest.raises(FilesRefusedError) as caught:
        derived(folder, courses, people, **options)
    told = [str(problem) for problem in caught.value.problems]
    assert not any(SECRET in text or CPR in text for text in told)
    assert not any((folder / "work").iterdir())
    return told


def run(folder: Path, **options) -> Derivation:
    """Count files that are already there."""
    paths = [next(path for path in folder.iterdir() if path.name.startswith(name)) for name in ("courses", "register")]
    return derive(
        *paths,
        **{
            "as_of": dt.date(2023, 6, 30),
            "definitions": worlds.DEFINITIONS,
            "frameworks": worlds.FRAMEWORKS,
            "work_in": folder / "work",
            **options,
        },
    )


def refused(folder: Path, **options) -> list[str]:
    with pytest.raises(FilesRefusedError) as caught:
        run(folder, **options)
    told = [str(problem) for problem in caught.value.problems]
    assert not any(SECRET in text or CPR in text for text in told)
    return told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"start": "2022-02-30"}, "Courses, row 3, column start: This is not a date that exists. "),
        ({"end": "31-04-2022"}, "Courses, row 3, column end: This is not a date that exists. "),
        ({"end": SECRET}, "Courses, row 3, column end: This is not a date that exists. "),
        ({"end": "1-2-22"}, "Courses, row 3, column end: This is not a date that exists. "),
        ({"plan_on": "2022-13-01"}, "Courses, row 3, column plan_on: This is not a date that exists. "),
        ({"start": ""}, "Courses, row 3, column start: The course has no start. "),
        ({"end": "2021-12-31"}, "Courses, row 3, column end: The course ends before it starts. "),
        ({"person_key": ""}, "Courses, row 3, column person_key: The person's key is missing. "),
        ({"course_id": " "}, "Courses, row 3, column course_id: The course's id is missing. "),
        ({"person_key": CPR}, "Courses, row 3, column person_key: The key or the course's id looks like a CPR number"),
        ({"person_key": "010170-1234"}, "Courses, row 3, column person_key: The key or the course's id looks like"),
        ({"course_id": CPR}, "Courses, row 3, column person_key: The key or the course's id looks like a CPR number"),
        ({"person_key": "101701234"}, "Courses, column person_key: The key or the course's id looks like a CPR number"),
        ({"service": f"x {CPR}"}, "Courses, column service: The column holds what looks like a CPR number."),
        ({"course_id": "c1"}, "Courses, row 3, column course_id: The id is that of a course in an earlier row. "),
        (
            {"course_id": f"{CPR}-2"},
            "Courses, row 3, column person_key: The key or the course's id looks like a CPR number",
        ),
        ({"supplier_cvr": CPR}, "Courses, column supplier_cvr: The column holds what looks like a CPR number."),
        ({"end": "epoch"}, "Courses, row 3, column end: This is not a date that exists. "),
        ({"end": "2022-03-31 (BC)"}, "Courses, row 3, column end: This is not a date that exists. "),
    ],
)
def test_a_wrong_course_is_named_by_its_row_and_column(fields: dict[str, str], told: str, tmp_path: Path) -> None:
    found = refusal(tmp_path, [course(), course(**{"number": "c2", **_renamed(fields)})])
    assert len(found) == 1
    assert found[0].startswith(told)


def _renamed(fields: dict[str, str]) -> dict[str, str]:
    return {{"person_key": "person", "course_id": "number"}.get(name, name): value for name, value in fields.items()}


def test_every_wrong_row_is_told_up_to_a_number_of_each_kind(tmp_path: Path) -> None:
    rows = [course(number=f"c{number}", start="x") for number in range(25)]
    found = refusal(tmp_path, rows)
    assert len(found) == 21
    assert found[0].startswith("Courses, row 2, column start")
    assert found[-1].startswith("Courses, column start: The same in 5 more rows.")


def test_ids_that_stand_more_than_once_are_told_by_their_later_rows(tmp_path: Path) -> None:
    rows = [course(number="c1"), *(course(f"p{number}", "c1") for number in range(25)), course(number=" c2 ")]
    found = refusal(tmp_path, rows)
    assert found[0].startswith("Courses, row 3, column course_id: The id is that of a course in an earlier row.")
    assert found[-1].startswith("Courses, column course_id: The same in 5 more rows.")
    assert len(found) == 21


CPR_IN_DISGUISE = (
    "0101701234.0",
    "010170.1234",
    "01-01-70-1234",
    "01011970-1234",
    "010119701234",
    "010170\u20111234",
    "\u00a00101701234\u200b",
    "'0101701234",
    "DK0101701234",
    "CPR: 010170 1234",
)


@pytest.mark.parametrize("key", CPR_IN_DISGUISE, ids=ascii)
def test_a_cpr_number_in_disguise_is_refused_in_both_files(key: str, tmp_path: Path) -> None:
    told = refusal(tmp_path, [course(), course(key, "c2")])[0]
    assert told.startswith("Courses, row 3, column person_key: The key or the course's id looks like a CPR number")
    people = register(person(y_2222="730"), person(key, y_2222="730"))
    assert refusal(tmp_path, [course()], people)[0].startswith("Register, column person_key: The key looks like a CPR")


@pytest.mark.parametrize(
    "key", ["K0101701234", "3201701234", "20110101-12", "a0101701234f0101701234e0101701234", "0101701234567890"]
)
def test_a_pseudonym_that_only_resembles_one_is_a_key(key: str, tmp_path: Path) -> None:
    people = register(person(key, y_2222="771"))
    found = figures(derived(tmp_path, [course(key)], people))
    assert found[("education_2m", "courses", "2022", "*", "*", "*", "*", "*")] == (1, 0, 0, 0, 0)


def test_a_column_of_anything_but_codes(tmp_path: Path) -> None:
    rows = [course(number=f"c{number}", service=f"s{number}") for number in range(2001)]
    told = "Courses, column service: The column holds 2001 different values, so they are no codes. "
    assert refusal(tmp_path, rows) == [f"{told}Check that the columns have the right heads."]


def test_more_courses_than_the_memory_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of millions takes too long to write here; the limit itself is what `bench.derivation` measures."""
    monkeypatch.setattr("results.deriving.checking.MOST_COURSES", 2)
    rows = [course(number=f"c{number}") for number in range(3)]
    told = "Courses: The file holds 3 ended courses; at most 2 can be counted. Count fewer years at a time."
    assert refusal(tmp_path, rows) == [told]
    assert derived(tmp_path, [*rows[:2], course(number="c9", end="")], REGISTER).ended == 2


def test_more_combinations_than_can_be_counted(tmp_path: Path) -> None:
    rows = [course(number=f"c{at}", service=f"s{at % 1000}", lot=f"l{at // 1000}") for at in range(100_001)]
    assert refusal(tmp_path, rows)[0].startswith(
        "Courses: The courses lie in 100001 combinations of their codes and quarters;"
    )


def test_columns_that_are_missing_or_stand_twice(tmp_path: Path) -> None:
    written(tmp_path / "register.csv", REGISTER)
    written(tmp_path / "courses.csv", [{"person_key": "p", "slut": "x"}])
    assert (
        "course_id, supplier_cvr, lot, benefit_group, service, start, end, end_reason, plan_on" in refused(tmp_path)[0]
    )
    (tmp_path / "courses.csv").write_text(";".join((*COLUMNS, "end")) + "\n")
    assert "These columns stand twice: end." in refused(tmp_path)[0]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("cpr;y_2222", "Register: The column person_key is missing."),
        ("person_key;uge_22", "Register: There are no weeks"),
        ("person_key;y_2222;Y_2222", "Register: These columns stand twice: y_2222."),
    ],
)
def test_a_register_without_its_columns(head: str, told: str, tmp_path: Path) -> None:
    written(tmp_path / "courses.csv", [course()], COLUMNS)
    (tmp_path / "register.csv").write_text(f"{head}\n" + ";".join("1" for _name in head.split(";")) + "\n")
    assert refused(tmp_path)[0].startswith(told)


def test_a_register_without_the_weeks_that_are_needed(tmp_path: Path) -> None:
    people = register(person(y_2221="730", y_2230="730", branche_2022_06=""))
    assert refusal(tmp_path, [course()], people)[0].startswith(
        "Register: 1 week that courses need is missing: y_2222. Choose an extract"
    )


def test_a_register_that_reaches_past_the_day_of_the_count(tmp_path: Path) -> None:
    people = register(person(y_2222="730", y_2227="730"))
    assert "y_2227, lies after" in refusal(tmp_path, [course()], people, as_of="2022-07-03")[0]
    assert derived(tmp_path, [course()], people, as_of="2022-07-04").last_week == "2022-W27"


def test_a_register_without_any_code(tmp_path: Path) -> None:
    assert "No week holds a code" in refusal(tmp_path, [course()], register(person(y_2222="", branche_2022_06="")))[0]


def test_a_cpr_number_in_the_register_is_refused_also_for_one_without_a_course(tmp_path: Path) -> None:
    people = register(person(y_2222="730"), person(CPR, y_2222="730"))
    assert refusal(tmp_path, [course()], people)[0].startswith(
        "Register, column person_key: The key looks like a CPR number"
    )


def test_a_person_who_stands_twice_in_the_register(tmp_path: Path) -> None:
    people = register(person(y_2222="730"), person(y_2222="771"))
    assert refusal(tmp_path, [course()], people)[0].startswith("Register, column person_key: A person with a course")


def test_codes_without_a_group_stop_the_count_with_their_numbers(tmp_path: Path) -> None:
    people = register(person(y_2222="555"), person("p2", y_2222="556"), person("p3", y_2222="777"))
    courses = [course(), course("p1", "c2"), course("p2", "c3")]
    assert "555 (2), 556 (1). " in refusal(tmp_path, courses, people)[0]
    found = derived(tmp_path, courses, people, count_unknown_as_not_found=True)
    assert found.unknown_codes == {"555": 2, "556": 1}
    assert figures(found)[("education_2m", "courses", "2022", "*", "*", "*", "*", "*")] == (0, 0, 0, 0, 3)


def test_a_code_that_is_a_text_is_listed_without_what_may_be_a_person(tmp_path: Path) -> None:
    people = register(person(y_2222="x12"), person("p2", y_2222=CPR))
    told = refusal(tmp_path, [course(), course("p2", "c2")], people)[0]
    assert "x12 (1)" in told
    assert "… (1)" in told


@pytest.mark.parametrize(
    "row", ["forecast;utf-8", "out of memory;gzip;converting;;;;;", "Invalid unicode;x", "CSV Error on Line: 77;x"]
)
def test_words_in_a_row_are_not_taken_for_those_of_the_engine(row: str, tmp_path: Path) -> None:
    (tmp_path / "courses.csv").write_text(as_text(COURSES) + f"{row}\n")
    (tmp_path / "register.csv").write_text(as_text(REGISTER))
    assert refused(tmp_path)[0].startswith("Courses, row 4: The row has another number of cells than the head")
    (tmp_path / "courses.csv").write_text(as_text(COURSES))
    (tmp_path / "register.csv").write_text(as_text(REGISTER) + f"{row};x;x\n")
    assert refused(tmp_path)[0].startswith("Register, row 4: The row has another number of cells than the head")


BROKEN = "The letters are broken: some are written as UTF-8, and some are not."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{head}\n{row}på\n".encode() + b"{row}p\xe5", "Courses, row 3: "),
        ("\ufeff{head}\n{row}".encode() + b"p\xe5", "Courses, row 2: "),
        ("{head}\n{row}på\n".encode() + b"{row}x\n" * 30_000 + b"{row}p\xe5\n", "Courses, row 30003: "),
        (b"{head}\n" + b"{row}x\n" * 30_000 + "{row}på\n".encode() + b"{row}p\xe5\n", "Courses: "),
    ],
    ids=["mixed", "marked", "late", "both-late"],
)
def test_broken_letters(content: bytes, told: str, tmp_path: Path) -> None:
    """Older letters alone are read; both kinds in one file would come to codes that nobody knows."""
    names = [name for name in COLUMNS if name != "course_id"]
    head = ";".join(["course_id", *(name for name in names if name != "service"), "service"]).encode()
    row = b";p1;11111111;A1;syge;2022-01-10;2022-03-31;x;;"
    lines = content.replace(b"{head}", head).split(b"\n")
    numbered = [line.replace(b"{row}", b"c%d" % at + row) for at, line in enumerate(lines)]
    (tmp_path / "courses.csv").write_bytes(b"\n".join(numbered))
    (tmp_path / "register.csv").write_text(as_text(REGISTER))
    assert refused(tmp_path)[0].startswith(told + BROKEN)


def test_a_packed_file_whose_bytes_have_changed(tmp_path: Path) -> None:
    """The engine reads past it: only the checksum tells."""
    written(tmp_path / "courses.csv", [course()], COLUMNS)
    packed = gzip.compress(as_text(REGISTER).encode())
    (tmp_path / "register.csv").write_bytes(packed[:-8] + b"\x00\x01\x02\x03" + packed[-4:])
    assert refused(tmp_path)[0].startswith("Register: The compressed file is damaged or cut off.")


def test_lines_before_the_head_that_end_otherwise(tmp_path: Path) -> None:
    (tmp_path / "courses.csv").write_text(as_text(COURSES))
    (tmp_path / "register.csv").write_bytes(b"\r\n" + as_text(REGISTER).encode())
    assert refused(tmp_path)[0].startswith("Register: The lines end in different ways")


def test_a_file_without_courses(tmp_path: Path) -> None:
    (tmp_path / "courses.csv").write_text(";".join(COLUMNS) + "\n")
    (tmp_path / "register.csv").write_text(as_text(REGISTER))
    assert refused(tmp_path)[0].startswith("Courses: The file holds no courses.")


def test_what_does_not_fit_the_memory_is_told(tmp_path: Path) -> None:
    rows = [course(f"p{number}", f"c{number}") for number in range(5000)]
    assert "needs more memory than a run may use" in refusal(tmp_path, rows, memory_mb=1)[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Register: The file is empty."),
        (b"  \n ", "Register: The file is empty."),
        (b"PK\x03\x04rest", "Register: The file is a workbook or an archive"),
        (b"PK\x05\x06" + b"\x00" * 18, "Register: The file is a workbook or an archive"),
        (b"\xff\xfep\x00e\x00", "Register: The file's letters are written as UTF-16"),
        (b"PAR1" + b"x" * 100, "Register: The Parquet file is damaged or not complete."),
        (b"\x1f\x8b" + b"x" * 100, "Register: The compressed file is damaged or cut off."),
        (f'person_key;y_2222\np1;730\np2;"{SECRET}\n'.encode(), "Register"),
        (f"person_key;y_2222\np1;730\np2;730;{SECRET};x\n".encode(), "Register, row 3: The row has another number"),
        (f"person_key;y_2222\np1;730\n{SECRET}\n".encode(), "Register, row 3: The row has another number"),
    ],
)
def test_a_file_that_is_no_table(content: bytes, told: str, tmp_path: Path) -> None:
    written(tmp_path / "courses.csv", [course()], COLUMNS)
    (tmp_path / "register.csv").write_bytes(content)
    assert refused(tmp_path)[0].startswith(told)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FilesRefusedError, match="cannot be found or opened"):
        look_at(tmp_path / "nothing.csv", File.COURSES, wanted=())


def test_a_packed_file_that_is_cut_off_after_its_beginning(tmp_path: Path) -> None:
    written(tmp_path / "courses.csv", [course()], COLUMNS)
    lines = "".join(f"k{number * 7919 % 1000003};{number % 900 + 100}\n" for number in range(400_000))
    packed = gzip.compress(f"person_key;y_2222\np1;730\n{lines}".encode())
    (tmp_path / "register.csv").write_bytes(packed[: len(packed) * 3 // 4])
    assert refused(tmp_path, count_unknown_as_not_found=True)[0].startswith(
        "Register: The compressed file is damaged or cut off."
    )


# --- what looks odd and is read all the same


def same_figures(folder: Path) -> bool:
    expected = worlds.expected([course(), course("p2", "c2")], REGISTER)
    return figures(run(folder)) == expected


def as_text(rows: list[Row], delimiter: str = ";", end: str = "\n", quote: str = "") -> str:
    names = list(rows[0])
    lines = [names, *([row[name] for name in names] for row in rows)]
    return "".join(delimiter.join(f"{quote}{cell}{quote}" for cell in line) + end for line in lines)


COURSES = [course(), course("p2", "c2")]


@pytest.mark.parametrize(
    "text",
    [
        {"delimiter": ","},
        {"delimiter": "\t"},
        {"end": "\r\n"},
        {"quote": '"'},
        {"quote": '"', "delimiter": ",", "end": "\r\n"},
    ],
    ids=str,
)
def test_separators_quotes_and_line_ends(text: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "courses.csv").write_bytes(as_text(COURSES, **text).encode())
    (tmp_path / "register.csv").write_bytes(as_text(REGISTER, **text).encode())
    assert same_figures(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_letters(encoding: str, tmp_path: Path) -> None:
    people = [{**row, "køn": "å"} for row in REGISTER]
    courses = [
        {**row, "benefit_group": "sygemeldte på dagpenge", "person_key": row["person_key"] + "ø"} for row in COURSES
    ]
    people = [{**row, "person_key": row["person_key"] + "ø"} for row in people]
    (tmp_path / "courses.csv").write_bytes(as_text(courses).encode(encoding))
    (tmp_path / "register.csv").write_bytes(as_text(people).encode(encoding))
    assert figures(run(tmp_path)) == worlds.expected(courses, people)


def test_older_letters_that_come_only_late_in_the_file(tmp_path: Path) -> None:
    filler = "".join(f"k{number};730;;x\n" for number in range(120_000))
    (tmp_path / "courses.csv").write_bytes(as_text(COURSES).encode())
    head = "person_key;y_2222;branche_2022_06;note\np1;730;;x\np2;771;;x\n"
    (tmp_path / "register.csv").write_bytes(f"{head}{filler}kæ;730;;å\n".encode("latin-1"))
    assert same_figures(tmp_path)


def test_a_packed_file_and_odd_names(tmp_path: Path) -> None:
    (tmp_path / "courses [1]*.csv.gz").write_bytes(gzip.compress(as_text(COURSES).encode()))
    (tmp_path / "register's.gz").write_bytes(gzip.compress(as_text(REGISTER).encode()))
    assert same_figures(tmp_path)


@pytest.mark.parametrize(
    "dates",
    [
        ("10-01-2022", "31-03-2022"),
        ("10.01.2022", "31.03.2022"),
        ("10/01/2022", "31/03/2022"),
        ("10.1.2022", "31.3.2022"),
        ("2022-01-10T00:00:00", "2022-03-31 00:00:00"),
        ("2022-1-10", "2022-3-31"),
        (" 2022-01-10 ", "2022-03-31\t"),
        ("10-01-2022 00:00", "31.3.2022 00:00:00"),
    ],
)
def test_dates_as_people_and_programs_write_them(dates: tuple[str, str], tmp_path: Path) -> None:
    odd = [{**row, "start": dates[0], "end": dates[1]} for row in COURSES]
    (tmp_path / "courses.csv").write_bytes(as_text(odd).encode())
    (tmp_path / "register.csv").write_bytes(as_text(REGISTER).encode())
    assert same_figures(tmp_path)


@pytest.mark.parametrize("code", ["730.0", " 730", "0730", "730 "])
def test_codes_as_programs_write_them(code: str, tmp_path: Path) -> None:
    people = [{**row, "y_2222": code if row["y_2222"] == "730" else row["y_2222"]} for row in REGISTER]
    (tmp_path / "courses.csv").write_bytes(as_text(COURSES).encode())
    (tmp_path / "register.csv").write_bytes(as_text(people).encode())
    assert same_figures(tmp_path)


def test_a_code_that_is_no_number_comes_only_late_in_the_file(tmp_path: Path) -> None:
    filler = "".join(f"k{number};730;\n" for number in range(120_000))
    (tmp_path / "courses.csv").write_bytes(as_text(COURSES).encode())
    (tmp_path / "register.csv").write_text(f"{as_text(REGISTER)}{filler}k;x1;A12\n")
    assert same_figures(tmp_path)


def test_the_last_week_is_found_also_when_only_a_late_row_has_it(tmp_path: Path) -> None:
    filler = "".join(f"k{number};730;;\n" for number in range(120_000))
    (tmp_path / "courses.csv").write_bytes(as_text(COURSES).encode())
    head = "person_key;y_2222;y_2230;branche_2022_06\np1;730;;\np2;771;;\n"
    (tmp_path / "register.csv").write_text(f"{head}{filler}k;;730;\n")
    assert run(tmp_path).last_week == "2022-W30"


@pytest.mark.parametrize("before", ["sep=;\r\n", "\r\n;;;\r\n", "\ufeffsep=;\r\n\r\n"])
def test_lines_before_the_head(before: str, tmp_path: Path) -> None:
    (tmp_path / "courses.csv").write_bytes((before + as_text(COURSES, end="\r\n")).encode())
    (tmp_path / "register.csv").write_bytes((before + as_text(REGISTER, end="\r\n")).encode())
    assert same_figures(tmp_path)
    assert run(tmp_path).last_week == "2022-W22"


def test_heads_in_capitals_in_another_order_among_other_columns(tmp_path: Path) -> None:
    def turned(rows: list[Row]) -> list[Row]:
        return [{"alder": "40", **{name.upper(): row[name] for name in reversed(row)}, "note": '5" x'} for row in rows]

    (tmp_path / "courses.csv").write_text(as_text(turned(COURSES)))
    (tmp_path / "register.csv").write_text(as_text(turned(REGISTER)))
    assert same_figures(tmp_path)


@pytest.mark.parametrize("kind", ["text", "numbers", "floats"])
def test_parquet(kind: str, tmp_path: Path) -> None:
    import duckdb

    cast = {"text": "varchar", "numbers": "smallint", "floats": "double"}[kind]
    (tmp_path / "c.csv").write_bytes(as_text(COURSES).encode())
    (tmp_path / "r.csv").write_bytes(as_text(REGISTER).encode())
    with duckdb.connect() as connection:
        for name, rest in (
            ("c", 'start::date as start, "end"::timestamp as "end"'),
            ("r", f"y_2222::{cast} as y_2222"),
        ):
            target = tmp_path / {"c": "courses.parquet", "r": "register.parquet"}[name]
            connection.execute(
                f"copy (select * replace ({rest}) from read_csv('{tmp_path / name}.csv', all_varchar = true)) "
                f"to '{target}' (format parquet)"
            )
    (tmp_path / "c.csv").unlink()
    (tmp_path / "r.csv").unlink()
    assert same_figures(tmp_path)
