package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** Answers as JSON, an object a line. Not thread-safe. */
final class AnswerJsonl implements AnswerWriter {
    private static final byte[] END = {'}', '\n'};

    private final OutputStream out;
    private final StringBuilder head = new StringBuilder(400);

    AnswerJsonl(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(AnswerRows.Row row, Names names, byte[] answer) throws IOException {
        head.setLength(0);
        head.append("{\"submission\":")
                .append(row.submission())
                .append(",\"task\":")
                .append(row.task());
        head.append(",\"asset\":\"").append(row.asset()).append("\",\"name\":\"");
        var ascii = head.length();
        JsonStringEncoder.getInstance().quoteAsString(row.name(), head);
        var plain = isAscii(ascii);
        head.append("\",\"sha256\":\"").append(HexFormat.of().formatHex(row.sha256()));
        head.append("\",\"annotator\":\"").append(names.annotator());
        head.append("\",\"round\":")
                .append(row.round())
                .append(",\"revision\":")
                .append(row.revision());
        head.append(",\"ontologyVersion\":").append(row.ontologyVersion());
        head.append(",\"state\":\"").append(AnswerWriter.state(row));
        head.append("\",\"activeSeconds\":").append(row.activeSeconds());
        head.append(",\"submittedAt\":\"").append(row.submittedAt());
        if (names.reviewer() != null) {
            head.append("\",\"reviewer\":\"").append(names.reviewer());
        }
        head.append('"');
        if (!names.retired().isEmpty()) {
            head.append(",\"retiredLabels\":[\"")
                    .append(String.join("\",\"", names.retired()))
                    .append("\"]");
        }
        plain &= preLabel(row.preLabel());
        head.append(",\"answer\":");
        out.write(head.toString().getBytes(plain ? US_ASCII : UTF_8));
        out.write(answer);
        out.write(END);
    }

    /** Whether all of it is ASCII. */
    private boolean preLabel(AnswerRows.@Nullable FromPreLabel shown) {
        if (shown == null) {
            return true;
        }
        head.append(",\"preLabel\":{\"model\":\"");
        var from = head.length();
        JsonStringEncoder.getInstance().quoteAsString(shown.model(), head);
        head.append("\",\"version\":\"");
        JsonStringEncoder.getInstance().quoteAsString(shown.version(), head);
        var plain = isAscii(from);
        head.append('"');
        if (shown.confidence() != null) {
            head.append(",\"confidence\":").append(shown.confidence().doubleValue());
        }
        head.append(",\"unchanged\":").append(shown.unchanged()).append('}');
        return plain;
    }

    private boolean isAscii(int from) {
        for (var i = from; i < head.length(); i++) {
            if (head.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
