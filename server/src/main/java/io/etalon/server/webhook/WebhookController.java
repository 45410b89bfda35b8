package io.etalon.server.webhook;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.EvenWithoutKey;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.egress.Egress;
import io.etalon.server.event.EventKind;
import io.etalon.server.webhook.WebhookBodies.DeliveryBody;
import io.etalon.server.webhook.WebhookBodies.DeliveryDetail;
import io.etalon.server.webhook.WebhookBodies.EndpointBody;
import io.etalon.server.webhook.WebhookBodies.EndpointDraft;
import io.etalon.server.webhook.WebhookBodies.EndpointMade;
import io.etalon.server.webhook.WebhookBodies.EndpointPatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client's programs that are told of changes, and what was sent to them. */
@RestController
@RequestMapping("/api/v1/clients/{client}/webhooks")
@EvenWithoutKey
@Tag(name = "Webhooks")
final class WebhookController {
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final List<String> KINDS =
            Stream.of(EventKind.values()).map(EventKind::key).toList();

    private final Webhooks webhooks;
    private final Egress egress;

    WebhookController(Webhooks webhooks, Egress egress) {
        this.webhooks = webhooks;
        this.egress = egress;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "Which programs are told of changes")
    Page<EndpointBody> all(ClientCaller caller) {
        return Page.all(webhooks.all(caller.client().id()));
    }

    @PostMapping
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Have a program told of changes",
            description =
                    "Messages are signed as Standard Webhooks 1.0.0 says: with Ed25519 under a key of this endpoint, or"
                            + " with HMAC-SHA-256 under a secret that this answer shows and no other.")
    EndpointMade create(ClientCaller caller, Attempt attempt, @RequestBody EndpointDraft body) {
        var settings = new Webhooks.Settings(url(body.url()), description(body.description()), kinds(body.kinds()));
        var signing = body.signing() == null ? Signing.ED25519 : body.signing();
        return webhooks.create(caller, attempt, body, settings, signing);
    }

    @GetMapping("/{webhook}")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "One of these programs")
    EndpointBody get(ClientCaller caller, @PathVariable UUID webhook) {
        return webhooks.get(caller.client().id(), webhook);
    }

    @PatchMapping("/{webhook}")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Change its address or what it hears of, disable or enable it",
            description =
                    "Messages that wait are sent once it is enabled again; of what happens meanwhile it is not told.")
    EndpointBody change(ClientCaller caller, @PathVariable UUID webhook, @RequestBody EndpointPatch body) {
        // Of an id that is not the client's nothing is told, not even that the body is wrong.
        webhooks.get(caller.client().id(), webhook);
        var change = new Webhooks.Change(
                body.url() == null ? null : url(body.url()),
                body.description() == null ? null : description(body.description()),
                body.kinds() == null ? null : kinds(body.kinds()),
                body.enabled());
        return webhooks.change(caller, webhook, change);
    }

    @DeleteMapping("/{webhook}")
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Tell it nothing more, and forget what was sent")
    void delete(ClientCaller caller, @PathVariable UUID webhook) {
        webhooks.delete(caller, webhook);
    }

    @PostMapping("/{webhook}/rotation")
    @Allow(Role.REQUESTER)
    @Operation(summary = "Give it another key", description = "For 24 hours the former key signs along.")
    EndpointMade rotate(ClientCaller caller, Attempt attempt, @PathVariable UUID webhook) {
        return webhooks.rotate(caller, attempt, webhook);
    }

    @PostMapping("/{webhook}/test")
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Send it a message of the kind webhook.test")
    DeliveryBody test(ClientCaller caller, Attempt attempt, @PathVariable UUID webhook) {
        return DeliveryBody.of(webhooks.test(caller, attempt, webhook));
    }

    @GetMapping("/{webhook}/deliveries")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "What was sent to it in the last 30 days, newest first")
    Page<DeliveryBody> deliveries(
            ClientCaller caller,
            @PathVariable UUID webhook,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var count = Page.limit(limit);
        var before = cursor == null ? null : id(Cursor.decode(cursor, 1).key(0));
        var only = state == null ? null : DeliveryState.of(state);
        var found = webhooks.deliveries(caller.client().id(), webhook, only, before, count + 1).stream()
                .map(DeliveryBody::of)
                .toList();
        return Page.cut(found, count, one -> Cursor.of(one.id()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw EtalonException.invalidAt("/cursor", "is not one that this list gave out");
        }
    }

    @GetMapping("/{webhook}/deliveries/{delivery}")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "One message: what was sent, and what came back at each try")
    DeliveryDetail delivery(ClientCaller caller, @PathVariable UUID webhook, @PathVariable UUID delivery) {
        return webhooks.delivery(caller.client().id(), webhook, delivery);
    }

    @PostMapping("/{webhook}/deliveries/{delivery}/again")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Send a message once more",
            description = "Under the same webhook-id, with a whole schedule before it.")
    DeliveryBody again(ClientCaller caller, Attempt attempt, @PathVariable UUID webhook, @PathVariable UUID delivery) {
        return DeliveryBody.of(webhooks.again(caller, attempt, webhook, delivery));
    }

    private String url(@Nullable String text) {
        var url = Checks.text(text, "/url", LONGEST_URL);
        try {
            if (url.chars().allMatch(one -> one > ' ' && one < 0x7f) && egress.isCallable(new URI(url))) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw EtalonException.invalidAt("/url", "is no address: " + e.getReason());
        }
        throw EtalonException.invalidAt(
                "/url",
                "must be an https address without a user's name or a fragment, and of a network that this server calls");
    }

    private static String description(@Nullable String text) {
        return text == null || text.isBlank() ? "" : Checks.text(text, "/description", LONGEST_DESCRIPTION);
    }

    private static List<String> kinds(@Nullable List<@Nullable String> asked) {
        var kinds = new ArrayList<String>();
        for (var kind : Checks.required(asked, "/kinds")) {
            if (kind == null || !KINDS.contains(kind)) {
                throw EtalonException.invalidAt("/kinds/" + kinds.size(), "must be one of " + String.join(", ", KINDS));
            }
            if (kinds.contains(kind)) {
                throw EtalonException.invalidAt("/kinds/" + kinds.size(), "stands there already");
            }
            kinds.add(kind);
        }
        if (kinds.isEmpty()) {
            throw EtalonException.invalidAt("/kinds", "must name one event at least");
        }
        return kinds;
    }
}
