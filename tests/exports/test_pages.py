from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.exports.pages import Group, Strip, paginate

HEIGHT = 100.0


@st.composite
def _groups(draw: st.DrawFn) -> list[Group]:
    groups = []
    for _group in range(draw(st.integers(1, 25))):
        heights = draw(st.lists(st.floats(1, 30), min_size=1, max_size=8))
        header = [Strip(5.0, outline="header")] if draw(st.booleans()) else []
        groups.append(
            Group(
                [Strip(height) for height in heights],
                above=draw(st.floats(0, 20)),
                glued=draw(st.booleans()),
                header=header,
            )
        )
    return groups


@given(_groups())
def test_every_strip_is_printed_once_in_order_and_on_the_paper(groups: list[Group]):
    pages = paginate(groups, HEIGHT)
    printed = [strip for page in pages for _at, strip in page if not strip.outline]
    wanted = [strip for group in groups for strip in group.strips]
    assert list(map(id, printed)) == list(map(id, wanted))
    for page in pages:
        bottoms = [0.0, *(at + strip.height for at, strip in page)]
        assert all(at >= bottom - 1e-6 for (at, _strip), bottom in zip(page, bottoms, strict=False))
        assert bottoms[-1] <= HEIGHT + 0.1


@given(_groups())
def test_what_fits_on_a_page_is_not_parted_nor_unglued(groups: list[Group]):
    pages = paginate(groups, HEIGHT)
    page_of = {id(strip): index for index, page in enumerate(pages) for _at, strip in page}
    chain: list[Group] = []
    for group in groups:
        chain.append(group)
        if group.glued and group is not groups[-1]:
            continue
        if sum(one.height for one in chain) + 5.0 <= HEIGHT:
            assert len({page_of[id(strip)] for one in chain for strip in one.strips}) == 1
        chain = []


def test_a_page_that_begins_within_a_group_begins_with_its_header():
    header = Strip(10.0)
    table = [Group([Strip(40.0)], header=[header]) for _row in range(4)]
    pages = paginate([Group([Strip(30.0)]), *table], HEIGHT)
    assert [page[0][1] is header for page in pages] == [False, True, True]


def test_the_distance_above_is_dropped_at_the_head_of_a_page():
    pages = paginate([Group([Strip(90.0)]), Group([Strip(20.0)], above=15.0)], HEIGHT)
    assert [page[0][0] for page in pages] == [0.0, 0.0]
