package io.etalon.annotation;

/**
 * One thing that is wrong with a document, and where.
 *
 * @param pointer JSON pointer (RFC 6901) to the value, empty for the whole document
 * @param message what is wrong and what would be right
 */
public record Fault(String pointer, String message) {}
