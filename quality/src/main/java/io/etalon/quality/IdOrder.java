package io.etalon.quality;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Orders ids as people do: numbers by value and before words, words by code unit; "2" comes before "10". */
public enum IdOrder implements Comparator<String> {
    INSTANCE;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

    /** Whether an id reads as a plain decimal number. */
    public static boolean isNumber(String id) {
        return NUMBER.matcher(id).matches();
    }

    @Override
    public int compare(String left, String right) {
        var leftIsNumber = isNumber(left);
        var rightIsNumber = isNumber(right);
        if (leftIsNumber && rightIsNumber) {
            var byValue = Double.compare(Double.parseDouble(left), Double.parseDouble(right));
            return byValue != 0 ? byValue : left.compareTo(right);
        }
        if (leftIsNumber != rightIsNumber) {
            return leftIsNumber ? -1 : 1;
        }
        return left.compareTo(right);
    }
}
