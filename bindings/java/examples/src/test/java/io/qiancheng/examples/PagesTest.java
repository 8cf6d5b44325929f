package io.qiancheng.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages show is compiled. The blocks of a page are one program: their imports go to its top, their types into its class,
 * and the rest one behind the other into a method.
 */
final class PagesTest {
    private static final List<String> PAGES =
            Arrays.asList("docs/java.md", "docs/zh/java.md");

    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(@\\w+.*\n)*(public |final |abstract )*(class|interface|enum) ", Pattern.MULTILINE);

    @TempDir
    static Path classes;

    @TestFactory
    List<DynamicTest> theBlocksOfAPageCompile() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : PAGES) {
            Path file = Paths.get(System.getProperty("repository.root"), page);
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            tests.add(DynamicTest.dynamicTest(page, () -> compile(program(page, text))));
        }
        return tests;
    }

    private static String program(String page, String text) {
        StringBuilder imports = new StringBuilder();
        StringBuilder types = new StringBuilder();
        StringBuilder statements = new StringBuilder();
        Matcher blocks = BLOCK.matcher(text);
        int count = 0;
        while (blocks.find()) {
            count++;
            StringBuilder rest = new StringBuilder();
            for (String line : blocks.group(1).split("\n")) {
                (line.startsWith("import ") ? imports : rest).append(line).append('\n');
            }
            Matcher type = TYPE.matcher(rest);
            if (type.find()) {
                statements.append(rest, 0, type.start());
                types.append(rest.substring(type.start()).replaceAll("(?m)^(public |final )*class ", "static class "));
            } else {
                statements.append(rest);
            }
        }
        assertTrue(count > 0, page + " shows no Java");
        return imports + "class Page {\n" + types + "void page() throws Exception {\n" + statements + "}\n}\n";
    }

    private static void compile(String program) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = Arrays.asList(
                "-proc:none", "-Xlint:-options", "-source", "8", "-target", "8", "-cp", classPath, "-d", classes.toString());
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return program;
            }
        };
        boolean compiled = compiler.getTask(null, null, problems, options, null, Collections.singletonList(source))
                .call();
        StringBuilder said = new StringBuilder();
        problems.getDiagnostics().forEach(problem -> said.append(problem.getMessage(Locale.ROOT))
                .append(" in line ")
                .append(problem.getLineNumber())
                .append('\n'));
        assertTrue(compiled, () -> said + program);
        assertFalse(program.contains("TODO"));
    }
}
