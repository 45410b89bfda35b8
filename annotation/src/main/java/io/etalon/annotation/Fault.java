package io.etalon.annotation;

/**
 * One thing wrong with a document.
 *
 * @param pointer where: a JSON pointer (RFC 6901) into the document's API form, {@code ""} for the whole
 * @param message what is wrong and what would be right, one English sentence without content of an asset
 */
public record Fault(String pointer, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "(document)" : pointer) + ": " + message;
    }
}
