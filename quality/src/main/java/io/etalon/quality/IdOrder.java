package io.etalon.quality;

import java.util.Comparator;

/** Orders ids as people do: numbers by value and before words, words by code unit; "2" comes before "10". */
public enum IdOrder implements Comparator<String> {
    INSTANCE;

    private static final int DIGITS = 15;

    /** Whether an id reads as a plain decimal number: {@code -?[0-9]{1,15}(\.[0-9]{1,15})?}. */
    public static boolean isNumber(String id) {
        var start = !id.isEmpty() && id.charAt(0) == '-' ? 1 : 0;
        var point = afterDigits(id, start);
        if (point == start || point - start > DIGITS) {
            return false;
        }
        if (point == id.length()) {
            return true;
        }
        var end = id.charAt(point) == '.' ? afterDigits(id, point + 1) : point;
        return end == id.length() && end > point + 1 && end - point - 1 <= DIGITS;
    }

    private static int afterDigits(String id, int from) {
        var at = from;
        while (at < id.length() && id.charAt(at) >= '0' && id.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Ids are compared some twenty times each when they are sorted: whole numbers do not go through a parser. */
    private static double value(String number) {
        return number.indexOf('.') < 0 ? Long.parseLong(number) : Double.parseDouble(number);
    }

    @Override
    public int compare(String left, String right) {
        var leftIsNumber = isNumber(left);
        var rightIsNumber = isNumber(right);
        if (leftIsNumber && rightIsNumber) {
            var byValue = Double.compare(value(left), value(right));
            return byValue != 0 ? byValue : left.compareTo(right);
        }
        if (leftIsNumber != rightIsNumber) {
            return leftIsNumber ? -1 : 1;
        }
        return left.compareTo(right);
    }
}
