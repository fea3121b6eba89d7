"""A survey that breaks its promise of anonymity is pointed out, by heading and by what is in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.survey import SurveyColumn, Trace, find_traces

# As scripts that read SurveyMonkey's file have its first columns (find: "RespondentID,CollectorID,
# StartDate,EndDate,IP Address,Email Address,First Name,LastName,Custom Data").
SURVEYMONKEY = (
    *("RespondentID", "CollectorID", "StartDate", "EndDate", "IP Address", "Email Address"),
    *("First Name", "LastName", "Custom Data", "Vad tycker du om oss?", "Betyg"),
)
# As Microsoft Forms writes it, in many public repositories.
MICROSOFT = ("ID", "Start time", "Completion time", "Email", "Name", "Hur var maten?")
# As Google Forms does when it gathers addresses.
GOOGLE = ("Timestamp", "Email Address", "Hva synes du?")


def found(header: tuple[str, ...], *rows: tuple[str, ...]) -> dict[str, SurveyColumn]:
    return {one.heading: one for one in find_traces(header, rows, 2)}


def test_surveymonkey_with_all_it_can_gather() -> None:
    row = ("1181", "42", "2026-11-01", "2026-11-01", "81.230.1.9", "asa@example.com")
    columns = found(
        SURVEYMONKEY,
        (*row, "Åsa", "Öberg", "", "Bra kaffe", "5"),
        ("1182", "42", "", "", "2001:db8:0:0:0:0:2:1", "", "", "", "", "Ring 070-174 06 45", "4"),
    )
    assert {heading: (one.traces, one.rows) for heading, one in columns.items()} == {
        "RespondentID": ((Trace.LINK,), 2),
        "CollectorID": ((Trace.LINK,), 2),
        "IP Address": ((Trace.IP,), 2),
        "Email Address": ((Trace.EMAIL,), 1),
        "First Name": ((Trace.NAME,), 1),
        "LastName": ((Trace.NAME,), 1),
        "Vad tycker du om oss?": ((Trace.PHONE,), 1),
    }
    assert columns["Vad tycker du om oss?"].row_numbers == (3,)
    assert columns["First Name"].whole


def test_what_was_never_gathered_breaks_no_promise() -> None:
    anonymous = ("1", "10:00", "10:05", "anonymous", "", "Bra")
    assert found(MICROSOFT, anonymous) == {}
    assert found(GOOGLE, ("2026-11-01 10:00:00", "", "Bra, 8 av 10. Kl 12.30-13.15")) == {}


def test_microsoft_and_google_forms_with_accounts() -> None:
    row = ("1", "10:00", "10:05", "bjørn@example.no", "Bjørn Sæther", "Bra")
    assert list(found(MICROSOFT, row)) == ["Email", "Name"]
    assert list(found(GOOGLE, ("2026-11-01", "bjørn@example.no", "Bra"))) == ["Email Address"]


def test_what_people_write_about_themselves_is_found() -> None:
    said = {
        "mejla mig på åsa@example.se": Trace.EMAIL,
        "Mitt nummer är 811218-9876": Trace.IDENTITY_NUMBER,
        "Jag bor på Storgatan 12": Trace.ADDRESS,
        "+47 22 12 34 56": Trace.PHONE,
        "10.0.0.12": Trace.IP,
    }
    for text, trace in said.items():
        (column,) = find_traces(("Annat",), [(text,), ("Bra",), ("Nej",)], 2)
        assert column.traces == (trace,), text
        assert not column.whole
    for text in ("Version 1.2.3", "2026-11-21 10:05", "Öppet 10-18", "450 kr", "100 000 000"):
        assert find_traces(("Annat",), [(text,)], 2) == (), text


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=8))
def test_whatever_is_written_is_counted_right(rows) -> None:
    for one in find_traces(("IP Address", "Fritt"), rows, 2):
        assert 0 < one.rows <= len(rows)
        assert all(2 <= number < 2 + len(rows) for number in one.row_numbers)
