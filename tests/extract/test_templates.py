"""What the names of elements say of the lines in them."""

import numpy as np
import pytest

from rashomon.extract.templates import measure_names, names, numbered, together
from rashomon.extract.visible import tree, visible

PAGE = """<html><body><div class="menu12 top"><p>News</p></div>
<div class="post"><p>{long}</p></div><div class="post"><p>{long}</p><p>Short.</p></div></body></html>"""


@pytest.fixture
def lines():
    return visible(tree(PAGE.format(long="The dam of Tolmeda held through the night, the mayor said. " * 2))).lines


def test_numbers_are_left_out_of_names_and_own_elements_are_apart_from_those_around(lines):
    assert lines[0].path == ("p", "div menu top", "body")
    assert names(lines[0].path) == ("<p0", "menu1", "top1", "<div menu top1", "<body1")


def test_lines_in_elements_named_alike_are_together_wherever_they_stand(lines):
    of_path, of_name, nearest, *_ = (which.tolist() for which in together(lines))
    assert of_path == [0, 1, 1, 1]
    assert of_name == [0, 0, 0, 0]
    assert nearest == [0, 1, 2, 2]
    assert numbered("abcab").tolist() == [0, 1, 2, 0, 1]


def test_what_is_measured_of_lines_together(lines):
    rows = measure_names(lines, {"post1": 2.0, "menu1": -1.0})
    assert rows.shape == (4, 31)
    path = rows[:, 18:27]  # by all three elements
    assert path[0, 0] == 0 and path[1, 0] == pytest.approx(1)  # share of the page's running text
    assert np.array_equal(path[1], path[3])
    assert path[1, 2] == pytest.approx(np.log1p(3))
    assert rows[0, 27:].tolist() == pytest.approx([-1, -1, -1, 0.1])
    assert rows[1, 27:].tolist() == pytest.approx([2, 2, 2, 0.1])
    assert measure_names(lines, {})[0, 27:].tolist() == [0, 0, 0, 0]
