package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.BundleContent;
import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.ExposureReport;
import io.etalon.ledger.ExposureReport.Filter;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.TileId;
import io.etalon.server.access.Grants;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.CarriedLogs;
import io.etalon.server.audit.LogSigners;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes exposure reports: what a group of people did and saw, complete against the signed root. Reads the log three times,
 * a tile at a time; memory is one tile and the assets' names. Thread-safe.
 */
@Component
final class ExposureReports {
    private final TenantScope scope;
    private final AuditLog log;
    private final CarriedLogs logs;
    private final LogSigners signers;
    private final Grants grants;
    private final Clock clock;

    ExposureReports(TenantScope scope, AuditLog log, CarriedLogs logs, LogSigners signers, Grants grants, Clock clock) {
        this.scope = scope;
        this.log = log;
        this.logs = logs;
        this.signers = signers;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Writes a report; does not close the stream.
     *
     * @param workforce whose people, of all times, as the log tells; null for {@code people} alone
     * @param people pseudonyms to report on besides
     */
    void write(Client client, @Nullable UUID workforce, Set<String> people, OutputStream out) {
        log.flush(client.id());
        scope.clientDo(client.id(), tx -> {
            TableRows.snapshot(tx);
            new Writing(tx, client).write(workforce, people, out);
        });
    }

    /** One report. */
    private final class Writing {
        private final Tx tx;
        private final Client client;
        private final List<TileId> tiles;

        Writing(Tx tx, Client client) {
            this.tx = tx;
            this.client = client;
            this.tiles =
                    CarriedLogs.tiles(0, Checkpoint.parse(logs.head(tx).text()).size());
        }

        void write(@Nullable UUID workforce, Set<String> chosen, OutputStream out) throws IOException, SQLException {
            var people = new TreeSet<>(chosen);
            var name = workforce == null ? null : workforce.toString();
            if (workforce != null) {
                // Who is a member now, and whoever the log says ever came.
                grants.members(client.id()).stream()
                        .filter(member -> workforce.equals(member.workforce()))
                        .forEach(member ->
                                people.add(log.pseudonym(tx, member.person().id())));
                each((entry, index) ->
                        new Filter(Set.of(), name).joins(json(entry)).ifPresent(people::add));
            }
            var filter = new Filter(people, name);
            var assets = new TreeSet<String>();
            var count = new long[1];
            each((entry, index) -> {
                var json = json(entry);
                if (filter.takes(json)) {
                    count[0]++;
                    ExposureReport.asset(json).ifPresent(assets::add);
                }
            });
            var facts = JsonObject.builder()
                    .put("client", client.id().toString())
                    .put("people", ExposureReport.people(people))
                    .put("entries", count[0])
                    .put("assets", assets.size())
                    .put("writtenAt", clock.instant().toString());
            if (name != null) {
                facts.put("workforce", name);
            }
            var writer = new ExposureReport.Writer(out);
            writer.lists(facts, lines(filter), assets);
            for (var tile : tiles) {
                writer.log(tile.entriesPath(), logs.entries(tx, tile));
            }
            writer.finish(logs.head(tx), signers.signer(tx, client.id()).verifier());
        }

        private JsonObject json(byte[] entry) {
            return (JsonObject) CanonicalJson.read(entry);
        }

        private void each(ObjLongConsumer<byte[]> consumer) throws SQLException {
            for (var tile : tiles) {
                var index = tile.index() * TileId.FULL;
                for (var entry : EntryBundle.decode(logs.entries(tx, tile), tile.width())) {
                    consumer.accept(entry, index++);
                }
            }
        }

        /** The entries by the people, a tile of the log at a time. */
        private BundleContent lines(Filter filter) {
            return () -> new InputStream() {
                private final Iterator<TileId> left = tiles.iterator();
                private byte[] current = {};
                private int at;

                @Override
                public int read() throws IOException {
                    var one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    while (at == current.length) {
                        if (!left.hasNext()) {
                            return -1;
                        }
                        current = ofTile(left.next(), filter);
                        at = 0;
                    }
                    var count = Math.min(length, current.length - at);
                    System.arraycopy(current, at, target, offset, count);
                    at += count;
                    return count;
                }
            };
        }

        private byte[] ofTile(TileId tile, Filter filter) throws IOException {
            try {
                var text = new StringBuilder();
                var index = tile.index() * TileId.FULL;
                for (var entry : EntryBundle.decode(logs.entries(tx, tile), tile.width())) {
                    if (filter.takes(json(entry))) {
                        text.append(new String(ExposureReport.line(index, entry), UTF_8));
                    }
                    index++;
                }
                return text.toString().getBytes(UTF_8);
            } catch (SQLException e) {
                throw new IOException("the log could not be read", e);
            }
        }
    }
}
