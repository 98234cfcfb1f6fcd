"""What the disk has refused is tried again, and never kept twice."""

from dataclasses import replace

from t2i_studio.studio.keeping import Keeper
from tests.studio.conftest import Bench
from tests.studio.late import LateBackground


def test_a_picture_that_is_tried_twice_is_kept_once(bench: Bench) -> None:
    session = bench.session
    session.generate()
    bench.run()
    (made,) = session.staging.candidates
    session.staging.put(made, refused := replace(made, is_saved=False))
    late = LateBackground()
    keeper = Keeper(session.shelf, session.staging, late)
    keeper.keep_again()
    keeper.keep_again()
    assert len(late.waiting) == 1
    late.work()
    (kept,) = session.staging.candidates
    assert kept.is_saved
    session.staging.put(kept, refused)
    keeper.keep_again()
    assert len(late.waiting) == 1
