package io.etalon.server.keys;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;

/**
 * What a client does about its keys: look, rotate, have another keep them, disable and enable. Everything is written to the
 * client's log. While a rotation runs, reads and writes go on: what lies under either version opens. Thread-safe.
 */
@Service
public final class KeyCare {
    /**
     * A keeper that a client may choose.
     *
     * @param kind {@code local}, {@code pkcs11} or {@code transit}
     */
    public record Keeper(String name, String kind) {}

    private final TenantScope scope;
    private final KeyRing ring;
    private final ProjectRing projects;
    private final KeyProviders providers;
    private final AuditLog log;

    KeyCare(TenantScope scope, KeyRing ring, ProjectRing projects, KeyProviders providers, AuditLog log) {
        this.scope = scope;
        this.ring = ring;
        this.projects = projects;
        this.providers = providers;
        this.log = log;
    }

    public KeyStanding standing(ClientId client) {
        return ring.standing(client);
    }

    /** All versions of all projects' data keys, by project and newest first. */
    public List<DataKeyVersion> dataKeys(ClientId client) {
        return projects.versions(client);
    }

    /** Who may keep the keys of a client of this slug. */
    public List<Keeper> keepers(String slug) {
        return providers.of(slug).stream()
                .map(entry -> new Keeper(entry.name(), entry.kind().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /**
     * Returns when a keeper answers and lets us in.
     *
     * @throws EtalonException not found, when this client may not choose it; else why it cannot be used
     */
    public void reach(ClientId client, String slug, String keeper) {
        requireOf(slug, keeper);
        providers.find(keeper).reach(client);
    }

    /**
     * Makes a new version of the client's key, has it wrap every data key and retires the version before. A rotation that was
     * cut off is completed first.
     *
     * @param keeper who is to keep the new version
     * @throws EtalonException not found, when this client may not choose the keeper; conflict, when somebody else rotates
     */
    public void rotate(ClientId client, String slug, KeyActor by, String keeper) {
        requireOf(slug, keeper);
        ring.require(client);
        ring.renew(client, by, keeper);
        projects.rewrap(client);
    }

    /** Wraps what a rotation that was cut off left under an older version. */
    public void complete(ClientId client) {
        if (ring.standing(client).versions().stream()
                        .filter(version -> version.retiredAt() == null)
                        .count()
                > 1) {
            projects.rewrap(client);
        }
    }

    private void requireOf(String slug, String keeper) {
        if (providers.of(slug).stream().noneMatch(entry -> entry.name().equals(keeper))) {
            throw EtalonException.notFound();
        }
    }

    /** Has a new version of a project's data key seal from now on. */
    public void rotateProject(ClientId client, KeyActor by, ProjectId project) {
        projects.rotate(client, by, project);
    }

    /** Refuses the versions of a project's data key below this one, and takes back the refusal of the others. */
    public void setMinimum(ClientId client, KeyActor by, ProjectId project, int minimum) {
        scope.clientDo(client, tx -> {
            projects.setMinimum(tx, project, minimum);
            log.append(tx, KeyRing.change(by, project, "minimum").with("version", minimum));
        });
        projects.forget(client);
    }

    /** Closes everything under the client's key: here at once, on other servers within {@link ClientKeys#KEPT_UNWRAPPED}. */
    public void disable(ClientId client, KeyActor by) {
        ring.setDisabled(client, by, true);
        projects.forget(client);
    }

    public void enable(ClientId client, KeyActor by) {
        ring.setDisabled(client, by, false);
        projects.forget(client);
    }
}
