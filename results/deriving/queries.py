"""The sentences that are put to the engine, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from results.deriving.sources import Kind, Source

# A CPR number as people and programs write it: with its century, with signs between its parts (a space below), behind letters
# that say what it is, with the `.0` of a number, or followed by a running number.
_CPR = (
    " (?:(?:cpr|cprnr|dk) )?"
    "(?:(?:0[1-9]|[12][0-9]|3[01]) (?:0[13578]|1[02])|(?:0[1-9]|[12][0-9]|30) (?:0[469]|11)|(?:0[1-9]|[12][0-9]) 02)"
    " (?:19|20)?[0-9]{2} [0-9]{4}(?:[.,]0+|[^0-9A-Za-z]+[0-9]{1,4})? "
).replace(" ", "[^0-9A-Za-z]*")
# A date as ISO or Danish, day before month, both also with a time; null for what is none.
MACROS = rf"""
create temp macro sane_day(day) as case when year(day) between 1900 and 9999 then day end;
create temp macro is_digit(t) as t between '0' and '9';
create temp macro read_danish(t) as cast(try_strptime(replace(replace(t, '.', '-'), '/', '-'), '%d-%m-%Y') as date);
create temp macro read_day(t) as sane_day(case
    when not is_digit(t[1:1]) then null
    when t[5:5] = '-' then case
        when length(t) = 10 then try_cast(t as date)
        when length(t) < 10 then cast(try_strptime(t, '%Y-%m-%d') as date)
        when t[11:11] in (' ', 'T') and is_digit(t[12:12]) then try_cast(t[1:10] as date) end
    when length(t) <= 10 then read_danish(t)
    when is_digit(split_part(t, ' ', 2)[1:1]) then read_danish(split_part(t, ' ', 1))
end);
create temp macro is_cpr(t) as length(t) between 10 and 24 and regexp_full_match(t, '{_CPR}', 'i');
create temp macro is_short_cpr(t) as length(t) = 9 and is_cpr('0' || t);
create temp macro filled(t) as nullif(trim(t, ' ' || chr(9) || chr(160)), '');
"""
# What may be wrong with a course, in the order in which it is told.
PROBLEMS = (
    "key_is_cpr",
    "key_missing",
    "id_missing",
    "start_missing",
    "start_unread",
    "end_unread",
    "plan_unread",
    "end_before_start",
)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def table(source: Source, path: Path, types: Mapping[int, str]) -> str:
    """Return the table function of a file; text columns are named c0, c1, … and are text unless `types` says otherwise."""
    if source.kind is Kind.PARQUET:
        return f"read_parquet({quoted(str(path))})"
    columns = ", ".join(f"'c{place}': '{types.get(place, 'VARCHAR')}'" for place in range(len(source.head)))
    packing = "gzip" if source.kind is Kind.GZIP else "none"
    return (
        f"read_csv({quoted(str(path))}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"delim = {quoted(source.delimiter)}, quote = '\"', escape = '\"', skip = {source.skipped_lines}, "
        f"encoding = '{source.encoding}', compression = '{packing}')"
    )


def column(source: Source, place: int) -> str:
    return name(source.head[place]) if source.kind is Kind.PARQUET else f"c{place}"


def course_rows(source: Source, path: Path, places: Mapping[str, int], *, numbered: bool = False) -> str:
    """Return the query for courses with dates read, a state (0 ended, 1 running, 2 entered by mistake) and a problem.

    Its one parameter is the last day that is known.
    """
    texts = ", ".join(f"filled(cast({column(source, place)} as varchar)) as {key}_" for key, place in places.items())
    line = f", row_number() over () + {1 + source.skipped_lines} as line" if numbered else ""
    return f"""
        select person_key_ as person_key, course_id_ as course_id, supplier_cvr_ as supplier, lot_ as lot,
            benefit_group_ as benefit_group, service_ as service, starts, ends, plan{", line" if numbered else ""},
            case when is_mistake then 2 when end_ is null or ends > $1 then 1 else 0 end::tinyint as state,
            case when is_cpr(person_key_) or is_cpr(course_id_) then 1
                when is_mistake then 0
                when person_key_ is null then 2
                when course_id_ is null then 3
                when start_ is null then 4
                when starts is null then 5
                when end_ is not null and ends is null then 6
                when plan_on_ is not null and plan is null then 7
                when ends < starts then 8
                else 0 end::tinyint as problem
        from (select *, read_day(start_) as starts, read_day(end_) as ends, read_day(plan_on_) as plan,
                coalesce(lower(end_reason_) = 'fejloprettet', false) as is_mistake
            from (select {texts}{line} from {table(source, path, {})}))"""


def look_up(
    source: Source,
    path: Path,
    *,
    key: int,
    weeks: Sequence[int],
    months: Sequence[int],
    tail: Sequence[int],
    numbers: frozenset[int],
    windows: Sequence[int],
) -> str:
    """Return the query for what each wanted course finds in the register, in one pass of the wide file.

    `weeks` and `months` are the columns that courses point into, from 1; `tail` are weeks after the last that a look at the
    file found filled. A row is kept when a course wants it, when its key must be refused or when its tail is filled.
    """
    types = dict.fromkeys(numbers, "INTEGER") | {place: "SMALLINT" for place in (*weeks, *tail) if place in numbers}
    person = f"filled(cast({column(source, key)} as varchar))"
    week_list = ", ".join(_cell(source, place, numbers, "smallint") for place in weeks) or "null"
    month_list = ", ".join(_cell(source, place, numbers, "integer") for place in months) or "null"
    filled = " ".join(
        f"when {_filled(source, place, numbers)} then {number}"
        for number, place in reversed([*enumerate(tail, start=1)])
    )
    last = f"case {filled} end" if filled else "null"
    found = "".join(
        f", [{week_list}][w.week_{window}] as code_{window}"
        f", {_is_filled_cell(f'[{month_list}][w.month_{window}]', months, numbers)} as works_{window}"
        for window in windows
    )
    return f"""
        create or replace temp table found as
        select w.ix, is_cpr(person)::boolean as is_cpr, tail::smallint as tail{found}
        from (select *, {person} as person, {last} as tail from {table(source, path, types)}) r
        left join wanted w on r.person = w.person_key
        where w.ix is not null or tail is not null or is_cpr(person)"""


def _cell(source: Source, place: int, numbers: frozenset[int], kind: str) -> str:
    if place not in numbers:
        return f"cast({column(source, place)} as varchar)"
    return column(source, place) if source.is_text else f"try_cast({column(source, place)} as {kind})"


def _filled(source: Source, place: int, numbers: frozenset[int]) -> str:
    cell = column(source, place)
    return f"{cell} is not null" if place in numbers else f"filled(cast({cell} as varchar)) is not null"


def _is_filled_cell(cell: str, places: Sequence[int], numbers: frozenset[int]) -> str:
    is_numbers = all(place in numbers for place in places)
    return f"({cell}) is not null" if is_numbers else f"filled({cell}) is not null"
