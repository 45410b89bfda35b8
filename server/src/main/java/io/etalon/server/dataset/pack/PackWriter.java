package io.etalon.server.dataset.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The plain form of a pack: after each other, an asset's id (16 bytes), two lengths (4 each), text and extra. */
final class PackWriter {
    private static final int HEAD = 16 + 2 * Integer.BYTES;

    private ByteBuffer bytes = ByteBuffer.allocate(4096);

    void add(UUID asset, byte[] text, byte[] extra) {
        var needed = HEAD + text.length + extra.length;
        if (bytes.remaining() < needed) {
            var wider = Math.max(2 * bytes.capacity(), bytes.position() + needed);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), wider)).position(bytes.position());
        }
        bytes.putLong(asset.getMostSignificantBits()).putLong(asset.getLeastSignificantBits());
        bytes.putInt(text.length).putInt(extra.length).put(text).put(extra);
    }

    /** Whether an entry of so many bytes would make a pack that holds something longer than wanted. */
    boolean isFullFor(int entry, int most) {
        return bytes.position() > 0 && bytes.position() + HEAD + entry > most;
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    /** The pack; the writer begins a new one. */
    byte[] take() {
        var pack = Arrays.copyOf(bytes.array(), bytes.position());
        bytes.clear();
        return pack;
    }

    static Optional<PackEntry> find(byte[] pack, UUID asset) {
        var in = ByteBuffer.wrap(pack);
        while (in.remaining() >= HEAD) {
            var id = new UUID(in.getLong(), in.getLong());
            var text = in.getInt();
            var extra = in.getInt();
            if (id.equals(asset)) {
                var entry = new PackEntry(new byte[text], new byte[extra]);
                in.get(entry.text()).get(entry.extra());
                return Optional.of(entry);
            }
            in.position(in.position() + text + extra);
        }
        return Optional.empty();
    }

    /** The assets that a pack holds something of, in its order. */
    static List<UUID> assets(byte[] pack) {
        var assets = new ArrayList<UUID>();
        var in = ByteBuffer.wrap(pack);
        while (in.remaining() >= HEAD) {
            assets.add(new UUID(in.getLong(), in.getLong()));
            var text = in.getInt();
            in.position(in.position() + Integer.BYTES + text + in.getInt(in.position()));
        }
        return assets;
    }
}
