package io.etalon.server.identity.scim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources that are served, as SCIM describes them (RFC 7643, sections 4 to 7): what is not listed is not kept. */
final class Schemas {
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
    private static final String CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
    private static final String TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
    private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";

    private Schemas() {}

    /** One attribute of a resource. */
    record Attribute(String name, String type, Set<Trait> traits, String says, List<Attribute> subs) {
        Map<String, Object> description() {
            var all = new LinkedHashMap<String, Object>();
            all.put("name", name);
            all.put("type", type);
            all.put("multiValued", traits.contains(Trait.LIST));
            all.put("description", says);
            all.put("required", traits.contains(Trait.REQUIRED));
            if (type.equals("string") || type.equals("reference")) {
                all.put("caseExact", traits.contains(Trait.EXACT));
            }
            all.put(
                    "mutability",
                    traits.contains(Trait.READ_ONLY)
                            ? "readOnly"
                            : traits.contains(Trait.IMMUTABLE) ? "immutable" : "readWrite");
            all.put("returned", traits.contains(Trait.ALWAYS) ? "always" : "default");
            all.put("uniqueness", traits.contains(Trait.UNIQUE) ? "server" : "none");
            if (type.equals("reference")) {
                all.put("referenceTypes", List.of(says.contains("group") ? "Group" : "User"));
            }
            if (!subs.isEmpty()) {
                all.put(
                        "subAttributes",
                        subs.stream().map(Attribute::description).toList());
            }
            return all;
        }
    }

    /** What an attribute is besides its type. */
    enum Trait {
        LIST,
        REQUIRED,
        UNIQUE,
        READ_ONLY,
        IMMUTABLE,
        EXACT,
        ALWAYS
    }

    private static Attribute text(String name, String says, Trait... traits) {
        return new Attribute(name, "string", Set.of(traits), says, List.of());
    }

    private static Attribute truth(String name, String says) {
        return new Attribute(name, "boolean", Set.of(), says, List.of());
    }

    /** A kind of resource. */
    enum Kind {
        USERS(
                "User",
                "Users",
                USER,
                List.of(
                        text("userName", "The name at the directory; in any case", Trait.REQUIRED, Trait.UNIQUE),
                        new Attribute(
                                "name",
                                "complex",
                                Set.of(),
                                "The parts of the name",
                                List.of(
                                        text("formatted", "The whole name"),
                                        text("familyName", "The family's"),
                                        text("givenName", "The given one"))),
                        text("displayName", "What screens call the person"),
                        new Attribute(
                                "emails",
                                "complex",
                                Set.of(Trait.LIST),
                                "Addresses; the primary one, or the first, is the login name",
                                List.of(
                                        text("value", "The address"),
                                        text("type", "Such as work"),
                                        truth("primary", "Whether it is the one to use"))),
                        truth("active", "False ends roles, keys and sessions at once"),
                        new Attribute(
                                "groups",
                                "complex",
                                Set.of(Trait.LIST, Trait.READ_ONLY),
                                "The groups of the person",
                                List.of(
                                        text("value", "The group's id", Trait.READ_ONLY),
                                        new Attribute(
                                                "$ref",
                                                "reference",
                                                Set.of(Trait.READ_ONLY, Trait.EXACT),
                                                "Where the group is",
                                                List.of()),
                                        text("display", "The group's name", Trait.READ_ONLY))))),
        GROUPS(
                "Group",
                "Groups",
                GROUP,
                List.of(
                        text("displayName", "What the operator's rules call the group", Trait.REQUIRED),
                        new Attribute(
                                "members",
                                "complex",
                                Set.of(Trait.LIST),
                                "Who is in it",
                                List.of(
                                        text("value", "The user's id", Trait.IMMUTABLE),
                                        new Attribute(
                                                "$ref",
                                                "reference",
                                                Set.of(Trait.IMMUTABLE, Trait.EXACT),
                                                "Where the user is",
                                                List.of())))));

        private final String type;
        private final String folder;
        private final String schema;
        private final List<Attribute> attributes;

        Kind(String type, String folder, String schema, List<Attribute> attributes) {
            this.type = type;
            this.folder = folder;
            this.schema = schema;
            this.attributes = attributes;
        }

        String type() {
            return type;
        }

        String folder() {
            return folder;
        }

        String schema() {
            return schema;
        }

        /** The attribute's name as the schema writes it; null when there is none. */
        @Nullable
        String attribute(String name) {
            if (name.equalsIgnoreCase("externalId")) {
                return "externalId";
            }
            var found = find(attributes, name);
            return found == null ? null : found.name();
        }

        @Nullable
        String sub(String attribute, String name) {
            var found = find(attributes, attribute);
            var sub = found == null ? null : find(found.subs(), name);
            return sub == null ? null : sub.name();
        }

        boolean isList(String attribute) {
            var found = find(attributes, attribute);
            return found != null && found.traits().contains(Trait.LIST);
        }

        boolean isReadOnly(String attribute) {
            var found = find(attributes, attribute);
            return found != null && found.traits().contains(Trait.READ_ONLY);
        }

        /** What every resource has of the server's own, and what is not served: a client that sends it back means nothing by it. */
        boolean isIgnored(String name) {
            var lower = name.toLowerCase(Locale.ROOT);
            return Set.of("id", "meta", "schemas").contains(lower)
                    || attribute(name) == null
                    || isReadOnly(String.valueOf(attribute(name)));
        }

        private static @Nullable Attribute find(List<Attribute> in, String name) {
            for (var one : in) {
                if (one.name().equalsIgnoreCase(name)) {
                    return one;
                }
            }
            return null;
        }

        Map<String, Object> resourceType(String base) {
            return Map.of(
                    "schemas",
                    List.of(TYPE),
                    "id",
                    type,
                    "name",
                    type,
                    "endpoint",
                    "/" + folder,
                    "schema",
                    schema,
                    "meta",
                    Map.of("resourceType", "ResourceType", "location", base + "/ResourceTypes/" + type));
        }

        Map<String, Object> description(String base) {
            return Map.of(
                    "schemas",
                    List.of(SCHEMA),
                    "id",
                    schema,
                    "name",
                    type,
                    "description",
                    "What is kept of a " + type,
                    "attributes",
                    attributes.stream().map(Attribute::description).toList(),
                    "meta",
                    Map.of("resourceType", "Schema", "location", base + "/Schemas/" + schema));
        }
    }

    static Map<String, Object> config(String base) {
        var all = new LinkedHashMap<String, Object>();
        all.put("schemas", List.of(CONFIG));
        all.put("patch", Map.of("supported", true));
        all.put("bulk", Map.of("supported", false, "maxOperations", 0, "maxPayloadSize", 0));
        all.put("filter", Map.of("supported", true, "maxResults", ScimController.MOST_RESULTS));
        all.put("changePassword", Map.of("supported", false));
        all.put("sort", Map.of("supported", false));
        all.put("etag", Map.of("supported", true));
        all.put(
                "authenticationSchemes",
                List.of(Map.of(
                        "type",
                        "oauthbearertoken",
                        "name",
                        "Provisioning token",
                        "description",
                        "A token that an operator made for one identity provider",
                        "primary",
                        true)));
        all.put("meta", Map.of("resourceType", "ServiceProviderConfig", "location", base + "/ServiceProviderConfig"));
        return all;
    }
}
