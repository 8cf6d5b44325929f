package io.qiancheng.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qiancheng.QianchengClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The vendor, played by the command {@code qiancheng sandbox}. */
final class Vendor implements AutoCloseable {
    private final Process process;
    private final JsonNode settings;

    Vendor() throws IOException {
        process = new ProcessBuilder(System.getProperty("qiancheng.command"), "sandbox", "--listen", "127.0.0.1:0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        settings = new ObjectMapper().readTree(line);
    }

    /** Puts the account where {@code fromEnvironment} looks for it. */
    void tell(Map<String, String> environment) {
        environment.put("QIANCHENG_BASE_URL", settings.get("base_url").textValue());
        environment.put("QIANCHENG_USERNAME", settings.get("username").textValue());
        environment.put("QIANCHENG_PASSWORD", settings.get("password").textValue());
        environment.put("QIANCHENG_AUDIT_PUBLIC_KEY", settings.get("audit_public_key").textValue());
    }

    QianchengClient client() {
        return QianchengClient.builder()
                .baseUrl(settings.get("base_url").textValue())
                .account(settings.get("username").textValue(), settings.get("password").textValue())
                .pollInterval(Duration.ofMillis(1))
                .build();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
