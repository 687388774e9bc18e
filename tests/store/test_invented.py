"""The invented dossier that speed is measured on is a dossier: it verifies, is searched, and is made the same again."""

from benchmarks._invented import Inventor
from rashomon.store.dossier import Dossier
from rashomon.store.verify import verify


def test_an_invented_dossier_holds_together_and_is_made_the_same_again(tmp_path):
    for name in ("one", "two"):
        Inventor(24).write(tmp_path / name)
    one, two = Dossier(tmp_path / "one"), Dossier(tmp_path / "two")
    assert verify(one).spans > 1000
    assert one.manifest == two.manifest and one.manifest.rows["articles"] == 24
    name = one.sql("SELECT name FROM entities ORDER BY name LIMIT 1").to_pylist()[0]["name"]
    assert one.search(f'"{name}"').total == two.search(f'"{name}"').total > 0
