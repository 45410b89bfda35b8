package io.etalon.server.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.quality.MethodNames;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record's schema as exact as the record: a component is required, unless {@code @Nullable} and left out when null
 * ({@code @JsonInclude(NON_NULL)}); one that is {@code @Nullable} and sent as null says so. In what a caller sends, null may
 * also be left out. A method of the library goes by its names in the API. Thread-safe.
 */
final class ApiSchemas implements ModelConverter {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final String REF = "#/components/schemas/";

    /** Which record gave a name its schema: two records of one name would overwrite each other in silence. */
    private final Map<String, Class<?>> owners = new ConcurrentHashMap<>();

    /** The schemas of what `annotation` defines and its own reader and writer carry as JSON: answers and ontologies. */
    static Map<String, Schema<?>> ofAnnotation() {
        try (var json = Objects.requireNonNull(ApiSchemas.class.getResourceAsStream("annotation-schemas.json"))) {
            var schemas = new LinkedHashMap<String, Schema<?>>();
            for (var entry : Json31.mapper().readTree(json).properties()) {
                schemas.put(entry.getKey(), Json31.mapper().treeToValue(entry.getValue(), Schema.class));
            }
            return schemas;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        var raw = rawClass(type.getType());
        if (raw == TruthMethod.class) {
            var names = new StringSchema();
            MethodNames.all().forEach(names::addEnumItem);
            return names;
        }
        var resolved = chain.next().resolve(type, context, chain);
        if (resolved != null && raw != null && raw.isRecord()) {
            var name = resolved.get$ref() == null ? null : resolved.get$ref().substring(REF.length());
            var schema = name == null ? resolved : context.getDefinedModels().get(name);
            if (schema != null && schema.getProperties() != null) {
                claim(name == null ? schema.getName() : name, raw);
                exact(schema, raw);
            }
        }
        return resolved;
    }

    private void claim(@Nullable String name, Class<?> raw) {
        var owner = name == null ? null : owners.putIfAbsent(name, raw);
        if (owner != null && !shape(owner).equals(shape(raw))) {
            throw new IllegalStateException(
                    owner + " and " + raw + " both give the schema " + name + "; name one with @Schema(name = …)");
        }
    }

    private static List<String> shape(Class<?> owner) {
        return Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::toString)
                .toList();
    }

    private static void exact(Schema<?> schema, Class<?> type) {
        var required = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            var name = nameOf(component);
            var property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            var nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            var leftOut = nullable && leftOutWhenNull(component);
            if (!leftOut) {
                required.add(name);
            }
            var alone = alone(property);
            schema.getProperties().put(name, nullable && !leftOut && !takesNull(alone) ? orNull(alone) : alone);
        }
        schema.setRequired(required);
    }

    /** A reference says everything; what the Java type would have been beside it contradicts it. */
    private static Schema<?> alone(Schema<?> schema) {
        return schema.get$ref() == null ? schema : new JsonSchema().$ref(schema.get$ref());
    }

    private static String nameOf(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    private static boolean leftOutWhenNull(RecordComponent component) {
        return Stream.of(component.getAccessor(), component.getDeclaringRecord())
                .map(element -> element.getAnnotation(JsonInclude.class))
                .anyMatch(include -> include != null && include.value() == JsonInclude.Include.NON_NULL);
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() == null && schema.getEnum() == null && schema.getTypes() != null) {
            var types = new TreeSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
            return schema;
        }
        return new JsonSchema().anyOf(List.of(schema, new JsonSchema().types(Set.of("null"))));
    }

    private static boolean takesNull(@Nullable Schema<?> schema) {
        return schema != null
                && ((schema.getTypes() != null && schema.getTypes().contains("null"))
                        || (schema.getAnyOf() != null
                                && schema.getAnyOf().stream().anyMatch(ApiSchemas::takesNull)));
    }

    private static @Nullable Class<?> rawClass(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case JavaType jackson -> jackson.getRawClass();
            case ParameterizedType generic -> rawClass(generic.getRawType());
            default -> null;
        };
    }

    /** What an address names and no handler reads by itself, such as the client, is a parameter too. */
    static void nameEveryPlace(OpenAPI api) {
        api.getPaths()
                .forEach((path, item) -> PLACE.matcher(path)
                        .results()
                        .map(found -> found.group(1))
                        .forEach(name -> {
                            for (var operation : item.readOperations()) {
                                var known = operation.getParameters();
                                if (known == null || known.stream().noneMatch(one -> name.equals(one.getName()))) {
                                    operation.addParametersItem(
                                            new PathParameter().name(name).schema(new StringSchema()));
                                }
                            }
                        }));
    }

    /** In the bodies that a caller sends, and in what they hold, what takes null may also be missing. */
    static void relaxRequests(OpenAPI api) {
        var schemas = api.getComponents().getSchemas();
        var sent = new HashSet<String>();
        api.getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(content -> reach(content.getSchema(), schemas, sent));
        for (var name : sent) {
            Schema<?> schema = schemas.get(name);
            if (schema != null && schema.getRequired() != null) {
                schema.setRequired(schema.getRequired().stream()
                        .filter(member -> !takesNull(schema.getProperties().get(member)))
                        .toList());
            }
        }
    }

    @SuppressWarnings("rawtypes") // The library's models are.
    private static void reach(@Nullable Schema<?> schema, Map<String, Schema> schemas, Set<String> reached) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            var name = schema.get$ref().substring(REF.length());
            if (reached.add(name)) {
                reach(schemas.get(name), schemas, reached);
            }
        }
        reach(schema.getItems(), schemas, reached);
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(part -> reach(part, schemas, reached));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(part -> reach(part, schemas, reached));
        }
    }
}
