package io.etalon.server.identity.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * SCIM's filters (RFC 7644, section 3.4.2.2) as far as directories use them: {@code eq}, {@code co}, {@code sw} and
 * {@code pr} on listed attributes, joined by {@code and} and {@code or}, in parentheses, with {@code not}. Reading is a plain
 * descent of bounded depth. A filter becomes a condition with parameters: no text of a caller's ever stands in SQL.
 */
final class Filter {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 20;

    /** A condition for {@code where}, with its parameters in order. */
    record Condition(String sql, List<Object> parameters) {}

    private enum Kind {
        WORD,
        TEXT,
        OPEN,
        CLOSE
    }

    private record Token(Kind kind, String text) {}

    private final Map<String, String> columns;
    private final List<Token> tokens;
    private final List<Object> parameters = new ArrayList<>();
    private int at;

    private Filter(Map<String, String> columns, List<Token> tokens) {
        this.columns = columns;
        this.tokens = tokens;
    }

    /**
     * Reads a filter.
     *
     * @param columns attributes in lower case, each with the SQL expression of its text
     * @throws ScimFault invalidFilter
     */
    static Condition read(String text, Map<String, String> columns) {
        if (text.length() > LONGEST) {
            throw ScimFault.invalidFilter("The filter is longer than " + LONGEST + " characters.");
        }
        var filter = new Filter(columns, tokens(text));
        var sql = filter.either(0);
        if (filter.at < filter.tokens.size()) {
            throw ScimFault.invalidFilter("The filter goes on after its end.");
        }
        return new Condition(sql, List.copyOf(filter.parameters));
    }

    private String either(int depth) {
        var sql = new StringBuilder(both(depth));
        while (isWord("or")) {
            at++;
            sql.append(" or ").append(both(depth));
        }
        return "(" + sql + ")";
    }

    private String both(int depth) {
        var sql = new StringBuilder(one(depth));
        while (isWord("and")) {
            at++;
            sql.append(" and ").append(one(depth));
        }
        return "(" + sql + ")";
    }

    private String one(int depth) {
        if (depth > DEEPEST) {
            throw ScimFault.invalidFilter("The filter is nested too deeply.");
        }
        if (isWord("not")) {
            at++;
            if (at >= tokens.size() || tokens.get(at).kind() != Kind.OPEN) {
                throw ScimFault.invalidFilter("“not” is followed by a filter in parentheses.");
            }
            return "(not coalesce(" + one(depth + 1) + ", false))";
        }
        var first = next();
        if (first.kind() == Kind.OPEN) {
            var inner = either(depth + 1);
            if (next().kind() != Kind.CLOSE) {
                throw ScimFault.invalidFilter("A parenthesis is not closed.");
            }
            return inner;
        }
        if (first.kind() != Kind.WORD) {
            throw ScimFault.invalidFilter("An attribute is expected.");
        }
        return comparison(first.text());
    }

    private String comparison(String attribute) {
        var column = columns.get(bare(attribute));
        if (column == null) {
            throw ScimFault.invalidFilter("This attribute cannot be filtered by.");
        }
        var operator = next().text().toLowerCase(Locale.ROOT);
        if (operator.equals("pr")) {
            return "(" + column + " is not null)";
        }
        var value = next();
        if (value.kind() != Kind.TEXT && !value.text().matches("true|false")) {
            throw ScimFault.invalidFilter("A value is a text in quotes, true or false.");
        }
        // Every attribute here is caseExact: false, but the ids, which have one form.
        parameters.add(value.text().toLowerCase(Locale.ROOT));
        return switch (operator) {
            case "eq" -> "(lower(" + column + ") = ?)";
            case "ne" -> "(lower(" + column + ") is distinct from ?)";
            case "co" -> "(position(? in lower(" + column + ")) > 0)";
            case "sw" -> "(starts_with(lower(" + column + "), ?))";
            default -> throw ScimFault.invalidFilter("Operators are eq, ne, co, sw and pr.");
        };
    }

    /** Without the schema's URN, in lower case. */
    static String bare(String attribute) {
        var name = attribute.toLowerCase(Locale.ROOT);
        return name.startsWith("urn:") ? name.substring(name.lastIndexOf(':') + 1) : name;
    }

    private boolean isWord(String word) {
        return at < tokens.size()
                && tokens.get(at).kind() == Kind.WORD
                && tokens.get(at).text().equalsIgnoreCase(word);
    }

    private Token next() {
        if (at >= tokens.size()) {
            throw ScimFault.invalidFilter("The filter ends too early.");
        }
        return tokens.get(at++);
    }

    private static List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        var i = 0;
        while (i < text.length()) {
            var c = text.charAt(i);
            if (c == ' ') {
                i++;
            } else if (c == '(' || c == ')') {
                tokens.add(new Token(c == '(' ? Kind.OPEN : Kind.CLOSE, ""));
                i++;
            } else if (c == '"') {
                var value = new StringBuilder();
                i = quoted(text, i + 1, value);
                tokens.add(new Token(Kind.TEXT, value.toString()));
            } else {
                var end = i;
                while (end < text.length() && " ()\"".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                tokens.add(new Token(Kind.WORD, text.substring(i, end)));
                i = end;
            }
        }
        return tokens;
    }

    /** A JSON string without escapes of code points; returns the place behind its end. */
    private static int quoted(String text, int from, StringBuilder value) {
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
            }
            if (c == 0) {
                throw ScimFault.invalidFilter("A value holds the character U+0000.");
            }
            value.append(c);
        }
        throw ScimFault.invalidFilter("A value is not closed.");
    }
}
