package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.DataFolders;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may keep clients' keys: the local keyset always, and what the installation's file {@code keys/providers.json} lists. The
 * operator writes that file and no request does, since it names libraries that are loaded and addresses that are called. It is
 * read again at every look, so that a change needs no restart. Thread-safe.
 */
@Component
final class KeyProviders {
    /** How a keeper is reached. */
    enum Kind {
        LOCAL,
        PKCS11,
        TRANSIT
    }

    /**
     * A keeper as the file lists it.
     *
     * @param clients slugs of the clients that may choose it; null for all
     */
    record Entry(
            String name,
            Kind kind,
            @Nullable List<String> clients,
            @Nullable Path library,
            @Nullable Long slot,
            @Nullable Path pinFile,
            @Nullable URI address,
            @Nullable String mount,
            @Nullable String namespace,
            @Nullable Path tokenFile,
            @Nullable Path caFile) {

        boolean isFor(String slug) {
            return clients == null || clients.contains(slug);
        }
    }

    private static final Entry LOCAL =
            new Entry(LocalKeysets.NAME, Kind.LOCAL, null, null, null, null, null, null, null, null, null);
    private static final JsonMapper JSON =
            JsonMapper.builder().configureForJackson2().build();

    private final Path file;
    private final LocalKeysets local;
    private final Ids ids;
    private final ConcurrentMap<Entry, KeyEncryption> made = new ConcurrentHashMap<>();

    KeyProviders(DataFolders folders, InstallationSecret secret, Ids ids) {
        this.file = folders.keys().resolve("providers.json");
        this.local = new LocalKeysets(new KeysetFolder(folders.keys().resolve("clients"), secret), ids);
        this.ids = ids;
    }

    LocalKeysets local() {
        return local;
    }

    /** All keepers that this client may choose, the local one first. */
    List<Entry> of(String slug) {
        return all().stream().filter(entry -> entry.isFor(slug)).toList();
    }

    /** @throws EtalonException exhausted, when the file does not list it (any more) */
    KeyEncryption find(String name) {
        var entry = all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EtalonException(
                        KeyFaults.UNKNOWN_PROVIDER,
                        "The client's key is kept by “" + name + "”, which " + file + " does not list. Put it back."));
        return made.computeIfAbsent(entry, this::open);
    }

    private List<Entry> all() {
        var entries = new ArrayList<Entry>();
        entries.add(LOCAL);
        try {
            entries.addAll(List.of(JSON.readValue(Files.readString(file, UTF_8), Entry[].class)));
        } catch (NoSuchFileException e) {
            return entries;
        } catch (IOException | JacksonException e) {
            throw new EtalonException(
                    KeyFaults.UNKNOWN_PROVIDER, "The list of key keepers " + file + " cannot be read.", e);
        }
        return entries;
    }

    private KeyEncryption open(Entry entry) {
        return switch (entry.kind()) {
            case LOCAL -> local;
            case PKCS11 ->
                new Pkcs11Keys(
                        entry.name(),
                        new Pkcs11Keys.Settings(
                                required(entry, "library", entry.library()),
                                entry.slot(),
                                required(entry, "pinFile", entry.pinFile())),
                        ids);
            case TRANSIT ->
                new TransitKeys(
                        entry.name(),
                        new TransitKeys.Settings(
                                safe(entry, required(entry, "address", entry.address())),
                                entry.mount() == null ? "transit" : entry.mount(),
                                entry.namespace(),
                                required(entry, "tokenFile", entry.tokenFile()),
                                entry.caFile()));
        };
    }

    private <T> T required(Entry entry, String member, @Nullable T value) {
        if (value == null) {
            throw wrong(entry, "needs “" + member + "”");
        }
        return value;
    }

    /** A token goes out in the clear to this machine alone. */
    private URI safe(Entry entry, URI address) {
        try {
            if ("https".equals(address.getScheme())
                    || "http".equals(address.getScheme())
                            && InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw new EtalonException(
                    KeyFaults.UNREACHABLE, "The address of the key service “" + entry.name() + "” is not known.", e);
        }
        throw wrong(entry, "needs an https address");
    }

    private EtalonException wrong(Entry entry, String what) {
        return new EtalonException(
                KeyFaults.UNKNOWN_PROVIDER, "The key keeper “" + entry.name() + "” in " + file + " " + what + ".");
    }
}
