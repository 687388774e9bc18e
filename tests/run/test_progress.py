"""What a run tells while it works."""

import io

from rashomon.run.progress import Lines


def test_plain_lines_tell_each_stage_once_and_nothing_where_nothing_was_done():
    out = io.StringIO()
    lines = Lines(out, every=1000)
    lines.begin("annotate", 3)
    lines.advance(2)
    lines.advance(1)
    lines.end()
    lines.begin("compare", 0)
    lines.end()
    assert out.getvalue().startswith("annotate: 3/3, ")
    assert out.getvalue().count("\n") == 1


def test_long_stages_tell_how_much_is_left():
    out = io.StringIO()
    lines = Lines(out, every=0)
    lines.begin("annotate", 4)
    lines.advance(2)
    assert "annotate: 2/4" in out.getvalue() and "s left" in out.getvalue()
