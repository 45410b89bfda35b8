package io.etalon.server.transfer;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.pack.AssetCounts;
import io.etalon.server.dataset.pack.TextBatch;
import io.etalon.server.job.JobReport;
import io.etalon.server.job.JobRun;
import io.etalon.server.tenant.OpenTransaction;
import io.etalon.server.work.engine.NewTasks;
import io.etalon.server.work.prelabel.OfferReader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at an import. Pieces are parsed side by side, settled in their order, written side by side on as many
 * connections as there are streams, and committed in their order, so that tasks stand in the order of the file and of two
 * equal lines the first is taken, however often the import was killed. At most {@value #AHEAD} pieces and one a stream are
 * in memory. Used once.
 */
final class ImportRun {
    private static final int AHEAD = 3;
    private static final int TRIES = 5;
    private static final String UNIQUE = "23505";

    /** A piece that is read, in the file's order. */
    private record Read(RawPiece raw, Future<List<ParsedLine>> lines) {}

    /** A piece whose lines are settled, on its way into the tables. */
    private record Piece(RawPiece raw, Settled settled, List<ParsedLine.Existing> existing, UUID firstId) {}

    private final ImportGround ground;
    private final JobRun run;
    private final ImportRequest request;
    private final int streams;
    private final TextBatch.Place place;
    private final PackNumbers numbers;
    private final OfferReader offers;
    private final ImportStore store = new ImportStore();
    /** The texts of the pieces that are not committed yet, each with its piece. */
    private final Map<ContentHash, Integer> underWay = new ConcurrentHashMap<>();
    /** Whether texts are looked for before they are written: so it is once the project was found to have some. */
    private volatile boolean looksFirst;

    private ImportStore.Standing standing;
    private final Turns turns;
    private final Semaphore room;

    ImportRun(ImportGround ground, JobRun run, ImportRequest request, int streams) {
        this.ground = ground;
        this.run = run;
        this.request = request;
        this.streams = streams;
        this.place = new TextBatch.Place(run.client(), run.job().project());
        this.numbers = new PackNumbers(() -> ground.scope().client(run.client(), TextBatch::block));
        this.offers = ground.preLabels().reader(run.client(), run.job().project());
        this.standing = ground.scope()
                .client(run.client(), tx -> store.standing(tx, run.job().id()));
        this.turns = new Turns(standing.position().pieces());
        this.room = new Semaphore(streams + AHEAD);
    }

    /** Where the attempt begins. */
    Cutter.Position position() {
        return standing.position();
    }

    /** Takes in what is left of the file. */
    JobReport run(Cutter cutter, boolean takesTexts) throws IOException, InterruptedException {
        try (var workers = pool(2, "import-parse-");
                var writers = pool(streams, "import-write-")) {
            try {
                var ahead = new java.util.ArrayDeque<Read>();
                for (var raw = next(cutter); raw != null; raw = next(cutter)) {
                    var piece = raw;
                    ahead.add(new Read(raw, workers.submit(() -> parsed(piece, takesTexts))));
                    if (ahead.size() == AHEAD) {
                        write(workers, writers, ahead.remove());
                    }
                }
                while (!ahead.isEmpty()) {
                    write(workers, writers, ahead.remove());
                }
            } catch (RuntimeException | IOException | InterruptedException e) {
                turns.fail(e);
                throw e;
            }
        }
        check();
        return standing.report();
    }

    private static ExecutorService pool(int threads, String name) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name, 0).factory());
    }

    private @Nullable RawPiece next(Cutter cutter) throws IOException, InterruptedException {
        run.goOn();
        check();
        var raw = cutter.next();
        if (raw != null) {
            room.acquire();
        }
        return raw;
    }

    private void check() {
        var failure = turns.failure();
        if (failure instanceof RuntimeException known) {
            throw known;
        }
        if (failure != null) {
            throw new EtalonException(ErrorCode.INTERNAL, "A piece of the import could not be written.", failure);
        }
    }

    private List<ParsedLine> parsed(RawPiece raw, boolean takesTexts) {
        var parser = new LineParser(request.name(), takesTexts, offers);
        var lines = new ArrayList<ParsedLine>(raw.lines().size());
        for (var line : raw.lines()) {
            lines.add(parser.parse(raw.bytes(), line));
        }
        return lines;
    }

    private void write(ExecutorService workers, ExecutorService writers, Read read) throws InterruptedException {
        var raw = new RawPiece(
                read.raw().number(), new byte[0], read.raw().lines(), read.raw().end());
        var lines = result(read.lines());
        var existing = lines.stream()
                .filter(ParsedLine.Existing.class::isInstance)
                .map(ParsedLine.Existing.class::cast)
                .toList();
        // Here, so that assets' ids rise as the pieces do.
        var ids = ground.ids().block(Math.max(1, lines.size()));
        var piece = new Piece(raw, new Settled(lines, underWay, raw.number()), existing, ids);
        // Beside the writers, since a connection that waits for seals is a database that waits.
        var batch = workers.submit(() -> batch(piece));
        Callable<Boolean> task = () -> {
            try {
                written(piece, result(batch));
                return true;
            } catch (SQLException | RuntimeException | InterruptedException e) {
                turns.fail(e);
                return false;
            } finally {
                room.release();
            }
        };
        writers.submit(task);
    }

    private static <T> T result(Future<T> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a piece could not be prepared", e.getCause());
        }
    }

    /** Seals and encodes the texts that are new. */
    private TextBatch batch(Piece piece) {
        if (looksFirst) {
            var hashes = piece.settled().texts().stream()
                    .map(text -> text.text().hash())
                    .toList();
            var known = ground.scope().client(run.client(), tx -> TextBatch.known(tx, place.project(), hashes));
            looksFirst = piece.settled().withoutKnown(known) * 100L
                    >= piece.raw().lines().size();
        }
        var lines = piece.settled().texts().stream().map(ParsedLine.Text::text).toList();
        return new TextBatch(
                ground.packs(),
                place,
                piece.firstId(),
                lines,
                numbers,
                ground.clock().instant());
    }

    private void written(Piece piece, TextBatch prepared) throws SQLException, InterruptedException {
        var batch = prepared;
        for (var attempt = 1; ; attempt++) {
            try (var transaction = ground.scope().begin(run.client())) {
                committed(transaction, piece, batch);
                break;
            } catch (SQLException e) {
                if (!UNIQUE.equals(e.getSQLState()) || attempt == TRIES) {
                    throw e;
                }
                looksFirst = true;
                batch = batch(piece);
            }
        }
        // What is committed is found in the table.
        underWay.values().removeIf(number -> number == piece.raw().number());
    }

    private void committed(OpenTransaction transaction, Piece piece, TextBatch batch)
            throws SQLException, InterruptedException {
        var tx = transaction.tx();
        var raw = piece.raw();
        var settled = piece.settled();
        batch.copy(tx);
        turns.await(raw.number());
        // In turn, since the same asset may be named by two pieces.
        new References(store, place.project(), offers).settle(tx, piece.existing(), settled);
        var texts = settled.texts();
        var assets = new ArrayList<>(batch.ids());
        assets.addAll(settled.assets());
        var priorities = new int[assets.size()];
        for (var i = 0; i < priorities.length; i++) {
            priorities[i] = i < texts.size()
                    ? texts.get(i).priority()
                    : settled.priorities().get(i - texts.size());
        }
        var after = standing.plus(settled, raw);
        ground.tasks().append(run.client(), place.project(), tx, new NewTasks(assets, priorities), () -> {
            // First, since it tells whether this attempt may still write.
            run.advance(tx, after.position().offset(), request.size(), after.report());
            store.insert(tx, run.job().id(), raw, settled);
            var preLabels = ground.preLabels().keep(tx, run.client(), place.project(), settled.preLabels(batch.ids()));
            tell(tx, raw, settled, preLabels);
            if (!texts.isEmpty()) {
                AssetCounts.add(tx, place.project(), texts.size());
            }
            transaction.commit();
        });
        standing = after;
        turns.done(raw.number());
    }

    /** One entry a piece, bound to the texts by a hash of their hashes. */
    private void tell(Tx tx, RawPiece raw, Settled piece, int preLabels) {
        var digest = ContentHash.digest();
        piece.texts().forEach(text -> digest.update(text.text().hash().bytes()));
        var job = run.job();
        var entry = AuditEvent.of(AuditOp.INGEST, job.by(), job.via(), job.project())
                .with(Map.of(
                        "job", job.id().toString(),
                        "piece", raw.number(),
                        "tasks", piece.accepted(),
                        "texts", piece.texts().size(),
                        "sha256", java.util.HexFormat.of().formatHex(digest.digest())));
        ground.audit().append(tx, preLabels == 0 ? entry : entry.with("preLabels", preLabels));
    }
}
