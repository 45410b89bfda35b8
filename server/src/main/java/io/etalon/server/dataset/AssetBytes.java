package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Where encrypted objects are kept: files, memory, an object store. An object appears under its name wholly or not at all,
 * and once {@link Draft#keep} has returned it survives a power cut. Thread-safe; a draft belongs to one thread.
 */
public interface AssetBytes {

    /** An object that is being written and has no name yet. */
    interface Draft extends AutoCloseable {
        /** Takes the object's bytes; closing it does not end the draft. */
        WritableByteChannel sink();

        /** Makes what was written durable and takes no more. */
        void seal() throws IOException;

        /** Reads a sealed draft back. */
        SeekableByteChannel read() throws IOException;

        /** Gives a sealed draft its name, in place of any object of that name. */
        void keep(String name) throws IOException;

        /** Removes a draft that was not kept. */
        @Override
        void close() throws IOException;
    }

    Draft draft(ClientId client) throws IOException;

    /** @throws java.nio.file.NoSuchFileException when there is no such object */
    SeekableByteChannel open(ClientId client, String name) throws IOException;

    /**
     * Removes objects that got their bytes before a time. Atomic with {@link Draft#keep}: an object that gets its name anew
     * meanwhile is there afterwards.
     *
     * @param orphan which of them; asked of objects that are old enough only
     * @return how many were removed
     */
    int removeOlder(ClientId client, Instant before, Predicate<String> orphan) throws IOException;

    /**
     * Removes every object of a client that has left, whatever its age. Can be repeated.
     *
     * @return how many were removed
     */
    int removeAll(ClientId client);
}
