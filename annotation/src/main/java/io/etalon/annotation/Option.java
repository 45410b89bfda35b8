package io.etalon.annotation;

import java.util.Map;

/**
 * One possible answer to a choice question.
 *
 * @param id stable id ({@link Ids})
 * @param name the name shown where no locale's name fits
 * @param names names by locale
 */
public record Option(String id, String name, Map<String, String> names) {
    public Option {
        names = Names.sorted(names);
    }
}
