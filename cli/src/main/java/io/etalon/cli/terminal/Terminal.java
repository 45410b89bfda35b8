package io.etalon.cli.terminal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Whether somebody is looking. */
final class Terminal {
    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /**
     * Whether standard error is a terminal. {@link System#console()} cannot tell: it wants standard input and output to
     * be one too, which they are not in {@code cat votes | etalon rank - > table}.
     */
    static boolean onStandardError() {
        var linker = Linker.nativeLinker();
        var isatty = linker.defaultLookup()
                .find("isatty")
                .or(() -> linker.defaultLookup().find("_isatty"));
        if (isatty.isEmpty()) {
            var console = System.console();
            return console != null && console.isTerminal();
        }
        var ask =
                linker.downcallHandle(isatty.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            return (int) ask.invokeExact(STANDARD_ERROR) != 0;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library could not be asked about the terminal", e);
        }
    }
}
