package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qiancheng.InvalidInputException;
import io.qiancheng.PlainAnswer;
import io.qiancheng.ProtocolException;
import io.qiancheng.QianchengClient;
import io.qiancheng.model.AuditState;
import io.qiancheng.model.BlacklistHit;
import io.qiancheng.model.BlacklistHitAnswer;
import io.qiancheng.model.BlacklistHitList;
import io.qiancheng.model.BlacklistSearchV2Request;
import io.qiancheng.model.EbankBank;
import io.qiancheng.model.EbankBankList;
import io.qiancheng.model.EbankState;
import io.qiancheng.model.EbankStateAnswer;
import io.qiancheng.model.OpenedAnswer;
import io.qiancheng.model.TelecomRawDataAnswer;
import io.qiancheng.model.TelecomState;
import io.qiancheng.model.TelecomStateAnswer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Typed requests and answers, and the same by id. */
final class TypedCallsTest {
    private static Sandbox sandbox;
    private static QianchengClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        client = sandbox.client();
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

    /** What an endpoint answers next, in JSON with single quotes. */
    private static void answers(String endpoint, String data) {
        ObjectNode envelope = (ObjectNode) Sandbox.read("{'code': 0, 'msg': ''}");
        envelope.set("data", Sandbox.read(data));
        ObjectNode answer = Sandbox.JSON.createObjectNode();
        answer.set("body", envelope);
        sandbox.script(endpoint, Sandbox.JSON.createArrayNode().add(answer));
    }

    @Test
    void aSearchFindsWhoIsListed() {
        assertTrue(client.blacklist().search(People.searching(People.LISTED)).isIn());
        assertFalse(client.blacklist().search(People.searching(People.MOBILE)).isIn());
    }

    @Test
    void aCallByIdTakesMapsTreesAndTexts() throws Exception {
        Map<String, String> parameters = People.search(People.LISTED);
        JsonNode tree = Sandbox.JSON.valueToTree(parameters);
        for (PlainAnswer answer : new PlainAnswer[] {
            client.call("blacklist.search", parameters),
            client.call("blacklist.search", tree),
            client.call("blacklist.search", tree.toString()),
            client.call("blacklist.search", Sandbox.JSON.writeValueAsBytes(tree)),
        }) {
            assertEquals("{\"is_in\":true}", answer.text());
            assertTrue(answer.get("is_in").booleanValue());
            assertEquals("blacklist.search", answer.received().endpoint());
        }
        assertTrue(client.call("auth.token", "{}").get("token").isTextual());
    }

    @Test
    void aCallByPathReachesWhatIsNotKnown() {
        Map<String, String> parameters = new LinkedHashMap<>(People.search(People.LISTED));
        parameters.put("token", client.auth().token().token());
        PlainAnswer answer = client.callPath("POST", "/blacklist/search/single", parameters);
        assertTrue(answer.get("is_in").booleanValue());
    }

    @Test
    void unknownFieldsAreKept() {
        answers("blacklist.search", "{'is_in': 1, 'since': '2020', 'sources': [{'a': 0.1}]}");
        BlacklistHitAnswer hit = client.blacklist().search(People.searching(People.MOBILE));
        assertTrue(hit.isIn());
        assertEquals("2020", hit.get("since").textValue());
        assertEquals("0.1", hit.get("sources").get(0).get("a").decimalValue().toPlainString());
        assertNull(hit.get("absent"));
        assertTrue(hit.names().contains("sources"));
        assertFalse(hit.toString().contains("2020"), hit.toString());
        assertTrue(hit.reveal().contains("2020"));
    }

