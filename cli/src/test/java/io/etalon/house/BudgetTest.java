package io.etalon.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The house's budgets: a file 500 lines, a method 60, parameters 6. Exceptions are listed by name and only shrink. */
class BudgetTest {
    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;
    private static final int PARAMETERS = 6;
    private static final Set<String> MODULES =
            Set.of("annotation", "quality", "ranking", "ledger", "formats", "server", "cli", "benchmarks");

    /** Each with its reason; a test below fails when one is no longer needed. */
    private static final Set<String> EXCEPTIONS = Set.of(
            // A handler names the query parameters that its address knows, and the API's document is made from them.
            "AssetController.java: list has 7 parameters",
            "AuditController.java: entries has 7 parameters",
            "TaskController.java: list has 8 parameters");

    @Test
    void everyFileMethodAndParameterListStaysInItsBudget() throws IOException {
        var sources = sources();
        assertThat(sources).as("Java sources").hasSizeGreaterThan(50);
        var over = over(sources);
        assertThat(over).isSubsetOf(EXCEPTIONS);
        assertThat(EXCEPTIONS).as("exceptions that are no longer needed").isSubsetOf(over);
    }

    @Test
    void findsAMethodThatIsTooLongAndAFileThatIsTooLong() throws IOException {
        var body = "int x;\n".repeat(METHOD_LINES + 1).replace("x", "y");
        var source = "class Long { void longOne(int a, int b, int c, int d, int e, int f, int g) {\n" + body + "} }\n"
                + "// line\n".repeat(FILE_LINES);
        var file = Files.writeString(Files.createTempFile(Path.of("target"), "Long", ".java"), source);
        try {
            assertThat(over(List.of(file)))
                    .anyMatch(fault -> fault.contains("lines in the file"))
                    .anyMatch(fault -> fault.contains("longOne has") && fault.contains("lines"))
                    .anyMatch(fault -> fault.contains("longOne has 7 parameters"));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIsFor() throws IOException {
        var faults = new ArrayList<String>();
        for (var folder : packages()) {
            var info = folder.resolve("package-info.java");
            if (!Files.exists(info)) {
                faults.add(folder + " has no package-info.java");
            } else if (!Files.readString(info).contains("@NullMarked")) {
                faults.add(info + " is not @NullMarked");
            }
        }
        assertThat(faults).isEmpty();
    }

    private static Set<String> over(List<Path> sources) throws IOException {
        var faults = new TreeSet<String>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, d -> {}, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                var name = Path.of(unit.getSourceFile().getName()).getFileName().toString();
                var lines = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit));
                var text = unit.getSourceFile().getCharContent(true).toString();
                var all = Math.max(lines, text.lines().count());
                if (all > FILE_LINES) {
                    faults.add(name + ": " + all + " lines in the file");
                }
                new MethodBudgets(unit, positions, name, faults).scan(unit, null);
            }
        }
        return faults;
    }

    private static final class MethodBudgets extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final com.sun.source.util.SourcePositions positions;
        private final String file;
        private final Set<String> faults;

        MethodBudgets(
                CompilationUnitTree unit,
                com.sun.source.util.SourcePositions positions,
                String file,
                Set<String> faults) {
            this.unit = unit;
            this.positions = positions;
            this.file = file;
            this.faults = faults;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            var map = unit.getLineMap();
            var start = map.getLineNumber(positions.getStartPosition(unit, method));
            var end = map.getLineNumber(positions.getEndPosition(unit, method));
            if (end - start + 1 > METHOD_LINES) {
                faults.add(file + ": " + method.getName() + " has " + (end - start + 1) + " lines");
            }
            var parent = getCurrentPath().getParentPath().getLeaf();
            var ofARecord = parent instanceof ClassTree type && type.getKind() == Tree.Kind.RECORD;
            // Spring calls constructors and handlers; their parameters are wiring, and records list their components.
            var wiring = method.getName().contentEquals("<init>")
                    || ofARecord && method.getName().contentEquals("of");
            if (!wiring && method.getParameters().size() > PARAMETERS) {
                faults.add(file + ": " + method.getName() + " has "
                        + method.getParameters().size() + " parameters");
            }
            return super.visitMethod(method, unused);
        }
    }

    private static List<Path> sources() {
        return walk(path -> path.toString().endsWith(".java"));
    }

    private static Set<Path> packages() {
        var folders = new TreeSet<Path>();
        for (var source : walk(path -> path.toString().endsWith(".java")
                && path.toString().contains("src/main/java")
                // A benchmark may live in a package of the server to reach below HTTP; that package is documented
                // there.
                && !path.toString().contains("benchmarks"))) {
            folders.add(source.getParent());
        }
        return folders;
    }

    private static List<Path> walk(java.util.function.Predicate<Path> wanted) {
        var found = new ArrayList<Path>();
        for (var module : MODULES) {
            var root = Path.of("..", module, "src");
            if (Files.isDirectory(root)) {
                try (Stream<Path> paths = Files.walk(root)) {
                    paths.filter(wanted).forEach(found::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }
}
