"""What must hold in the example municipality's data files before anybody loads them."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "example" / "data"
TOML_FILES = ("municipality", "register", "round_2024", "coding_2024", "cases", "templates")
CSV_FILES = ("results_2022", "supplier_split_2022", "satisfaction_2020_2023")
KEY_COLUMNS = ["measure", "version", "unit", "period", "framework", "supplier_cvr", "lot", "benefit_group", "service"]
RESULT_COLUMNS = [*KEY_COLUMNS, "denominator", "outcomes", "note"]
STAFF_ROLES = {"procurement", "jobcentre", "director", "secretariat", "auditor", "administrator"}
BLOCK_TOKEN = re.compile(r"\[\[([a-z_]+)(?::([\w-]+))?\]\]")
INLINE_TOKEN = re.compile(r"\{([a-z_0-9]+)\}")
FRAMEWORK = "udsatte-sygemeldte"
PUBLISHED_BASES = {"aktivitetsparate": 1286, "ressourceforloeb": 1236, "sygemeldte": 3393, "ledighedsydelse": 175}
PUBLISHED_OUTCOMES = {
    "job_2m": {"aktivitetsparate": 62, "ressourceforloeb": 8, "sygemeldte": 206, "ledighedsydelse": 24, "*": 300},
    "education_2m": {"aktivitetsparate": 5, "ressourceforloeb": 1, "sygemeldte": 9, "ledighedsydelse": 0, "*": 15},
    "plan_6m": {"aktivitetsparate": 202, "ressourceforloeb": 293, "sygemeldte": 783, "ledighedsydelse": 13, "*": 1291},
}


def load_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def load_csv(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


MUNICIPALITY, REGISTER, ROUND, CODING, CASES, TEMPLATES = (load_toml(name) for name in TOML_FILES)
RESULTS, SPLIT, SATISFACTION = (load_csv(name) for name in CSV_FILES)
EXCERPTS = {excerpt["key"]: excerpt for excerpt in CODING["excerpts"]}
SUPPLIER_RECOMMENDATIONS = {
    item["key"]: supplier for supplier, report in ROUND["reports"].items() for item in report["recommendations"]
}


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)


def bodies(case: dict[str, Any]) -> dict[str, str]:
    parts = {part["key"]: part["body"] for part in case["sections"] + case.get("annexes", [])}
    notes = {f"note {key}": note["body"] for key, note in case["notes"].items()}
    return {"lead": case["lead"]} | parts | notes


def word_count(text: str) -> int:
    return len(text.split())


def lix(text: str) -> float:
    """Words a sentence plus the share of words over six letters, tokens and marks taken out."""
    plain = re.sub(r"\[\[.*?\]\]|\]\(.*?\)", "", re.sub(r"\{\w+\}", "12", text))
    words = re.findall(r"[^\W\d_]+|\d+", plain)
    sentences = len(re.findall(r"[.!?:](?=\s|$)", plain)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / max(1, len(words))


def suppliers_for(target_group: str) -> set[str]:
    lots = {code for code, lot in REGISTER["lots"].items() if target_group in lot["target_groups"]}
    return {contract["supplier"] for contract in REGISTER["contracts"].values() if contract["lot"] in lots}


def split_rows(measure: str, benefit_group: str) -> list[dict[str, str]]:
    return [row for row in SPLIT if (row["measure"], row["benefit_group"]) == (measure, benefit_group)]


def total(rows: list[dict[str, str]], column: str) -> int:
    return sum(int(row[column]) for row in rows)


# --- municipality -------------------------------------------------------------------------------------------------------------


def test_meetings_are_mondays_with_an_earlier_agenda_deadline_on_a_monday() -> None:
    for committee in MUNICIPALITY["committees"].values():
        dates = [meeting["date"] for meeting in committee["meetings"]]
        assert dates == sorted(set(dates))
        assert {day.weekday() for meeting in committee["meetings"] for day in meeting.values()} == {0}
        assert all(m["date"] - m["agenda_deadline"] == dt.timedelta(days=14) for m in committee["meetings"])


def test_decisions_were_made_at_a_meeting_and_number_their_points() -> None:
    for decision in MUNICIPALITY["decisions"].values():
        meetings = MUNICIPALITY["committees"][decision["committee"]]["meetings"]
        assert decision["decided_on"] in {meeting["date"] for meeting in meetings}
        assert [point["number"] for point in decision["points"]] == list(range(1, len(decision["points"]) + 1))


def test_the_fact_sheet_was_asked_for_in_three_points() -> None:
    decision = MUNICIPALITY["decisions"]["faktaark-bestilling"]
    assert (decision["decided_on"].year, decision["decided_on"].month, len(decision["points"])) == (2023, 2, 3)


def test_there_is_one_user_for_each_role_and_two_for_suppliers() -> None:
    roles = Counter(user["role"] for user in MUNICIPALITY["users"].values())
    assert roles == Counter([*STAFF_ROLES, "supplier", "supplier"])
    suppliers = {user["supplier"] for user in MUNICIPALITY["users"].values() if user["role"] == "supplier"}
    assert len(suppliers) == 2
    assert suppliers <= set(REGISTER["suppliers"])


# --- register -----------------------------------------------------------------------------------------------------------------


def test_cvr_numbers_pass_the_check_and_differ() -> None:
    numbers = [supplier["cvr"] for supplier in REGISTER["suppliers"].values()]
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    assert len(set(numbers)) == len(numbers) == 8
    for number in numbers:
        assert re.fullmatch(r"9\d{7}", number)
        assert sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0


def test_lots_name_known_frameworks_target_groups_services_and_benefit_groups() -> None:
    assert set(REGISTER["lots"]) == {"1", "2", "3", "4"}
    for code, lot in REGISTER["lots"].items():
        assert lot["framework"] in REGISTER["frameworks"]
        assert str(lot["number"]) == code
        for kind in ("target_groups", "services", "benefit_groups"):
            assert set(lot[kind]) <= set(REGISTER[kind])


def test_each_supplier_holds_one_contract_in_one_or_two_lots() -> None:
    pairs = [(contract["supplier"], contract["lot"]) for contract in REGISTER["contracts"].values()]
    assert len(set(pairs)) == len(pairs)
    assert set(Counter(supplier for supplier, _ in pairs).values()) == {1, 2}
    assert {supplier for supplier, _ in pairs} == set(REGISTER["suppliers"])
    assert {lot for _, lot in pairs} == set(REGISTER["lots"])


def test_contracts_lie_within_their_framework() -> None:
    for contract in REGISTER["contracts"].values():
        framework = REGISTER["frameworks"][REGISTER["lots"][contract["lot"]]["framework"]]
        assert contract["signed_on"] <= contract["starts_on"]
        assert contract["starts_on"] >= framework["starts_on"]
        assert contract["base_ends_on"] <= framework["base_ends_on"]
        assert contract["options_exercised"] <= contract["option_count"] <= framework["option_count"]


def test_framework_options_are_decided_before_the_term_they_prolong_ends() -> None:
    for framework in REGISTER["frameworks"].values():
        ends_on = framework["base_ends_on"]
        for option in framework["options_exercised"]:
            assert option["decided_on"] < ends_on < option["ends_on"]
            ends_on = option["ends_on"]


def test_case_numbers_follow_the_formats_and_are_used_once() -> None:
    records = [*REGISTER["frameworks"].values(), *REGISTER["contracts"].values(), *CASES.values()]
    f2 = [record["f2_case_number"] for record in records]
    edoc = [record["edoc_case_number"] for record in records]
    assert all(re.fullmatch(r"\d{4} - \d+", number) for number in f2)
    assert len(set(f2)) == len(f2)
    assert all(re.fullmatch(r"\d{4}-\d{7}", number) for number in edoc)
    assert len(set(edoc)) == len(edoc)


# --- figures ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [RESULTS, SPLIT, SATISFACTION], ids=CSV_FILES)
def test_every_code_of_a_row_is_in_the_register(rows: list[dict[str, str]]) -> None:
    numbers = {supplier["cvr"] for supplier in REGISTER["suppliers"].values()}
    for row in rows:
        version = REGISTER["measures"][row["measure"]]["versions"][row["version"]]
        assert row["unit"] == version["unit"]
        assert row["framework"] in {"*", *REGISTER["frameworks"]}
        assert row["lot"] in {"*", *REGISTER["lots"]}
        assert row["benefit_group"] in {"*", *REGISTER["benefit_groups"]}
        assert row["service"] in {"*", *REGISTER["services"]}
        assert row["supplier_cvr"] in {"*", *numbers}


@pytest.mark.parametrize("rows", [RESULTS, SPLIT, SATISFACTION], ids=CSV_FILES)
def test_no_row_says_the_same_twice(rows: list[dict[str, str]]) -> None:
    keys = [tuple(row[column] for column in KEY_COLUMNS) for row in rows]
    assert len(set(keys)) == len(keys)


def test_deliveries_name_the_files_that_exist() -> None:
    assert {delivery["file"] for delivery in REGISTER["deliveries"].values()} == {f"{name}.csv" for name in CSV_FILES}


@pytest.mark.parametrize("rows", [RESULTS, SPLIT], ids=CSV_FILES[:2])
def test_results_have_the_columns_of_the_import_and_possible_counts(rows: list[dict[str, str]]) -> None:
    assert list(rows[0]) == RESULT_COLUMNS
    assert all(0 <= int(row["outcomes"]) <= int(row["denominator"]) for row in rows)


def test_framework_figures_are_the_published_ones() -> None:
    bases = PUBLISHED_BASES | {"*": 6065}
    expected = {(m, g): (bases[g], n) for m, groups in PUBLISHED_OUTCOMES.items() for g, n in groups.items()}
    found = {(row["measure"], row["benefit_group"]): (int(row["denominator"]), int(row["outcomes"])) for row in RESULTS}
    assert found == expected
    assert {(row["framework"], row["supplier_cvr"], row["period"]) for row in RESULTS} == {(FRAMEWORK, "*", "2022")}


@pytest.mark.parametrize("measure", PUBLISHED_OUTCOMES)
def test_suppliers_add_up_to_each_benefit_group(measure: str) -> None:
    for group, base in PUBLISHED_BASES.items():
        rows = split_rows(measure, group)
        assert total(rows, "denominator") == base
        assert total(rows, "outcomes") == PUBLISHED_OUTCOMES[measure][group]


@pytest.mark.parametrize("measure", PUBLISHED_OUTCOMES)
def test_supplier_totals_are_sums_of_groups_and_add_up_to_6090(measure: str) -> None:
    for row in split_rows(measure, "*"):
        groups = [
            r for g in PUBLISHED_BASES for r in split_rows(measure, g) if r["supplier_cvr"] == row["supplier_cvr"]
        ]
        assert int(row["denominator"]) == total(groups, "denominator")
        assert int(row["outcomes"]) == total(groups, "outcomes")
    assert total(split_rows(measure, "*"), "denominator") == 6090
    assert total(split_rows(measure, "*"), "outcomes") == PUBLISHED_OUTCOMES[measure]["*"]


def test_a_suppliers_base_is_the_same_under_each_measure() -> None:
    bases = {(row["supplier_cvr"], row["benefit_group"], row["denominator"]) for row in SPLIT}
    assert len(bases) * len(PUBLISHED_OUTCOMES) == len(SPLIT)


def test_the_split_follows_the_contracts_of_the_first_framework() -> None:
    expected = {
        (REGISTER["suppliers"][contract["supplier"]]["cvr"], group)
        for contract in REGISTER["contracts"].values()
        if REGISTER["lots"][contract["lot"]]["framework"] == FRAMEWORK
        for group in [*REGISTER["lots"][contract["lot"]]["benefit_groups"], "*"]
    }
    assert {(row["supplier_cvr"], row["benefit_group"]) for row in SPLIT} == expected


def test_constructed_figures_say_so() -> None:
    totals = {row["note"] for row in SPLIT if row["benefit_group"] == "*"}
    assert totals == {"konstrueret fordeling (sum af grupper)"}
    assert {row["note"] for row in SPLIT if row["benefit_group"] != "*"} == {"konstrueret fordeling"}
    (citizens,) = (row for row in SATISFACTION if row["measure"] == "citizens_in_courses")
    assert citizens["denominator"] == "12034"
    assert citizens["note"].startswith("konstrueret tal")


def test_satisfaction_means_are_the_published_ones_without_a_number_of_responses() -> None:
    means = {(row["measure"], row["lot"], row["service"]): float(row["mean"]) for row in SATISFACTION if row["mean"]}
    assert means == {
        ("satisfaction_all", "1", "virksomhedsrettet"): 4.1,
        ("satisfaction_overall", "1", "virksomhedsrettet"): 4.4,
        ("satisfaction_all", "1", "mentor"): 4.3,
        ("satisfaction_overall", "1", "mentor"): 4.7,
        ("satisfaction_all", "2", "*"): 3.9,
        ("satisfaction_overall", "2", "*"): 4.4,
    }
    assert {(row["denominator"], row["outcomes"]) for row in SATISFACTION if row["mean"]} == {("", "")}
    assert {row["denominator"] for row in SATISFACTION if row["measure"] == "survey_responses"} == {"1356"}


# --- the round ----------------------------------------------------------------------------------------------------------------


def test_there_are_three_general_questions_and_two_or_three_for_each_target_group() -> None:
    counts = Counter(question["target_group"] for question in ROUND["questions"].values())
    assert counts.pop("") == 3
    assert set(counts) == set(REGISTER["target_groups"])
    assert set(counts.values()) <= {2, 3}
    positions = [question["position"] for question in ROUND["questions"].values()]
    assert positions == list(range(1, len(positions) + 1))


def test_each_supplier_answers_its_questions_once_and_no_others() -> None:
    assert set(ROUND["reports"]) == set(REGISTER["suppliers"])
    for supplier, report in ROUND["reports"].items():
        expected = {
            key
            for key, question in ROUND["questions"].items()
            if not question["target_group"] or supplier in suppliers_for(question["target_group"])
        }
        assert sorted([*report["answers"], *report.get("not_relevant", {})]) == sorted(expected)


def test_one_supplier_finds_a_question_not_relevant() -> None:
    reasons = [reason for report in ROUND["reports"].values() for reason in report.get("not_relevant", {}).values()]
    assert len(reasons) == 1
    assert word_count(reasons[0]) > 10


@pytest.mark.parametrize("supplier", ROUND["reports"])
def test_answers_are_as_long_as_a_supplier_writes(supplier: str) -> None:
    for key, text in ROUND["reports"][supplier]["answers"].items():
        is_general = not ROUND["questions"][key]["target_group"]
        low, high = (90, 180) if is_general else (60, 140)
        assert low <= word_count(text) <= min(high, ROUND["questions"][key]["word_limit"]), key


@pytest.mark.parametrize("supplier", ROUND["reports"])
def test_suppliers_give_two_to_four_recommendations(supplier: str) -> None:
    items = ROUND["reports"][supplier]["recommendations"]
    assert ROUND["round"]["recommendations_min"] <= len(items) <= ROUND["round"]["recommendations_max"]
    assert all(40 <= word_count(item["text"]) <= 80 and item["heading"] for item in items)
    assert all(item["key"].startswith(f"{supplier}-") for item in items)


def test_reports_were_handed_in_within_the_round() -> None:
    opens, due = ROUND["round"]["opens_on"], ROUND["round"]["due_on"]
    assert all(opens <= report["submitted_at"].date() <= due for report in ROUND["reports"].values())
    assert ROUND["round"]["requested_by"] in MUNICIPALITY["decisions"]


# --- the coding ---------------------------------------------------------------------------------------------------------------


def test_excerpts_stand_word_for_word_once_in_their_answer() -> None:
    assert len(EXCERPTS) == len(CODING["excerpts"])
    for excerpt in EXCERPTS.values():
        assert ROUND["reports"][excerpt["report"]]["answers"][excerpt["question"]].count(excerpt["text"]) == 1


def test_themes_are_a_tree_of_branches_and_every_leaf_is_used() -> None:
    themes = CODING["themes"]
    branches = {key for key, theme in themes.items() if not theme["parent"]}
    assert 3 <= len(branches) <= 4
    assert {theme["parent"] for theme in themes.values() if theme["parent"]} == branches
    assert {excerpt["theme"] for excerpt in EXCERPTS.values()} == set(themes) - branches


def test_each_main_point_rests_on_two_suppliers_or_more() -> None:
    assert len(CODING["main_points"]) == 6
    for point in CODING["main_points"]:
        excerpts = [EXCERPTS[key] for key in point["excerpts"]]
        assert len({excerpt["report"] for excerpt in excerpts}) >= 2, point["key"]
        assert {excerpt["question"] for excerpt in excerpts} == {point["question"]}
        assert not ROUND["questions"][point["question"]]["target_group"]
        assert 60 <= word_count(point["text"]) <= 110
        assert lix(point["text"]) < 50


def test_contrary_excerpts_exist_and_are_not_counted() -> None:
    for point in CODING["main_points"]:
        assert set(point["contrary_excerpts"]) <= set(EXCERPTS)
        assert not set(point["contrary_excerpts"]) & set(point["excerpts"])


def test_each_recommendation_rests_on_two_suppliers_or_more() -> None:
    assert 4 <= len(CODING["recommendations"]) <= 5
    for item in CODING["recommendations"]:
        suppliers = {EXCERPTS[key]["report"] for key in item["excerpts"]}
        suppliers |= {SUPPLIER_RECOMMENDATIONS[key] for key in item["supplier_recommendations"]}
        assert len(suppliers) >= 2, item["key"]


def test_replies_take_every_stance_with_a_reason_and_a_decision_maker() -> None:
    replies = [item["reply"] for item in CODING["recommendations"]]
    assert {reply["stance"] for reply in replies} == {"follow", "partly", "not"}
    assert all(word_count(reply["text"]) > 20 and reply["decided_by"] for reply in replies)
    assert all(lix(reply["text"]) < 50 for reply in replies)


def test_the_lead_counts_the_replies_right() -> None:
    stances = Counter(item["reply"]["stance"] for item in CODING["recommendations"])
    assert stances == {"follow": 2, "partly": 2, "not": 1}
    expected = "følger to af deres fem anbefalinger, to følger den delvist, og én følger den ikke"
    assert expected in CASES["erfaringsopsamling-2024"]["lead"]


def test_two_initiatives_are_under_way() -> None:
    initiatives = [item for rec in CODING["recommendations"] for item in rec.get("initiatives", [])]
    assert [initiative["is_under_way"] for initiative in initiatives] == [True, True]


# --- the cases ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", CASES)
def test_a_case_belongs_to_a_meeting_an_officer_and_a_decision(key: str) -> None:
    case = CASES[key]
    meetings = {m["date"]: m for m in MUNICIPALITY["committees"][case["committee"]]["meetings"]}
    decision = MUNICIPALITY["decisions"][case["requested_by"]]
    assert case["document_date"] <= meetings[case["meeting_date"]]["agenda_deadline"]
    assert decision["decided_on"] < case["document_date"]
    assert MUNICIPALITY["users"][case["case_officer"]]["role"] == "procurement"
    assert case["round"] in {"", ROUND["round"]["key"]}


@pytest.mark.parametrize("key", CASES)
def test_every_point_asked_for_is_answered_in_a_section(key: str) -> None:
    points = {point["number"] for point in MUNICIPALITY["decisions"][CASES[key]["requested_by"]]["points"]}
    assert {answer["point"] for answer in CASES[key]["answers"]} == points
    assert {answer["section"] for answer in CASES[key]["answers"]} <= {s["key"] for s in CASES[key]["sections"]}


def test_the_fact_sheet_is_dated_after_its_data() -> None:
    assert all(d["extracted_on"] <= CASES["faktaark-2023"]["document_date"] for d in REGISTER["deliveries"].values())


@pytest.mark.parametrize("key", CASES)
def test_block_tokens_stand_alone_and_name_something(key: str) -> None:
    case = CASES[key]
    known = {"results_table": "results_tables", "chart": "charts", "table": "tables", "note": "notes"}
    for body in bodies(case).values():
        for line in filter(BLOCK_TOKEN.search, body.splitlines()):
            match = BLOCK_TOKEN.fullmatch(line)
            assert match, line
            kind, name = match.groups()
            if kind == "quote":
                assert name in EXCERPTS
            elif name:
                assert name in case[known[kind]]


@pytest.mark.parametrize("key", CASES)
def test_inline_tokens_are_defined_and_every_definition_is_used(key: str) -> None:
    case = CASES[key]
    used = {name for body in bodies(case).values() for name in INLINE_TOKEN.findall(body)}
    footnotes = {f"fodnote_{name}" for name in case["footnotes"]}
    assert used == footnotes | set(case["references"]) | set(case["figures"])


@pytest.mark.parametrize("key", CASES)
def test_references_lead_to_a_block_or_annex_with_that_anchor(key: str) -> None:
    case = CASES[key]
    places = {"results_table": "results_tables", "chart": "charts", "table": "tables"}
    for anchor, target in case["references"].items():
        kind, _, name = target.partition(":")
        if kind == "annex":
            assert anchor in {annex["anchor"] for annex in case["annexes"] if annex["key"] == name}
        else:
            definition = case[places[kind]][name] if name else case[kind]
            assert definition["anchor"] == anchor


def test_every_token_is_documented() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for case in CASES.values():
        text = "\n".join(bodies(case).values())
        blocks = {f"[[{kind}:KEY]]" if name else f"[[{kind}]]" for kind, name in BLOCK_TOKEN.findall(text)}
        inline = {f"{{{name}}}" for name in INLINE_TOKEN.findall(text) if not name.startswith("fodnote_")}
        assert {token for token in blocks | inline | {"{fodnote_KEY}"} if f"`{token}`" not in readme} == set()


def test_every_figure_is_one_row_of_the_data() -> None:
    coordinates = ("measure", "version", "unit", "period", "framework", "lot", "benefit_group", "service")
    rows = Counter(tuple(row[c] for c in coordinates) for row in RESULTS + SATISFACTION)
    for figure in CASES["faktaark-2023"]["figures"].values():
        assert rows[tuple(figure[c] for c in coordinates)] == 1, figure


@pytest.mark.parametrize("key", CASES)
def test_sections_read_easily(key: str) -> None:
    assert {name: round(lix(body)) for name, body in bodies(CASES[key]).items() if lix(body) >= 50} == {}


def test_the_fact_sheet_has_its_three_chapters_and_blocks() -> None:
    case = CASES["faktaark-2023"]
    chapters = [section["heading"] for section in case["sections"]]
    kinds = Counter(kind for body in bodies(case).values() for kind, _ in BLOCK_TOKEN.findall(body))
    assert chapters == ["Udvalgets spørgsmål", "Resultater", "Borgertilfredshed", "Samarbejdet", "Kilder"]
    assert kinds == {
        "requested_points": 1,
        "results_table": 2,
        "satisfaction_table": 1,
        "chart": 1,
        "table": 1,
        "note": 3,
        "sources": 1,
    }


def test_the_learnings_case_has_the_sections_of_a_recommendation() -> None:
    keys = [section["key"] for section in CASES["erfaringsopsamling-2024"]["sections"]]
    assert keys == [
        "resume",
        "indstilling",
        "problemstilling",
        "loesning",
        "oekonomi",
        "politisk_handlerum",
        "videre_proces",
        "underskrifter",
        "beslutning",
        "bilag",
    ]


@pytest.mark.parametrize("key", CASES)
def test_a_case_has_the_sections_of_its_template_in_order(key: str) -> None:
    (template,) = (template for template in TEMPLATES.values() if template["kind"] == CASES[key]["kind"])
    expected = [(section["key"], section["heading"]) for section in template["sections"]]
    assert [(section["key"], section["heading"]) for section in CASES[key]["sections"]] == expected


def test_no_figure_in_running_text_is_about_education() -> None:
    assert not [
        figure for case in CASES.values() for figure in case["figures"].values() if "education" in figure["measure"]
    ]


# --- what may not be there ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_no_file_holds_a_number_like_a_cpr_number(path: Path) -> None:
    cpr_like = r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)"
    assert not re.search(cpr_like, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_addresses_on_the_net_are_reserved_ones(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    hosts = re.findall(r"[\w.+-]+@([\w.-]+\w)", text) + re.findall(r"https?://([\w.-]+\w)", text)
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_answers_name_nobody_from_the_register() -> None:
    people = {user["name"] for user in MUNICIPALITY["users"].values()}
    people |= {supplier["contact_name"] for supplier in REGISTER["suppliers"].values()}
    texts = [text for report in ROUND["reports"].values() for text in texts_in(report["answers"])]
    assert not [name for name in people for text in texts if name in text]
