package io.etalon.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the entry point of the process did with a command line: its exit code and everything it printed. */
record CommandRun(int code, String out, String err) {
    /** Runs a command line as the process would, one at a time. */
    static CommandRun of(String... arguments) {
        return with(new byte[0], arguments);
    }

    /** The same with these bytes on standard input. */
    static synchronized CommandRun with(byte[] input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var usualIn = System.in;
        var usualOut = System.out;
        var usualErr = System.err;
        System.setIn(new ByteArrayInputStream(input));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            var code = Main.run(arguments);
            return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(usualIn);
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }
}
