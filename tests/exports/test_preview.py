from gdprdesk.exports import PDF
from gdprdesk.exports.preview import page_count, render_page
from tests.exports.samples import document, pages, sales


def test_the_preview_is_the_file_itself():
    pdf = PDF.render(document(sales(120)))
    assert page_count(pdf) == len(pages(pdf)) > 2
    picture = render_page(pdf, 1, 600)
    assert (picture.width, picture.height) in {(600, 849), (600, 848)}
    assert picture.stride >= 4 * 600
    assert len(picture.dots) == picture.stride * picture.height


def test_the_paper_is_white_and_the_ink_is_not():
    picture = render_page(PDF.render(document(sales(3))), 0, 400)
    assert picture.dots[:3] == b"\xff\xff\xff"
    shades = {picture.dots[at : at + 3] for at in range(0, len(picture.dots), 4)}
    assert min(sum(shade) for shade in shades) < 250
    assert len(shades) > 10
