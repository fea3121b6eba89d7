"""A window has one theme; the tests of the window share it."""

import pytest

from gdprdesk_ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def _worn(qapp):
    return Theme(qapp)


@pytest.fixture
def theme(_worn):
    """The theme of the window, light and at 100 %, and again so afterwards."""
    _worn.use(scheme=Scheme.LIGHT, text_scale=1.0, high_contrast=False)
    yield _worn
    _worn.use(scheme=Scheme.LIGHT, text_scale=1.0, high_contrast=False)


@pytest.fixture(params=[(Scheme.LIGHT, 1.0), (Scheme.LIGHT, 1.5), (Scheme.DARK, 1.0)], ids=str)
def every_look(request, theme):
    """Light and dark, text at 100 and 150 %."""
    theme.use(scheme=request.param[0], text_scale=request.param[1])
    return theme
