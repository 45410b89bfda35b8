package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A token of SoftHSM2 (Debian's package softhsm2). The module lists its slots once a process, so that all tests of a process
 * share one token; their keys bear the clients' ids.
 */
final class SoftToken {
    static final Path LIBRARY = Stream.of(
                    "/usr/lib/softhsm/libsofthsm2.so",
                    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")
            .map(Path::of)
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of("/usr/lib/softhsm/libsofthsm2.so"));
    private static final String PIN = "1234";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");

    private static @Nullable Long shared;

    final long slot;
    final Path pinFile;

    private SoftToken(long slot, Path pinFile) {
        this.slot = slot;
        this.pinFile = pinFile;
    }

    static boolean isInstalled() {
        return Files.exists(LIBRARY);
    }

    /** The token with a PIN file of the test's own; or leaves the test out, saying by name what is not installed. */
    static synchronized SoftToken with(Path folder) throws IOException, InterruptedException {
        assumeThat(isInstalled())
                .as("SoftHSM2 is not installed: apt-get install softhsm2")
                .isTrue();
        var slot = shared;
        if (slot == null) {
            var label = "etalon-test-" + ProcessHandle.current().pid();
            var said = run("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "87654321");
            assumeThat(said)
                    .as("softhsm2-util may make a token: it needs root or the group softhsm")
                    .isPresent();
            var found = SLOT.matcher(said.orElseThrow());
            assertThat(found.find()).as(said.get()).isTrue();
            slot = Long.parseLong(found.group(1));
            shared = slot;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(label)));
        }
        return new SoftToken(slot, Files.writeString(folder.resolve("pin"), PIN + "\n"));
    }

    Pkcs11Keys.Settings settings() {
        return new Pkcs11Keys.Settings(LIBRARY, slot, pinFile);
    }

    /** As its owner would write it down for the installation. */
    Map<String, Object> listed(String name) {
        return Map.of(
                "name",
                name,
                "kind",
                "PKCS11",
                "library",
                LIBRARY.toString(),
                "slot",
                slot,
                "pinFile",
                pinFile.toAbsolutePath().toString());
    }

    /** What the token's owner does with his own tool. */
    void rename(String from, String to) throws Exception {
        var store = store();
        store.setKeyEntry(to, store.getKey(from, null), null, null);
        delete(from);
    }

    void delete(String key) throws Exception {
        var store = store();
        if (store.containsAlias(key)) {
            store.deleteEntry(key);
        }
    }

    /** Whether the key can leave the token. */
    boolean isExtractable(String key) throws Exception {
        return store().getKey(key, null) instanceof SecretKey secret && secret.getEncoded() != null;
    }

    private KeyStore store() throws Exception {
        Provider base = Security.getProvider("SunPKCS11");
        var provider = base.configure(
                "--name = owner" + NUMBER.incrementAndGet() + "\nlibrary = \"" + LIBRARY + "\"\nslot = " + slot + "\n");
        var store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, PIN.toCharArray());
        return store;
    }

    private static void remove(String label) {
        try {
            run("--delete-token", "--token", label);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the token " + label + " stays", e);
        }
    }

    private static Optional<String> run(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of("softhsm2-util"), List.of(arguments).stream())
                .toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
