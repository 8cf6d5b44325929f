package io.qiancheng.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qiancheng.ClientBuilder;
import io.qiancheng.QianchengClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The vendor, played by the command {@code qiancheng sandbox} in a process of its own. */
public final class Sandbox implements AutoCloseable {
    /** The command; the build hands its path in. */
    static final String COMMAND =
            Objects.requireNonNull(System.getProperty("qiancheng.command"), "the property qiancheng.command");

    static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final JsonNode settings;

    private Sandbox(Process process, JsonNode settings) {
        this.process = process;
        this.settings = settings;
    }

    /** Starts one on a free port. */
    public static Sandbox start() {
        return listening("127.0.0.1:0");
    }

    /** Starts one that remembers little of what it was asked. */
    static Sandbox quiet() {
        return listening("127.0.0.1:0", "--journal-entries", "100");
    }

    /** Starts one at an address. */
    static Sandbox listening(String address, String... options) {
        try {
            List<String> command = new ArrayList<>(Arrays.asList(COMMAND, "sandbox", "--listen", address));
            command.addAll(Arrays.asList(options));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IllegalStateException("the sandbox did not start");
            }
            return new Sandbox(process, JSON.readTree(line));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    String baseUrl() {
        return settings.get("base_url").textValue();
    }

    String username() {
        return settings.get("username").textValue();
    }

    String password() {
        return settings.get("password").textValue();
    }

    String auditPublicKey() {
        return settings.get("audit_public_key").textValue();
    }

    /** A client's settings for this sandbox; repeats cost nothing. */
    public ClientBuilder settings() {
        return QianchengClient.builder()
                .baseUrl(baseUrl())
                .account(username(), password())
                .auditPublicKey(auditPublicKey())
                .backoff(Duration.ofMillis(1), Duration.ofMillis(1))
                .pollInterval(Duration.ofMillis(1));
    }

    public QianchengClient client() {
        return settings().build();
    }

    void reset() {
        control("POST", "reset", null);
    }

    /** Puts the sandbox's clock forward. */
    void advance(Duration time) {
        control("POST", "clock", JSON.createObjectNode().put("advance_seconds", time.getSeconds()));
    }

    /** Answers the next calls of an endpoint as it is said here, in JSON. */
    void script(String endpoint, JsonNode answers) {
        ObjectNode script = JSON.createObjectNode();
        script.putObject("match").put("endpoint", endpoint);
        script.set("answers", answers);
        control("POST", "script", script);
    }

    /** Adds a fault, given as JSON with single quotes. */
    void fault(String rule) {
        control("POST", "faults", read(rule));
    }

    /** What was asked, as it was understood. */
    JsonNode journal() {
        return control("GET", "journal", null).get("entries");
    }

    /** Reads JSON that is written with single quotes. */
    static JsonNode read(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The members of an object, in its order. */
    static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.fieldNames().forEachRemaining(name -> members.put(name, object.get(name)));
        return members;
    }

    private JsonNode control(String method, String what, JsonNode body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL(baseUrl() + "/__sandbox/" + what).openConnection();
            connection.setRequestMethod(method);
            if (!method.equals("GET")) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body == null ? new byte[0] : JSON.writeValueAsBytes(body));
                }
            }
            try (InputStream in = connection.getInputStream()) {
                return JSON.readTree(in);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Waits until an endpoint has been asked: the sandbox notes a request before it answers. */
    void untilAsked(String endpoint) {
        while (true) {
            for (JsonNode entry : journal()) {
                if (endpoint.equals(entry.path("endpoint").asText())) {
                    return;
                }
            }
            Thread.yield();
        }
    }

    /** Ends the process as a crash would. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException error) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
