package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qiancheng.CallOptions;
import io.qiancheng.Challenge;
import io.qiancheng.ConfigException;
import io.qiancheng.QianchengClient;
import io.qiancheng.Session;
import io.qiancheng.model.BlacklistSearchRequest;
import io.qiancheng.model.TelecomOpenIdRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Null where it is not allowed, and use after closing. */
final class NullsAndClosingTest {
    private static final byte[] KEY = new byte[32];

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static void refusesNull(String name, Executable call) {
        NullPointerException error = assertThrows(NullPointerException.class, call);
        assertTrue(String.valueOf(error.getMessage()).contains(name), name + ": " + error.getMessage());
    }

    @Test
    void nullIsNamed() {
        Executor executor = Runnable::run;
        try (QianchengClient client = sandbox.client();
                Session session = client.telecom().open(People.telecom("x").build())) {
            refusesNull("request", () -> client.blacklist().search((BlacklistSearchRequest) null));
            refusesNull("request", () -> client.blacklist().searchAsync(null, executor));
            refusesNull("executor", () -> client.blacklist().searchAsync(People.searching(People.MOBILE), null));
            refusesNull("open_id", () -> client.telecom().getState((String) null));
            refusesNull("request", () -> client.telecom().open((TelecomOpenIdRequest) null));
            refusesNull("endpoint", () -> client.call(null, "{}"));
            refusesNull("parameters", () -> client.call("auth.token", (Map<String, ?>) null));
            refusesNull("json", () -> client.call("auth.token", (JsonNode) null));
            refusesNull("json", () -> client.call("auth.token", (String) null));
            refusesNull("json", () -> client.call("auth.token", (byte[]) null));
            refusesNull("method", () -> client.callPath(null, "/", Collections.emptyMap()));
            refusesNull("parameters", () -> client.callPath("POST", "/", null));
            refusesNull("path", () -> client.callPath("POST", null, Collections.emptyMap()));
            refusesNull("options", () -> client.withOptions(null));
            refusesNull("key", () -> client.resume(null, "x"));
            refusesNull("saved", () -> client.resume(KEY, null));
            refusesNull("challenge", () -> session.submit((Challenge) null, "123456"));
            refusesNull("challenge", () -> session.submit((String) null, "123456"));
            refusesNull("answer", () -> session.submit("c", (String) null));
            refusesNull("key", () -> session.save(null));
        }
        refusesNull("url", () -> QianchengClient.builder().baseUrl(null));
        refusesNull("timeout", () -> CallOptions.builder().timeout(null));
    }

    @Test
    void whatIsClosedSaysSo() {
        QianchengClient client = sandbox.client();
        QianchengClient copy = client.withOptions(CallOptions.builder().maxRetries(0).build());
        Session session = client.telecom().open(People.telecom("x").build());
        Session other = client.telecom().open(People.telecom("x").build());
        other.close();
        other.close();
        client.close();
        client.close();
        List<Executable> calls = Arrays.asList(
                () -> client.blacklist().search(People.searching(People.MOBILE)),
                () -> client.call("auth.token", "{}"),
                () -> client.withOptions(CallOptions.builder().build()),
                client::stats,
                () -> client.resume(KEY, "x"),
                () -> client.telecom().open(People.telecom("x").build()),
                () -> copy.blacklist().search(People.searching(People.MOBILE)),
                session::poll,
                session::rawData,
                other::poll,
                other::next,
                other::rawData,
                () -> other.save(KEY),
                () -> other.submit("c", "123456"),
                () -> other.collect(Answers::to));
        for (Executable call : calls) {
            IllegalStateException error = assertThrows(IllegalStateException.class, call);
            assertTrue(error.getMessage().contains("closed"), error.getMessage());
        }
        session.close();
        copy.close();
    }

    @Test
    void closingACopyLeavesTheClientOpen() {
        try (QianchengClient client = sandbox.client()) {
            client.withOptions(CallOptions.builder().maxRetries(0).build()).close();
            assertTrue(client.blacklist().search(People.searching(People.LISTED)).isIn());
        }
    }

    @Test
    void wrongSettingsAreAConfigException() {
        assertThrows(ConfigException.class, () -> QianchengClient.builder().baseUrl("nonsense").account("a", "b").build());
        assertThrows(ConfigException.class, () -> QianchengClient.builder().baseUrl(sandbox.baseUrl()).build());
        assertThrows(
                RuntimeException.class,
                () -> sandbox.settings().timeout(Duration.ZERO).build());
    }
}
