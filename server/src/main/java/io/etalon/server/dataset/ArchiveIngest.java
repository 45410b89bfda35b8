package io.etalon.server.dataset;

import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.dataset.ArchiveReport.Rejected;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Takes the files of a zip archive one by one while it streams. Names are labels and never become paths; every inflated
 * byte is counted, also of entries that are passed over. Each asset is kept or refused by itself: what was taken before an
 * archive turns out to be a bomb stays, and sending the archive again changes nothing. Thread-safe.
 */
final class ArchiveIngest {
    /** Small archives of very regular texts may have any ratio. */
    private static final long RATIO_FREE_BYTES = 10_000_000;

    private final Ingest ingest;

    ArchiveIngest(Ingest ingest) {
        this.ingest = ingest;
    }

    /**
     * Takes what the project takes of the archive.
     *
     * @throws EtalonException invalid, when the archive is broken or inflates to too much; exhausted, when the disk is full
     */
    ArchiveReport take(Upload upload, InputStream body) {
        var rejected = new ArrayList<Rejected>();
        var fresh = 0;
        var known = 0;
        var meter = new Meter(ingest.admission().limits());
        ingest.admission().requireProject(upload);
        try (var zip = new ZipInputStream(meter.compressed(body))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                meter.countEntry();
                var inflated = meter.inflated(zip);
                var refusal = refusal(entry);
                if (refusal.isPresent()) {
                    rejected.add(refusal.get());
                } else {
                    var taken = take(upload, entry.getName(), inflated, rejected);
                    fresh += taken.isPresent() && taken.get().isNew() ? 1 : 0;
                    known += taken.isPresent() && !taken.get().isNew() ? 1 : 0;
                }
                // The rest of a refused entry is inflated here, and counted.
                inflated.transferTo(OutputStream.nullOutputStream());
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new EtalonException(AssetFaults.ARCHIVE_BROKEN, "The archive is not a zip file that can be read.", e);
        } catch (IOException e) {
            throw new EtalonException(AssetFaults.CUT_OFF, "The archive broke off.", e);
        }
        if (meter.entries == 0) {
            throw new EtalonException(AssetFaults.ARCHIVE_BROKEN, "This is not a zip file, or it has no entries.");
        }
        return new ArchiveReport(fresh, known, rejected);
    }

    private Optional<Ingest.Taken> take(Upload upload, String name, InputStream inflated, List<Rejected> rejected) {
        try {
            return Optional.of(ingest.take(upload, name, inflated));
        } catch (EtalonException e) {
            var ofThisEntry = e.code().kind() == ErrorKind.INVALID
                    && !e.code().equals(AssetFaults.ARCHIVE_TOO_LARGE)
                    && !e.code().equals(AssetFaults.CUT_OFF);
            if (!ofThisEntry) {
                throw e;
            }
            rejected.add(new Rejected(shown(name), e.code().name(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Why an entry is passed over unread. */
    private static Optional<Rejected> refusal(ZipEntry entry) {
        var name = entry.getName();
        var segments = Arrays.asList(name.split("/", -1));
        if (name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.matches("[A-Za-z]:.*")
                || name.chars().anyMatch(Character::isISOControl)
                || segments.contains("..")) {
            return Optional.of(new Rejected(shown(name), "unsafe-name", "The name leads out of the archive."));
        }
        if (entry.isDirectory()) {
            return Optional.of(new Rejected(shown(name), "ignored", "A folder."));
        }
        if (segments.contains("__MACOSX") || segments.stream().anyMatch(segment -> segment.startsWith("."))) {
            return Optional.of(new Rejected(shown(name), "ignored", "A file of the system that packed the archive."));
        }
        return Optional.empty();
    }

    private static String shown(String name) {
        var printable = name.codePoints()
                .limit(200)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return printable.toString();
    }

    /** Counts what goes into the inflater and what comes out of it. */
    private static final class Meter {
        private final IngestLimits limits;
        private long taken;
        private long given;
        private int entries;

        Meter(IngestLimits limits) {
            this.limits = limits;
        }

        void countEntry() {
            entries++;
            if (entries > limits.archiveEntries()) {
                throw tooLarge("it has more than " + limits.archiveEntries() + " entries");
            }
        }

        InputStream compressed(InputStream body) {
            return new Counting(body) {
                @Override
                void count(long bytes) {
                    taken += bytes;
                }
            };
        }

        /** The current entry; closing it leaves the archive open. */
        InputStream inflated(InputStream zip) {
            return new Counting(zip) {
                @Override
                void count(long bytes) {
                    given += bytes;
                    if (given > limits.archiveBytes()) {
                        throw tooLarge("it inflates to more than " + limits.archiveBytes() + " bytes");
                    }
                    if (given > RATIO_FREE_BYTES && given / limits.archiveRatio() > taken) {
                        throw tooLarge("it inflates to more than " + limits.archiveRatio() + " times its size");
                    }
                }

                @Override
                public void close() {}
            };
        }

        private static EtalonException tooLarge(String why) {
            return new EtalonException(AssetFaults.ARCHIVE_TOO_LARGE, "The archive was refused: " + why + ".");
        }
    }

    private abstract static class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        abstract void count(long bytes);

        @Override
        public int read() throws IOException {
            var value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var bytes = super.read(buffer, offset, length);
            count(Math.max(bytes, 0));
            return bytes;
        }

        @Override
        public long skip(long count) throws IOException {
            var buffer = new byte[(int) Math.min(count, 8192)];
            return Math.max(read(buffer, 0, buffer.length), 0);
        }
    }
}
