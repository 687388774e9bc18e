"""The main job: from paths to a dossier, each stage over what is not yet done, and the tables published at the end."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
from threadpoolctl import threadpool_limits

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

from rashomon import pipeline
from rashomon.errors import DossierError, NothingReadable
from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.flow import Grouping, Judged, Resolved
from rashomon.model.identity import digest
from rashomon.model.records import Judgement, Mention, Rejected
from rashomon.pipeline import CHAIN, GroupStage
from rashomon.read.intake import Intake
from rashomon.run import collect, compared, corrected, grown
from rashomon.run import revised as revisions
from rashomon.run.corpus import Corpus, links_beside, positions_beside, rejected, row_digests
from rashomon.run.fingerprint import fingerprint, models
from rashomon.run.local import Executor
from rashomon.run.progress import Progress
from rashomon.run.tasks import GroupTask, MapTask
from rashomon.settings import Settings
from rashomon.store import judgements
from rashomon.store.dossier import Dossier
from rashomon.store.files import sweep, write_parquet
from rashomon.store.manifest import FORMAT, NAME, Manifest
from rashomon.store.publish import Results, publish
from rashomon.version import VERSION


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, for its last line."""

    path: Path
    new: int  # sources read for the first time
    rejected: int  # sources of this call that could not be read
    changed: bool  # whether the dossier changed
    rows: dict[str, int]  # table: rows, as they are now


