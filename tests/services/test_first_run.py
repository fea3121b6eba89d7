"""The way to a new register, without a window."""

from datetime import date

import pytest

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import use_language
from gdprdesk.services.first_run import FirstRun, Step
from gdprdesk.services.onboarding import Business

TODAY = date(2026, 11, 21)


@pytest.fixture
def run(tmp_path):
    return FirstRun(Business(name="", language="en"), TODAY, tmp_path)


@pytest.fixture
def named(run):
    run.tell(name="Kafé Lind")
    return run


def test_the_first_step_wants_a_name_and_a_right_number(run) -> None:
    assert set(run.problems()) == {"name"}
    assert not run.forward()
    run.tell(name="Kafé Lind", org_number="556036-0794")
    assert set(run.problems()) == {"org_number"}
    run.tell(org_number="556036-0793")
    assert run.forward()
    assert run.step is Step.TRADE


def test_it_goes_forward_and_back_within_the_four_steps(named) -> None:
    seen = [named.step]
    while named.forward():
        seen.append(named.step)
    assert seen == list(Step)
    for _time in range(9):
        named.back()
    assert named.step is Step.BUSINESS


def test_the_time_left_is_rounded_down(named) -> None:
    left = []
    for _step in Step:
        left.append(named.minutes_left)
        named.forward()
    assert left == [3, 2, 1, 1]  # 190, 160, 105 and 55 seconds


def test_skipping_leaves_a_step_as_it_was_proposed(named) -> None:
    named.skip()
    assert named.step is Step.BUSINESS  # nobody else knows the name
    named.forward()
    named.tell(extras=())
    named.skip()
    assert named.business.has == ("newsletter", "photos", "staff", "website")
    named.keep("orders", wanted=False)
    named.set_months("enquiries", 6)
    named.skip()
    assert (named.step, named.business.left_out, named.business.rules) == (Step.PASSWORD, (), None)


def test_what_is_left_out_can_be_kept_after_all(named) -> None:
    named.keep("orders", wanted=False)
    named.keep("orders", wanted=False)
    named.keep("diet", wanted=False)
    assert named.business.left_out == ("orders", "diet")
    named.keep("orders", wanted=True)
    assert named.business.left_out == ("diet",)


def test_a_period_of_ones_own_is_said_in_the_proposal(named) -> None:
    named.set_months("orders", 12)
    orders = next(one for one in named.proposal() if one.key == "orders")
    assert orders.length == "12 months"
    assert orders.periods == ("12 months after the last order or contact",)


@pytest.mark.parametrize("months", [0, -1, 601])
def test_a_period_has_a_sensible_length(named, months) -> None:
    with pytest.raises(DomainError):
        named.set_months("orders", months)


def test_a_long_period_wants_a_reason(named) -> None:
    named.set_months("orders", 36)
    with pytest.raises(DomainError, match="why it is needed"):
        named.set_months("orders", 37, " ")
    named.set_months("orders", 37, " The guarantee ")
    assert named.business.rules == {"orders": 37}
    assert named.business.reasons == {"orders": "The guarantee"}


def test_another_trade_begins_afresh(named) -> None:
    named.tell(extras=("cameras",))
    named.keep("enquiries", wanted=False)
    named.choose_trade("cafe")
    assert named.business.left_out == ("enquiries",)
    named.choose_trade("therapy")
    assert (named.business.left_out, named.business.has[0]) == ((), "shop")
    assert named.proposal()[0].key == "clients"


def test_what_is_not_known_of_the_business_is_said(named) -> None:
    assert len(named.missing()) == 4
    named.tell(org_number="556036-0793", address="Storgatan 1", contact="Maja", phone="0701740645")
    assert named.missing() == ()


def test_what_you_get_follows_from_what_you_have(named) -> None:
    all_of_it = named.offer()
    named.tell(extras=())
    little = named.offer()
    assert little.consents == ("Special diet",)
    assert "Newsletter" in all_of_it.consents
    assert little.activities < all_of_it.activities
    assert little.recipients < all_of_it.recipients
    assert little.example == ("Orders and bookings", "24 months after the last order or contact")


def test_the_folder_is_named_after_the_business_and_never_in_the_way(named, tmp_path) -> None:
    assert named.folder == tmp_path / "Kafé Lind.gdprdesk"
    named.folder.mkdir()
    assert named.folder == tmp_path / "Kafé Lind 2.gdprdesk"
    named.tell(name=' Å/Ä: "Ö"? \x00..')
    assert named.folder.name == "ÅÄ Ö.gdprdesk"
    named.tell(name="???")
    assert named.folder.name == "Register.gdprdesk"
    named.tell(name="x" * 500)
    named.folder.mkdir()


def test_the_words_are_those_of_the_register(named) -> None:
    named.tell(language="sv")
    use_language("en")
    assert "Nyhetsbrev" in named.offer().consents
