package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The port by which a feature says which objects its rows name. An object that nobody names is swept. Thread-safe. */
public interface ObjectOwner {
    /**
     * An object that a row stands for.
     *
     * @param named what its name is the keyed hash of
     * @param context what its bytes are sealed as
     * @param asset whose bytes they are, when they are an asset's
     */
    record Kept(byte[] named, String context, @Nullable UUID asset) {}

    /** Tells the name of every object that a committed row stands for, in no order. */
    void names(ClientId client, Consumer<String> consumer);

    /** Tells every object of a project that must be there, older ones first. */
    void kept(ClientId client, ProjectId project, Consumer<Kept> consumer);
}
