package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.qiancheng.AuditEncoding;
import io.qiancheng.AuditPadding;
import io.qiancheng.CallOptions;
import io.qiancheng.PlainAnswer;
import io.qiancheng.ClientBuilder;
import io.qiancheng.QianchengClient;
import io.qiancheng.QianchengException;
import io.qiancheng.WireFormat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conformance suite, {@code tests/cases}, replayed through {@code call}. {@code tests/README.md} has the rules. */
final class ConformanceTest {
    private static final Path CASES = Paths.get(System.getProperty("repository.root"), "tests", "cases");

    /** What a case and its parts may hold. What is not known is refused: a check left out looks like one that passed. */
    private static final Collection<String> CASE = Arrays.asList(
            "name", "endpoint", "params", "config", "request", "token_request", "answer", "token_answer", "outcome");

    private static final Collection<String> REQUEST =
            Arrays.asList("method", "path", "headers", "encoding", "content_encoding", "body", "audit_data");

    private static final Collection<String> OUTCOME = Arrays.asList("data", "error", "sent", "token_requests");

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @TestFactory
    List<DynamicTest> aCaseHolds() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : cases().entrySet()) {
            tests.add(DynamicTest.dynamicTest(one.getKey(), () -> {
                List<String> differences = replay(one.getValue());
                if (!differences.isEmpty()) {
                    fail(String.join("\n", differences));
                }
            }));
        }
        return tests;
    }

    @Test
    void noCaseIsLeftOut() throws IOException {
        Map<String, JsonNode> cases = cases();
        assertTrue(cases.size() >= 631, "only " + cases.size() + " cases");
        Set<String> called = new HashSet<>();
        cases.values().forEach(one -> called.add(one.get("endpoint").textValue()));
        JsonNode document = Sandbox.JSON.readTree(
                Files.readAllBytes(CASES.resolve("../../spec/openapi.json").normalize()));
        List<String> ids = document.findValuesAsText("x-endpoint-id");
        assertEquals(30, ids.size());
        assertTrue(called.containsAll(ids));
    }

    /** Every case of every file, by name. */
    private static Map<String, JsonNode> cases() throws IOException {
        Map<String, JsonNode> cases = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(CASES, "*.json")) {
            for (Path file : files) {
                JsonNode list = Sandbox.JSON.readTree(Files.readAllBytes(file));
                assertTrue(list.isArray() && list.size() > 0, file + " is empty");
                for (JsonNode one : list) {
                    String name = one.get("name").textValue();
                    known(one, CASE, name);
                    known(one.get("outcome"), OUTCOME, name);
                    known(one.path("request"), REQUEST, name);
                    known(one.path("token_request"), REQUEST, name);
                    assertEquals(null, cases.put(name, one), "two cases are called " + name);
                }
            }
        }
        return cases;
    }

    private static void known(JsonNode object, Collection<String> names, String where) {
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            String name = all.next();
            assertTrue(names.contains(name), where + ": the runner does not know " + name);
        }
    }

    private static List<String> replay(JsonNode one) throws IOException {
        sandbox.reset();
        String endpoint = one.get("endpoint").textValue();
        script(endpoint, one.get("answer"));
        script("auth.token", one.get("token_answer"));
        Comparison comparison = new Comparison(one);
        try (QianchengClient client = client(one);
                QianchengClient limited = limited(client, one.path("config"))) {
            PlainAnswer answer = limited.call(endpoint, one.get("params"));
            comparison.data(Sandbox.JSON.readTree(answer.text()));
        } catch (QianchengException error) {
            comparison.error(error);
        }
        comparison.requests(sandbox.journal(), sandbox);
        return comparison.differences();
    }

    private static void script(String endpoint, JsonNode answers) {
        if (answers != null) {
            ArrayNode list = Sandbox.JSON.createArrayNode();
            sandbox.script(endpoint, answers.isArray() ? answers : list.add(answers));
        }
    }

    /** A client that differs from its defaults as a case says. */
    private static QianchengClient client(JsonNode one) {
        ClientBuilder builder = sandbox.settings();
        JsonNode config = one.path("config");
        for (Map.Entry<String, JsonNode> setting : Sandbox.members(config).entrySet()) {
            JsonNode value = setting.getValue();
            switch (setting.getKey()) {
                case "body_format":
                    builder.wireFormat(named(WireFormat.values(), value));
                    break;
                case "validate":
                    builder.validate(value.booleanValue());
                    break;
                case "max_retries":
                    builder.maxRetries(value.intValue());
                    break;
                case "paths":
                    Sandbox.members(value).forEach((id, path) -> builder.path(id, path.textValue()));
                    break;
                case "audit":
                    known(value, Arrays.asList("padding", "encoding"), one.get("name").textValue());
                    if (value.has("padding")) {
                        builder.auditPadding(named(AuditPadding.values(), value.get("padding")));
                    }
                    if (value.has("encoding")) {
                        builder.auditEncoding(named(AuditEncoding.values(), value.get("encoding")));
                    }
                    break;
                case "max_answer_bytes":
                    builder.maxAnswerBytes(value.longValue());
                    break;
                case "token_hours":
                    builder.tokenHours(value.intValue());
                    break;
                case "attempt_timeout_ms":
                    break;
                default:
                    throw new IllegalArgumentException("the runner does not know the setting " + setting.getKey());
            }
        }
        return builder.build();
    }

    /** The constant of a word: {@code oaep_sha256} and {@code base64url} are not written alike. */
    private static <E extends Enum<E>> E named(E[] constants, JsonNode word) {
        for (E constant : constants) {
            if (constant.name().replace("_", "").equalsIgnoreCase(word.textValue().replace("_", ""))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no " + word);
    }

    private static QianchengClient limited(QianchengClient client, JsonNode config) {
        CallOptions.Builder options = CallOptions.builder();
        if (config.has("attempt_timeout_ms")) {
            options.attemptTimeout(Duration.ofMillis(config.get("attempt_timeout_ms").longValue()));
        }
        return client.withOptions(options.build());
    }
}
