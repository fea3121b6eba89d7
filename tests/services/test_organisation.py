

def test_a_sole_trader_may_give_her_own_number(desk: Desk) -> None:
    desk.run(update_organisation, org_number="8803200016")
    assert desk.ask(show_organisation).org_number == "880320-0016"
