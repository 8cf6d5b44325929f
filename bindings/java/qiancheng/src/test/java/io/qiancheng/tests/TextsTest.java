package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.qiancheng.InvalidInputException;
import io.qiancheng.QianchengClient;
import io.qiancheng.Session;
import io.qiancheng.model.BlacklistSearchRequest;
import io.qiancheng.model.TelecomContact;
import io.qiancheng.model.TelecomOptions;
import io.qiancheng.model.TelecomRawDataAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What crosses into the library and back is the same text: rare characters, nothing at all, megabytes. */
final class TextsTest {
    /** Outside of the basic plane, where the JVM's own encoding of names differs from UTF-8; and a zero. */
    private static final String RARE = "𠮷田\u0000䶮😀é";

    private static Sandbox sandbox;
    private static QianchengClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        client = sandbox.settings().validate(false).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
    }

    private static JsonNode last() {
        JsonNode journal = sandbox.journal();
        return journal.get(journal.size() - 1).get("params");
    }

    @Test
    void rareCharactersArriveAsTheyAre() {
        client.blacklist()
                .search(BlacklistSearchRequest.builder()
                        .name(RARE)
                        .idCard(People.ID_CARD)
                        .mobile(People.MOBILE)
                        .build());
        assertEquals(RARE, last().get("name").textValue());
    }

    @Test
    void rareCharactersComeBackAsTheyAre() {
        String json = "{\"code\":0,\"data\":{\"is_in\":true,\"name\":\"𠮷😀\"}}";
        String answer = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        sandbox.script("blacklist.search", Sandbox.read("[{'base64': '" + answer + "'}]"));
        assertEquals(
                "𠮷😀",
                client.blacklist()
                        .search(People.searching(People.MOBILE))
                        .get("name")
                        .textValue());
    }

    @Test
    void emptyTextsArriveEmpty() {
        TelecomOptions options = TelecomOptions.builder()
                .homeAddr("")
                .contacts(TelecomContact.builder()
                        .contactName("")
                        .contactTel("13900139000")
                        .contactType("0")
                        .build())
                .build();
        client.telecom().openId(People.telecom("").options(options).build());
        assertEquals("", last().get("service_password").textValue());
        assertEquals("", last().at("/options/home_addr").textValue());
        assertEquals("", last().at("/options/contacts/0/contact_name").textValue());
    }

    @Test
    void halfACharacterIsRefused() {
        BlacklistSearchRequest request = BlacklistSearchRequest.builder()
                .name("张\ud842")
                .idCard(People.ID_CARD)
                .mobile(People.MOBILE)
                .build();
        assertThrows(InvalidInputException.class, () -> client.blacklist().search(request));
        assertEquals(0, sandbox.journal().size());
    }

    @Test
    void fiveMegabytesOfRawDataArriveWhole() throws Exception {
        try (Session session =
                client.telecom().open(People.telecom("direct").mobile(People.TALKATIVE).build())) {
            session.collect(challenge -> {
                throw new AssertionError("no challenge was expected");
            });
            TelecomRawDataAnswer raw = client.telecom().rawData(session.openId());
            assertTrue(raw.received().size() > 4_000_000, raw.toString());
            // As a stream: the tree of so much would not fit into the heap that tests have.
            int objects = 0;
            try (JsonParser parser = Sandbox.JSON.getFactory().createParser(raw.received().stream())) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    objects += token == JsonToken.START_OBJECT ? 1 : 0;
                }
            }
            assertTrue(objects > 1_000, objects + " objects");
            assertArrayEquals(raw.received().data(), session.rawData().received().data());
        }
    }
}
