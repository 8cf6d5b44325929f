package io.qiancheng.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole journey, as a program of its own. */
final class JourneyTest {
    @Test
    void theJourneyEndsWithAVerdict(@TempDir Path folder) throws Exception {
        try (Vendor vendor = new Vendor()) {
            String java = Paths.get(System.getProperty("java.home"), "bin", "java").toString();
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            ProcessBuilder builder = new ProcessBuilder(
                            java,
                            "-Dqiancheng.library.path=" + System.getProperty("qiancheng.library.path"),
                            "-Dfile.encoding=UTF-8",
                            "-cp",
                            classPath,
                            Journey.class.getName(),
                            folder + File.separator)
                    .redirectErrorStream(true);
            vendor.tell(builder.environment());
            Process process = builder.start();
            try (OutputStream terminal = process.getOutputStream()) {
                terminal.write("123456\n".getBytes(StandardCharsets.UTF_8));
            }
            String output = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
            assertEquals(0, process.waitFor(), output);
            assertTrue(output.contains("verdict: 0"), output);
            assertTrue(output.contains("raw data: " + Files.size(folder.resolve("raw.json")) + " bytes"), output);
        }
    }
}
