package io.qiancheng.tests;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM of its own, for what a test cannot do to the one it runs in. */
final class ChildJvm {
    private final List<String> launcher = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private String classPath = classPath();

    /** What it wrote to both of its outputs, and how it ended. */
    static final class Ended {
        final String output;
        final int status;

        Ended(String output, int status) {
            this.output = output;
            this.status = status;
        }
    }

    ChildJvm with(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    /** Is started by another program. */
    ChildJvm by(String... command) {
        launcher.addAll(Arrays.asList(command));
        return this;
    }

    /** Has a folder more on its class path. */
    ChildJvm behind(Path folder) {
        classPath = folder + File.pathSeparator + classPath;
        return this;
    }

    /** Finds the library and the sandbox as this JVM does. */
    ChildJvm withLibrary() {
        return with("-Dqiancheng.library.path=" + System.getProperty("qiancheng.library.path"));
    }

    /** Runs a class of the tests to its end. */
    Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
        // What this JVM was given: newer ones want to be told that natives are meant to be used.
        for (String option : System.getProperty("qiancheng.java.options", "").split(" ")) {
            if (!option.isEmpty()) {
                command.add(option);
            }
        }
        command.addAll(options);
        command.add("-Dqiancheng.command=" + Sandbox.COMMAND);
        command.add("-Drepository.root=" + System.getProperty("repository.root"));
        command.addAll(Arrays.asList("-cp", classPath, main.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .collect(Collectors.joining("\n"));
        return new Ended(output, process.waitFor());
    }

    /** The class path of the tests; surefire may have put it into a jar's manifest, and says so. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The same as files. */
    static List<File> classPathFiles() {
        return Arrays.stream(classPath().split(File.pathSeparator)).map(File::new).collect(Collectors.toList());
    }
}
