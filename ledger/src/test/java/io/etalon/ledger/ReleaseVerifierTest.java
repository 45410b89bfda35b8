package io.etalon.ledger;

import static io.etalon.ledger.Releases.SIGNER;
import static io.etalon.ledger.Releases.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.Verification.Check;
import io.etalon.ledger.Verification.Passed;
import io.etalon.ledger.Verification.Refused;
import io.etalon.ledger.Verification.Verified;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseVerifierTest {
    @TempDir
    private Path dir;

    private Verification verify(byte[] zip) throws IOException {
        var file = dir.resolve("release.zip");
        Files.write(file, zip);
        return ReleaseVerifier.verify(file, Optional.of(SIGNER.verifier()));
    }

    private Refused refused(byte[] zip) throws IOException {
        var answer = verify(zip);
        assertThat(answer).isInstanceOf(Refused.class);
        return (Refused) answer;
    }

    @Test
    void verifiesAReleaseAndSaysWhatItProved() throws IOException {
        var answer = verify(Releases.of(5).zip());
        assertThat(answer).isInstanceOf(Verified.class);
        var verified = (Verified) answer;
        assertThat(verified.passed()).extracting(Passed::check).containsExactly(Check.values());
        assertThat(verified.passed()).extracting(Passed::count).containsExactly(8L, 4L, 5L, 5L, 2L, 4L, 1L);
        assertThat(verified.leaf().release()).isEqualTo(3);
        assertThat(verified.checkpoint().size()).isEqualTo(11);
        assertThat(verified.trusted()).isTrue();
    }

    @Test
    void verifiesAReleaseWithoutAssets() throws IOException {
        assertThat(verify(Releases.of(0).zip())).isInstanceOf(Verified.class);
    }

    @Test
    void saysThatNobodyVouchedForABundledKey() throws IOException {
        var file = Files.write(dir.resolve("r.zip"), Releases.of(1).zip());
        var verified = (Verified) ReleaseVerifier.verify(file, Optional.empty());
        assertThat(verified.trusted()).isFalse();
        assertThat(verified.passed().getLast().proved()).contains("compare it with the log's published key");
    }

    @Test
    void refusesAnotherLogsKey() throws IOException {
        var file = Files.write(dir.resolve("r.zip"), Releases.of(1).zip());
        var other = SignerKey.ofSeed(SIGNER.verifier().name(), utf8("another seed of 32 bytes--------"))
                .verifier();
        var refused = (Refused) ReleaseVerifier.verify(file, Optional.of(other));
        assertThat(refused.check()).isEqualTo(Check.SIGNATURE);
        assertThat(refused.expected()).contains(other.toString());
        assertThat(refused.found()).isEqualTo(SIGNER.verifier().toString());
    }

    /** The negative control of the whole verifier: no byte can change unseen, and the place is named. */
    @Test
    void noFlippedByteOfAnArchivePassesUnseen() throws IOException {
        var zip = Releases.of(2).zip();
        var byCheck = new EnumMap<Check, Integer>(Check.class);
        for (var mask : new int[] {0x01, 0x20, 0x80, 0xFF}) {
            for (var i = 0; i < zip.length; i++) {
                var bad = zip.clone();
                bad[i] ^= (byte) mask;
                var refused = refused(bad);
                assertThat(refused.where()).as("byte %d ^ %02x", i, mask).containsPattern("byte \\d+|file \\d+ of");
                byCheck.merge(refused.check(), 1, Integer::sum);
            }
        }
        System.out.println(zip.length + " bytes, 4 flips each, refused by " + byCheck);
    }

    @Test
    void noTruncationAndNoAdditionPassesUnseen() throws IOException {
        var zip = Releases.of(2).zip();
        for (var length = 0; length < zip.length; length++) {
            var refused = refused(Arrays.copyOf(zip, length));
            assertThat(refused.check()).isEqualTo(Check.ARCHIVE);
            assertThat(refused.message())
                    .as("cut at " + length)
                    .containsPattern("byte \\d+")
                    .contains("end");
        }
        for (var more : new int[] {1, 22, 70_000}) {
            assertThat(refused(Arrays.copyOf(zip, zip.length + more)).message())
                    .contains("after the end of archive at byte " + zip.length)
                    .contains(more + " bytes");
        }
    }

    /** The same without the archive's help: a forger repairs CRCs and headers. Only the proofs can refuse then. */
    @Test
    void noFlippedByteOfAFilePassesUnseenThoughTheArchiveIsRepaired() throws IOException {
        var parts = Releases.of(2).parts();
        var byCheck = new EnumMap<Check, Integer>(Check.class);
        for (var p = 0; p < parts.size(); p++) {
            var part = parts.get(p);
            for (var i = 0; i < part.getValue().length; i++) {
                for (var mask : new int[] {0x01, 0x20, 0x80}) {
                    var bad = part.getValue().clone();
                    bad[i] ^= (byte) mask;
                    var forged = new ArrayList<>(parts);
                    forged.set(p, Map.entry(part.getKey(), bad));
                    var refused = refused(Releases.raw(forged));
                    assertThat(refused.check()).as(part.getKey() + " " + i).isNotEqualTo(Check.ARCHIVE);
                    byCheck.merge(refused.check(), 1, Integer::sum);
                }
            }
        }
        assertThat(byCheck.keySet()).contains(Check.SUMS, Check.ENTRY, Check.INCLUSION, Check.SIGNATURE);
        System.out.println("repaired archives, 3 flips a byte, refused by " + byCheck);
    }

    /** A forger who also owns the sums and the log, and gets all else right, still cannot pass a false manifest. */
    private Refused forged(String path, UnaryOperator<String> change) throws IOException {
        var release = Releases.of(3);
        release.files.compute(
                path,
                (name, bytes) -> utf8(change.apply(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8))));
        return refused(release.zip());
    }

    @Test
    void refusesAFalseManifest() throws IOException {
        assertThat(forged("manifest.txt", m -> m.replace("v1", "v2")).message())
                .isEqualTo("the manifest: manifest.txt, line 1: expected etalon-manifest/v1, found etalon-manifest/v2");
        var lines = forged("manifest.txt", m -> {
            var l = m.split("\n");
            return String.join("\n", l[0], l[2], l[1], l[3]) + "\n";
        });
        assertThat(lines.where()).isEqualTo("manifest.txt, line 3");
        assertThat(lines.expected()).startsWith("an asset after ");
        assertThat(forged("manifest.txt", m -> m + "x\n").where()).isEqualTo("manifest.txt, line 5");
        assertThat(forged("manifest.txt", m -> m.replace(" ", "  ")).where()).isEqualTo("manifest.txt, line 2");
        assertThat(forged("manifest.txt", m -> m.substring(0, m.length() - 1)).found())
                .contains("line 4 without a newline");
        assertThat(forged("manifest.txt", m -> "").check()).isEqualTo(Check.MANIFEST);
        assertThat(forged("manifest.txt", m -> m.replaceAll("\n$", "\r\n")).check())
                .isEqualTo(Check.MANIFEST);
    }

    @Test
    void refusesFalseAnnotations() throws IOException {
        assertThat(forged("annotations.jsonl", a -> a.replaceFirst("1\\.5", "1.6"))
                        .where())
                .isEqualTo("annotations.jsonl, line 1");
        var cut = forged("annotations.jsonl", a -> a.substring(0, a.lastIndexOf("{\"boxes")));
        assertThat(cut.where()).isEqualTo("annotations.jsonl, line 3");
        assertThat(cut.found()).isEqualTo("the end of the file");
        var more = forged("annotations.jsonl", a -> a + "{}\n");
        assertThat(more.where()).isEqualTo("annotations.jsonl, line 4");
        assertThat(more.expected()).contains("the manifest has 3 assets");
        assertThat(forged("annotations.jsonl", a -> a.replaceFirst("1\\.5", "01"))
                        .found())
                .contains("not JSON");
        var swapped = forged("annotations.jsonl", a -> {
            var l = a.split("\n");
            return String.join("\n", l[1], l[0], l[2]) + "\n";
        });
        assertThat(swapped.where()).isEqualTo("annotations.jsonl, line 1, asset.sha256");
    }

    @Test
    void refusesAnAnnotationThatNamesAnotherAssetThanItsManifestLine() throws IOException {
        var release = Releases.of(1);
        var asset = Hash.sha256(utf8("another"));
        var line = utf8("{\"asset\":{\"sha256\":\"" + asset + "\"}}");
        var named = new String(release.files.get("manifest.txt"), StandardCharsets.UTF_8).substring(19, 19 + 64);
        release.files.put("annotations.jsonl", utf8(new String(line, StandardCharsets.UTF_8) + "\n"));
        release.files.put("manifest.txt", utf8("etalon-manifest/v1\n" + named + " " + Hash.sha256(line) + "\n"));
        var refused = refused(release.zip());
        assertThat(refused.where()).isEqualTo("annotations.jsonl, line 1, asset.sha256");
        assertThat(refused.expected()).isEqualTo(named);
        assertThat(refused.found()).isEqualTo(asset.hex());
    }

    @Test
    void refusesFilesOutOfOrderMissingOrTooMany() throws IOException {
        var parts = Releases.of(1).parts();
        for (var i = 0; i < parts.size(); i++) {
            var less = new ArrayList<>(parts);
            var gone = less.remove(i);
            assertThat(refused(Releases.raw(less)).message()).as(gone.getKey()).contains(gone.getKey());
        }
        var swapped = new ArrayList<>(parts);
        swapped.add(2, swapped.remove(3));
        assertThat(refused(Releases.raw(swapped)).message())
                .isEqualTo("the archive: file 3 of the archive: expected coco.json, found datasheet.md");
        var extra = new ArrayList<>(parts);
        extra.add(4, Map.entry("evil.txt", new byte[0]));
        assertThat(refused(Releases.raw(extra)).message())
                .contains("SHA256SUMS, line 4")
                .contains("evil.txt");
        var hidden = new ArrayList<>(parts);
        hidden.add(4, Map.entry("log/evil.txt", new byte[0]));
        assertThat(refused(Releases.raw(hidden)).where()).isEqualTo("file 5 of the archive");
    }

    private byte[] withProof(UnaryOperator<TlogProof> change) throws IOException {
        var parts = Releases.of(1).parts();
        var at = parts.size() - 2;
        var proof = TlogProof.parse(parts.get(at).getValue());
        parts.set(at, Map.entry(parts.get(at).getKey(), change.apply(proof).bytes()));
        return Releases.raw(parts);
    }

    @Test
    void refusesWhatNothingAuthenticates() throws IOException {
        assertThat(verify(withProof(p -> p))).isInstanceOf(Verified.class);
        var extra = refused(withProof(p -> new TlogProof(Optional.of("AAAA"), p.index(), p.path(), p.checkpoint())));
        assertThat(extra.where()).isEqualTo("log/proof.tlog-proof, line 2");
        var stranger = SignerKey.ofSeed("witness.example", new byte[32]);
        var two = refused(withProof(p -> new TlogProof(
                p.extra(), p.index(), p.path(), SignedNote.sign(p.checkpoint().text(), SIGNER, stranger))));
        assertThat(two.expected()).isEqualTo("one signature");
    }

    @Test
    void refusesACheckpointThatTheLogHasNotSigned() throws IOException {
        var parts = Releases.of(1).parts();
        var forger = SignerKey.ofSeed(SIGNER.verifier().name(), utf8("another seed of 32 bytes--------"));
        var entry = parts.get(parts.size() - 3).getValue();
        parts.set(
                parts.size() - 2,
                Map.entry("log/proof.tlog-proof", Releases.prove(entry, forger).bytes()));
        var refused = refused(Releases.raw(parts));
        assertThat(refused.check()).isEqualTo(Check.SIGNATURE);
        assertThat(refused.found()).contains("no signature by " + SIGNER.verifier());
        assertThat(refused.passed()).hasSize(6);
    }

    @Test
    void refusesAnEntryOfAnotherRelease() throws IOException {
        var parts = Releases.of(1).parts();
        var other = CanonicalJson.write(
                Releases.of(2).bundle().leaf(4, "p-1", "c-7").toJson());
        parts.set(parts.size() - 3, Map.entry("log/entry.json", other));
        parts.set(
                parts.size() - 2,
                Map.entry("log/proof.tlog-proof", Releases.prove(other).bytes()));
        assertThat(refused(Releases.raw(parts)).where()).isEqualTo("log/entry.json, member manifest");
    }

    @Test
    void doesNotWriteABundleThatItWouldRefuse() throws IOException {
        var bundle = Releases.of(1).bundle();
        var entry = CanonicalJson.write(bundle.leaf(3, "p-1", "c-7").toJson());
        var other = CanonicalJson.write(
                Releases.of(2).bundle().leaf(3, "p-1", "c-7").toJson());
        var out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> bundle.write(out, other, Releases.prove(other), SIGNER.verifier()))
                .hasMessageContaining("binds another release");
        assertThatThrownBy(() -> bundle.write(out, entry, Releases.prove(other), SIGNER.verifier()))
                .hasMessageContaining("not at index 6");
        assertThat(out.size()).isZero();
        var files = new TreeMap<String, BundleContent>();
        files.put("log/x", BundleContent.of(new byte[0]));
        assertThatThrownBy(() -> ReleaseBundle.measure(files)).hasMessageContaining("written by the bundle itself");
        assertThatThrownBy(() -> ReleaseBundle.measure(Map.of())).hasMessage("a release has a file manifest.txt");
    }

    @Test
    void answersForAFileThatIsNotThereOrNotAZip() throws IOException {
        var missing = (Refused) ReleaseVerifier.verify(dir.resolve("none.zip"), Optional.empty());
        assertThat(missing.message()).startsWith("the archive: none.zip: expected a readable file, found");
        assertThat(((Refused) ReleaseVerifier.verify(dir, Optional.empty())).check())
                .isEqualTo(Check.ARCHIVE);
        assertThat(refused(utf8("not a zip archive")).message())
                .isEqualTo(
                        "the archive: record signature at byte 0: expected 504b0304 (a file) or, after the last file, "
                                + "504b0102 (the directory), found 6e6f7420");
    }

    @Test
    void reportsProgressUpToTheEnd() throws IOException {
        var release = Releases.of(2_000);
        var file = Files.write(dir.resolve("r.zip"), release.zip());
        var seen = new ArrayList<List<Long>>();
        var answer = ReleaseVerifier.verify(file, Optional.empty(), (done, total) -> seen.add(List.of(done, total)));
        assertThat(answer).isInstanceOf(Verified.class);
        assertThat(seen).extracting(List::getFirst).isSorted();
        assertThat(seen).extracting(List::getLast).containsOnly(seen.getLast().getLast());
        assertThat(seen.getLast().getFirst()).isEqualTo(seen.getLast().getLast());
        assertThat(seen).hasSizeGreaterThan(10);
    }

    @Test
    void survivesRandomKeysAndRandomBytes() throws IOException {
        var seed = 4711L;
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var parts = Releases.of(1).parts();
        for (var i = 0; i < 300; i++) {
            var raw = new byte[32];
            random.nextBytes(raw);
            var key = VerifierKey.of(SIGNER.verifier().name(), raw);
            var forged = new ArrayList<>(parts);
            forged.set(forged.size() - 1, Map.entry("log/key.txt", utf8(key + "\n")));
            var file = Files.write(dir.resolve("r.zip"), Releases.raw(forged));
            assertThat(ReleaseVerifier.verify(file, Optional.empty())).isInstanceOf(Refused.class);
            var noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            forged.set(random.nextInt(forged.size()), Map.entry("noise.bin", noise));
            assertThat(refused(Releases.raw(forged)).message()).isNotEmpty();
        }
    }
}