    @Test
    void equalAnswersAreEqualAndACopyIsTheCallersOwn() {
        BlacklistHitAnswer one = client.blacklist().search(People.searching(People.LISTED));
        BlacklistHitAnswer other = client.blacklist().search(People.searching(People.LISTED));
        BlacklistHitAnswer third = client.blacklist().search(People.searching(People.MOBILE));
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, third);
        ((ObjectNode) one.json()).removeAll();
        assertTrue(one.isIn());
    }

    @Test
    void aListIsRead() {
        answers("blacklist.search_v2", "[{'is_in': 'true', 'why': 'x'}, {'is_in': 0}]");
        BlacklistHitList hits = client.blacklist()
                .searchV2(BlacklistSearchV2Request.builder()
                        .name(People.NAME)
                        .idCard(People.ID_CARD)
                        .mobile(People.MOBILE)
                        .bankCard("6222020200012345678")
                        .build());
        assertEquals(2, hits.size());
        assertTrue(hits.get(0).isIn());
        assertEquals("x", hits.get(0).get("why").textValue());
        int listed = 0;
        for (BlacklistHit hit : hits) {
            listed += hit.isIn() ? 1 : 0;
        }
        assertEquals(1, listed);
        assertThrows(UnsupportedOperationException.class, () -> hits.items().clear());
        assertThrows(IndexOutOfBoundsException.class, () -> hits.get(2));
    }

    @Test
    void banksAreRead() {
        EbankBankList banks = client.ebank().bankInfo();
        assertTrue(banks.size() > 2);
        EbankBank first = banks.get(0);
        assertFalse(first.bankName().isEmpty());
        assertFalse(first.loginTypes().isEmpty());
        assertFalse(first.loginTypes().get(0).inputs().isEmpty());
    }

    @Test
    void anUnknownStateIsKeptAndPrintsItsNumber() {
        answers("telecom.get_state", "{'state': '7777', 'message': null}");
        TelecomStateAnswer answer = client.telecom().getState("abcdefgh-1");
        assertEquals(7777, answer.state().code());
        assertNull(answer.state().name());
        assertEquals("7777", answer.state().toString());
        assertNull(answer.message());
        assertEquals(TelecomState.of(7777), answer.state());
        assertNotEquals(TelecomState.of(7777), EbankState.of(7777));
        assertFalse(TelecomState.all().contains(answer.state()));
    }

    @Test
    void aKnownStateIsTheConstant() {
        OpenedAnswer opened = client.telecom().openId(People.telecom("x").build());
        TelecomStateAnswer answer = client.telecom().getState(opened.openId());
        assertSame(TelecomState.of(answer.state().code()), answer.state());
        assertTrue(TelecomState.all().contains(answer.state()), answer.toString());
        assertEquals(21, TelecomState.CAPTCHA_REQUIRED.code());
        assertEquals("21 STATE_CAPTCHA_REQUIRED", TelecomState.CAPTCHA_REQUIRED.toString());
        assertFalse(opened.toString().contains(opened.openId()), "a key prints only its beginning");
        assertEquals(3, AuditState.all().size());
    }

    @Test
    void lenientValuesAreReadAsTheCoreReadsThem() {
        answers("ebank.get_state", "{'state': '8', 'message': 42, 'request_delay': '2.5'}");
        EbankStateAnswer answer = client.ebank().getState("abcdefgh-1");
        assertEquals(EbankState.of(8), answer.state());
        assertEquals(2.5, answer.requestDelay());
        assertEquals("42", answer.message());
        assertNull(answer.picCaptcha());
    }

    @Test
    void aDocumentIsHandedOnByteForByte() {
        answers("telecom.raw_data", "{'transactions': [{'calls': []}], 'x': '𠮷'}");
        TelecomRawDataAnswer raw = client.telecom().rawData("abcdefgh-1");
        assertEquals("{\"transactions\":[{\"calls\":[]}],\"x\":\"𠮷\"}", raw.text());
        assertEquals("𠮷", raw.get("x").textValue());
        assertFalse(raw.toString().contains("𠮷"));
    }

    @Test
    void anAnswerThatIsNotWhatWasPromisedIsRefused() {
        answers("telecom.get_state", "{'message': 'no state'}");
        ProtocolException error =
                assertThrows(ProtocolException.class, () -> client.telecom().getState("abcdefgh-1"));
        assertEquals("telecom.get_state", error.endpoint());
    }

    @Test
    void wrongInputNamesTheParameter() {
        InvalidInputException error = assertThrows(
                InvalidInputException.class, () -> client.blacklist().search(People.searching("12345")));
        assertEquals("/mobile", error.field());
        InvalidInputException unknown = assertThrows(
                InvalidInputException.class,
                () -> client.call("blacklist.search", Collections.singletonMap("nmae", "张三")));
        assertEquals("/nmae", unknown.field());
        assertThrows(InvalidInputException.class, () -> client.call("no.such", "{}"));
        assertEquals(0, sandbox.journal().size());
    }
}