class Job:
    """One run into one dossier; the folder is made if absent, and locked while the run works."""

    def __init__(self, folder: Path, settings: Settings, executor: Executor, progress: Progress) -> None:
        self._folder, self._work = folder, folder / "work"
        self._settings, self._executor, self._progress = settings, executor, progress
        self._unjudged: set[Path] = set()  # what stages gave in this run before it was corrected: kept for the next
        self._grouped: Path | None = None  # the grouping of this run, before articles were moved

    def run(self, inputs: Sequence[str], intake: Intake | None = None) -> Summary:
        """Read `inputs` into the dossier.

        Raises NothingReadable if none of them held an article that could be read (what was rejected is recorded
        all the same), DossierError if the dossier is newer, damaged, in use, or cannot be written.
        """
        pipeline.check()
        if (self._folder / NAME).exists():
            Manifest.load(self._folder)  # refuses a dossier of a newer version before anything is touched
        with self._lock():
            if intake and intake.known:
                judgements.learn(self._folder, intake.known)
            collected = collect.gather(self._work, inputs, self._settings, self._progress, intake)
            try:
                manifest, changed = self._bring_up_to_date()
            finally:
                self._executor.close()
        if not manifest.rows["articles"] or (collected.rejected and not collected.new and not collected.known):
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(manifest.rejected.items()))
            raise NothingReadable(
                f"Nothing could be read from {', '.join(inputs)} ({reasons or 'no files found'}). "
                f'See why: rashomon query {self._folder} "SELECT * FROM rejected"'
            )
        return Summary(self._folder, collected.new, collected.rejected, changed, manifest.rows)

    def judge(self, change: Callable[[list[Judgement]], list[Judgement]]) -> Summary:
        """Change the log of judgements, and bring the dossier up to date with it; DossierError as `run` raises it."""
        pipeline.check()
        Manifest.load(self._folder)
        with self._lock():
            judgements.save(self._folder, change(judgements.load(self._folder)))
            try:
                manifest, changed = self._bring_up_to_date()
            finally:
                self._executor.close()
        return Summary(self._folder, 0, 0, changed, manifest.rows)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold the dossier for this run; DossierError if another run holds it, or the folder is something else."""
        if self._folder.exists() and not self._folder.is_dir():
            raise DossierError(f"{self._folder} is a file, not a folder: choose another name for the dossier.")
        if self._folder.is_dir() and not self._work.exists() and any(self._folder.iterdir()):
            raise DossierError(f"{self._folder} holds other things and is no dossier: choose another name.")
        try:
            self._work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DossierError(f"{self._folder} cannot be made ({error.strerror}): check the path.") from error
        with (self._work / ".lock").open("w") as held:
            if fcntl is None:  # no locks of this kind on Windows: there, two runs at once are the user's to avoid
                yield
                return
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise DossierError(f"Another run is writing {self._folder}: wait for it to end.") from error
            yield

    def _bring_up_to_date(self) -> tuple[Manifest, bool]:
        """Run what is not done for the sources held; returns the manifest, and whether anything was published."""
        inputs = _inputs(collect.held(self._work))
        stages = {step.name: fingerprint(step) for step in CHAIN}
        if (self._folder / NAME).exists() and self._is_current(inputs, stages):
            return Manifest.load(self._folder), False
        results = self._stages()
        files, rows = publish(self._folder, results)
        reasons: dict[str, int] = {}
        for reason in results.rejected.column("reason").to_pylist():
            reasons[reason] = reasons.get(reason, 0) + 1
        manifest = Manifest(
            format=FORMAT,
            version=VERSION,
            models=models(),
            stages=stages,
            settings={"max_source": self._settings.max_source},
            inputs=inputs,
            rejected=dict(sorted(reasons.items())),
            rows=rows,
            tables=files,
            judged=judgements.state(self._folder),
        )
        if self._grouped is not None:
            self._unjudged.add(grown.note(self._folder, manifest, self._grouped))
        manifest.save(self._folder)
        sweep(self._folder / "tables", {self._folder / file for listed in files.values() for file in listed})
        self._sweep_work(results)
        return manifest, True

    def _is_current(self, inputs: Mapping[str, str], stages: Mapping[str, str]) -> bool:
        """Whether the published dossier is what these inputs and stages would give."""
        published = Dossier(self._folder)
        unread = {row for row in published.records(Rejected) if row.stage == "read"}
        manifest = published.manifest
        same = manifest.inputs == inputs and manifest.stages == stages
        same = same and manifest.judged == judgements.state(self._folder)
        return same and unread == set(collect.rejections(self._work))

    def _stages(self) -> Results:
        """Every stage in its order, over what is not yet done."""
        sizes = collect.sizes(self._work)
        extracted = self._map("extract", {n: (self._work / "sources" / f"{n}.parquet",) for n in sizes}, sizes)
        annotated = self._map("annotate", {name: (path,) for name, path in extracted.items()}, sizes)
        corpus = Corpus.of(annotated)
        unread = collect.rejected_table(
            [
                *collect.rejections(self._work),
                *rejected(extracted.values()),
                *rejected(annotated.values()),
                *corpus.duplicates,
            ]
        )
        log = judgements.table(self._folder)
        if not corpus.articles:
            return Results((), (), (), (), (), (), unread, log)
        resolved, links = self._resolve(corpus)
        grouped, places = self._group(corpus, links)
        placed = self._map(
            "place", {p.name: (p.path, links[p.name], places[p.name]) for p in corpus.parts}, sizes, corpus
        )
        grouping = from_arrow(Grouping, pq.read_table(grouped))[0]
        revised = self._whole("revise", [repr(grouping.versions)], revisions.pairs(corpus, placed, grouping))
        digests = row_digests(corpus, (links, places))
        dated = self._groups(compared.Groups.storylines(grouping), corpus, placed, digests)
        comparisons = [
            self._dismissed(path, grouping)
            for path in self._groups(compared.Groups.events(grouping), corpus, placed, digests)
        ]
        return Results(list(placed.values()), [resolved], [grouped], comparisons, dated, [revised], unread, log)

    def _groups(
        self, groups: compared.Groups, corpus: Corpus, placed: Mapping[str, Path], digests: Mapping[str, str]
    ) -> list[Path]:
        """Run a group stage over the groups whose result is not there; returns the files of all results."""
        folder = self._work / groups.step / fingerprint(pipeline.find(groups.step))
        tasks = compared.tasks(folder, corpus, placed, groups, digests)
        self._do(groups.step, tasks, sum(len(task.groups) for task in tasks))
        return compared.prune(folder, compared.keys(groups, digests))

    def _map(
        self, name: str, given: Mapping[str, tuple[Path, ...]], sizes: Mapping[str, int], corpus: Corpus | None = None
    ) -> dict[str, Path]:
        """Run a map stage over the partitions whose output is not there; returns the output of each.

        An output is named by the partition and by the content-named files joined to it, in a folder named by the
        stage's fingerprint: so it is there if, and only if, it would come out the same.
        """
        folder = self._work / name / fingerprint(pipeline.find(name))
        rows = {part.name: part.rows for part in corpus.parts} if corpus else {}
        outputs, tasks = {}, []
        for part, inputs in given.items():
            joined = digest("\n".join([*(path.stem for path in inputs[1:]), repr(rows.get(part))]).encode())[:16]
            outputs[part] = folder / (f"{part}-{joined}.parquet" if corpus else f"{part}.parquet")
            if not outputs[part].exists():
                tasks.append(MapTask(name, inputs, rows.get(part), outputs[part], sizes[part]))
        self._do(name, tasks, sum(task.size for task in tasks))
        return outputs

    def _do(self, name: str, tasks: Sequence[MapTask | GroupTask], total: int) -> None:
        """Have tasks done and tell of them; nothing is told where there is nothing to do."""
        if tasks:
            self._progress.begin(name, total)
            self._executor.run(tasks, self._progress)
            self._progress.end()

    def _whole(self, name: str, key: Sequence[str], table: pa.Table, beside: str = "") -> Path:
        """Run a group stage over all articles as one group, unless its output is there."""
        path = self._output(name, key, beside)
        if not path.exists():
            self._progress.begin(name, table.num_rows)
            with threadpool_limits(limits=1):
                given = cast(GroupStage, pipeline.load(pipeline.find(name)))(table)
            write_parquet(path, given)
            self._progress.advance(table.num_rows)
            self._progress.end()
        return path

    def _output(self, name: str, key: Sequence[str], beside: str = "") -> Path:
        """Where the result of a group stage over all articles lies: named by these, and by what stood beside them."""
        parts = [digest(repr(key).encode())[:16], *([digest(beside.encode())[:16]] if beside else [])]
        return self._work / name / fingerprint(pipeline.find(name)) / f"{'-'.join(parts)}.parquet"

    def _resolve(self, corpus: Corpus) -> tuple[Path, dict[str, Path]]:
        """Entities of all mentions; the links of each partition beside it."""
        names = [repr((part.name, part.articles)) for part in corpus.parts]
        mentions = corpus.mentions()
        found = self._whole("resolve", names, mentions)
        self._unjudged.add(found)
        resolved = self._judged(names, found, mentions)
        links = from_arrow(Resolved, pq.read_table(resolved))[0].links
        return resolved, links_beside(self._work / "links", corpus, links)

    def _judged(self, names: Sequence[str], resolved: Path, mentions: pa.Table) -> Path:
        """The entities with judgements and knowledge applied; as they are where there is neither."""
        standing = tuple(j for j in judgements.load(self._folder) if j.retired_at is None)
        known = tuple(judgements.knowledge(self._folder))
        if not standing and not known:
            return resolved
        found = from_arrow(Resolved, pq.read_table(resolved))[0]
        row = Judged(found.entities, found.links, tuple(from_arrow(Mention, mentions)), standing, known)
        return self._whole("judge", [*names, repr(standing), judgements.state(self._folder)], to_table(Judged, [row]))

    def _moved(self, grouped: Path, features: pa.Table) -> Path:
        """The grouping with judgements applied; as it is where none moves anything."""
        self._unjudged.add(grouped)
        row = corrected.moving(grouped, features, judgements.load(self._folder))
        return (
            grouped
            if row is None
            else self._whole("move", [grouped.stem, repr(row.column("judgements").to_pylist())], row)
        )

    def _dismissed(self, comparisons: Path, grouping: Grouping) -> Path:
        """A file of comparisons with judgements applied; as it is where none is about its events."""
        self._unjudged.add(comparisons)
        rows = corrected.dismissing(comparisons, grouping, judgements.load(self._folder))
        if rows is None:
            return comparisons
        return self._whole("dismiss", [comparisons.stem, repr(rows.column("judgements").to_pylist())], rows)

    def _group(self, corpus: Corpus, links: Mapping[str, Path]) -> tuple[Path, dict[str, Path]]:
        """Copies, events and storylines; the place of each article beside its partition."""
        sizes = {part.name: len(part.rows) for part in corpus.parts}
        inputs = {part.name: (part.path, links[part.name]) for part in corpus.parts}
        described = self._map("describe", inputs, sizes, corpus)
        features = pa.concat_tables([pq.read_table(path) for path in described.values()]).sort_by("article_id")
        self._grouped = self._grown(sorted(path.stem for path in described.values()), features)
        grouped = self._moved(self._grouped, features)
        grouping = from_arrow(Grouping, pq.read_table(grouped))[0]
        return grouped, positions_beside(self._work / "places", corpus, grouping)

    def _grown(self, key: Sequence[str], features: pa.Table) -> Path:
        """All articles grouped; where some of them were before, as those grew."""
        former = grown.former(self._folder)
        if former is None:
            return self._whole("group", key, features)
        places = {name: self._output(name, key) for name in ("group", "grow")}
        kept = former.parent in {path.parent for path in places.values()}
        if kept and former.stem.startswith(places["grow"].stem):
            return former  # of the very same articles
        row = grown.growing(former, kept, features)
        if row is None:
            return self._whole("group", key, features)
        return self._whole("grow", key, row, beside=former.stem)

    def _sweep_work(self, results: Results) -> None:
        """Drop what only earlier states of the dossier needed."""
        current = {step.name: fingerprint(step) for step in CHAIN}
        keep = {self._work / ".lock", self._work / "rejected.parquet", self._work / "web.json"}
        keep |= set((self._work / "sources").glob("*.parquet"))
        keep |= self._unjudged
        for name in ("extract", "annotate", "describe"):
            keep |= set((self._work / name / current[name]).glob("*.parquet"))
        for paths in (
            results.readings,
            results.resolved,
            results.grouped,
            results.comparisons,
            results.dated,
            results.revised,
        ):
            keep |= set(paths)
        sweep(self._work, keep)


def _inputs(held: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Each source's SHA-256 by its URI; a URI read in several states has `@` and the digest behind it."""
    times = Counter(uri for uri, _ in held)
    return {uri if times[uri] == 1 else f"{uri}@{sha[:12]}": sha for uri, sha in held}
