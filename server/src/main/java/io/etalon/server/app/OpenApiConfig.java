package io.etalon.server.app;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.Role;
import io.etalon.server.access.Rule;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;

/**
 * The description of the HTTP API at {@code /openapi.json} (OpenAPI 3.1), made from the handlers: each operation tells who
 * may call it, as its rule says, and how it fails.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfig {
    private static final String WEAK = "the session is not enough: a second factor, or a fresh sign-in, is asked for.";

    private static final String PROBLEM = "Problem";
    private static final String KEY = "key";
    private static final String SESSION = "session";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, ClientCaller.class, Attempt.class)
                .replaceWithSchema(ProjectId.class, new StringSchema().format("uuid"))
                .replaceWithSchema(JsonNode.class, new ObjectSchema().additionalProperties(true));
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Etalon")
                        .version("v1")
                        .description(
                                "The neutral data foundry. Lists come in pages; errors are problem documents (RFC 9457).")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(shared().addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("etk_…")
                                        .description("A key of a program."))
                        .addSecuritySchemes(
                                SESSION,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("etalon_session")
                                        .description(
                                                "A browser's session; its writes carry X-Etalon-Csrf: 1. Over HTTPS the"
                                                        + " cookie's name is __Host-etalon_session.")));
    }

    private static Components shared() {
        var components = new Components().addSchemas(PROBLEM, problem());
        ApiSchemas.ofAnnotation().forEach(components::addSchemas);
        return components;
    }

    /** Records as they are, and the same document whatever address it is asked at. */
    @Bean
    ModelConverter exactSchemas() {
        return new ApiSchemas();
    }

    @Bean
    OpenApiCustomizer places() {
        return ApiSchemas::nameEveryPlace;
    }

    @Bean
    OpenApiCustomizer relaxedRequests() {
        return ApiSchemas::relaxRequests;
    }

    private static Schema<?> problem() {
        var fault = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("JSON pointer (RFC 6901)"))
                .addProperty("message", new StringSchema())
                .required(List.of("pointer", "message"));
        return new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("code", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri"))
                .addProperty("faults", new ArraySchema().items(fault))
                .required(List.of("type", "title", "status", "detail", "code"));
    }

    @Bean
    OperationCustomizer rulesAndProblems() {
        return OpenApiConfig::describe;
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        var rule = Rule.of(handler.getMethod());
        if (rule == null) {
            return operation;
        }
        operation.setDescription(joined(operation.getDescription(), sentence(rule)));
        refusal(operation, "400", "The request is not valid.");
        refusal(operation, "401", "Nobody is signed in, or the credentials that came along are none.");
        if (Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.hasParameterAnnotation(PathVariable.class))) {
            refusal(operation, "404", "There is no such thing.");
        }
        if (isWrite(handler)) {
            refusal(operation, "403", "The caller may not do this, or a browser sent it from another site.");
            refusal(operation, "404", "The request names a thing that does not exist for the caller.");
            refusal(
                    operation,
                    "409",
                    "The state of things does not allow this; the code and the detail tell which state would.");
            refusal(operation, "413", "The body is too large.");
            refusal(operation, "415", "The content type is not read here.");
            refusal(operation, "429", "Too often; Retry-After tells when to come back.");
        }
        switch (rule) {
            case Rule.Anyone() -> operation.setSecurity(List.of());
            case Rule.SignedIn(var sessionOnly, var weakToo) -> {
                secure(operation, !sessionOnly);
                refusal(operation, "403", sessionOnly ? "A key may not do this; or " + WEAK : "Here " + WEAK);
            }
            case Rule.Operator() -> {
                secure(operation, true);
                refusal(operation, "403", "The caller is no operator, or " + WEAK);
            }
            case Rule.Member member -> {
                secure(operation, true);
                refusal(operation, "403", "The caller is a member without the role, or " + WEAK);
                refusal(operation, "404", "There is no such thing, or the caller is no member.");
            }
        }
        var also = handler.getMethodAnnotation(MayAnswer.class);
        if (also != null && also.status() < 400) {
            operation
                    .getResponses()
                    .addApiResponse(String.valueOf(also.status()), new ApiResponse().description(also.when()));
        } else if (also != null) {
            refusal(operation, String.valueOf(also.status()), also.when());
        }
        if (Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.getParameterType() == Attempt.class)) {
            operation.addParametersItem(new HeaderParameter()
                    .name("Idempotency-Key")
                    .description("Up to 100 visible ASCII characters; the same again gives the first answer again.")
                    .schema(new StringSchema().maxLength(100)));
            refusal(operation, "422", "The Idempotency-Key was used with another body.");
        }
        return operation;
    }

    private static boolean isWrite(HandlerMethod handler) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        return mapping != null && !List.of(mapping.method()).contains(RequestMethod.GET);
    }

    private static String joined(@Nullable String description, String sentence) {
        return description == null || description.isBlank() ? sentence : description + "\n\n" + sentence;
    }

    private static String sentence(Rule rule) {
        return switch (rule) {
            case Rule.Anyone() -> "For anyone.";
            case Rule.SignedIn(var sessionOnly, var weakToo) ->
                sessionOnly ? "For people who are signed in; keys are refused." : "For everyone with credentials.";
            case Rule.Operator() -> "For operators.";
            case Rule.Member(var roles, var operatorToo, var behindWalls, var ownPeopleOnly) ->
                "For "
                        + (roles.isEmpty()
                                ? "any member"
                                : "members with a role of "
                                        + roles.stream()
                                                .sorted()
                                                .map(Role::text)
                                                .collect(Collectors.joining(", ")))
                        + (operatorToo ? ", and operators." : ".")
                        + (ownPeopleOnly ? " Not for people of a workforce." : "");
        };
    }

    private static void secure(Operation operation, boolean keys) {
        operation.addSecurityItem(new SecurityRequirement().addList(SESSION));
        if (keys) {
            operation.addSecurityItem(new SecurityRequirement().addList(KEY));
        }
    }

    private static void refusal(Operation operation, String status, String description) {
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(description)
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
    }
}
