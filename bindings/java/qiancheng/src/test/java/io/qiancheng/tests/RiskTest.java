package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.qiancheng.CallTimeoutException;
import io.qiancheng.InvalidInputException;
import io.qiancheng.QianchengClient;
import io.qiancheng.model.AuditState;
import io.qiancheng.model.RiskAddressBookEntry;
import io.qiancheng.model.RiskApplication;
import io.qiancheng.model.RiskAuditRequest;
import io.qiancheng.model.RiskBasicInfo;
import io.qiancheng.model.RiskCallPartner;
import io.qiancheng.model.RiskMonthlyBill;
import io.qiancheng.model.RiskOrderDetail;
import io.qiancheng.model.RiskProofMaterial;
import io.qiancheng.model.RiskTelecomData;
import io.qiancheng.model.RiskUserContact;
import io.qiancheng.model.RiskVerdictAnswer;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Audits: an application as typed values, encrypted on its way, and the wait for the verdict. */
final class RiskTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 2, 3, 4, 5, 6);

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

    static RiskApplication.Builder application(long amount) {
        return RiskApplication.builder()
                .orderDetail(RiskOrderDetail.builder()
                        .orderId(20260203L)
                        .amount(amount)
                        .loanTerm(30)
                        .orderTime(TIME)
                        .build())
                .basicInfo(RiskBasicInfo.builder()
                        .userContact(RiskUserContact.builder()
                                .name("李四")
                                .mobile("13900139000")
                                .relation(3)
                                .build())
                        .build())
                .userProofMateria(RiskProofMaterial.builder()
                        .url("https://example.com/1.jpg")
                        .type(0)
                        .build())
                .userMobileContacts(RiskAddressBookEntry.builder()
                        .name("王五")
                        .mobile("13700137000")
                        .build())
                .telecomData(RiskTelecomData.builder()
                        .realNameStatus(1)
                        .billList(RiskMonthlyBill.builder().month("2026-01").amount("58.00").build())
                        .contactList(RiskCallPartner.builder()
                                .phone("13600136000")
                                .lastContactDate(TIME)
                                .talkSeconds("61")
                                .talkCnt("2")
                                .build())
                        .build());
    }

    static RiskAuditRequest.Builder request(String mobile) {
        return RiskAuditRequest.builder().name(People.NAME).phone(mobile).idCard(People.ID_CARD);
    }

    private static JsonNode audited() {
        for (JsonNode entry : sandbox.journal()) {
            if ("risk.audit".equals(entry.path("endpoint").asText())) {
                return entry.get("audit_data");
            }
        }
        throw new AssertionError("nothing was submitted");
    }

    @Test
    void anApplicationIsSubmittedAndAwaited() {
        String openId = client.risk()
                .submit(request(People.MOBILE).data(application(200_000).build()).build());
        RiskVerdictAnswer verdict = client.risk().await(openId, Duration.ofMinutes(1));
        assertEquals(AuditState.of(0), verdict.state());
        JsonNode data = audited();
        assertEquals("2026-02-03 04:05:06", data.at("/order_detail/order_time").textValue());
        assertEquals("13900139000", data.at("/basic_info/user_contact/0/moblie").textValue());
        assertEquals("13900139000", data.at("/basic_info/user_contact/0/mobile").textValue());
    }

    @Test
    void aRejectionSaysWhy() {
        String openId = client.risk()
                .audit(request(People.LISTED).data(application(200_000).build()).build())
                .openId();
        RiskVerdictAnswer verdict = client.risk().await(openId, Duration.ofMinutes(1));
        assertEquals(AuditState.of(1), verdict.state());
        assertFalse(verdict.reason().isEmpty());
    }

    @Test
    void aWaitThatIsTooShortMayBeRepeated() {
        String openId = client.risk()
                .audit(request(People.MOBILE).data(application(200_000).build()).build())
                .openId();
        sandbox.fault("{'match': {'endpoint': 'risk.result'}, 'times': 1, 'fault': {'kind': 'latency', 'ms': 600000}}");
        CallTimeoutException error = assertThrows(
                CallTimeoutException.class, () -> client.risk().await(openId, Duration.ofMillis(200)));
        assertTrue(error.retryable());
        assertEquals(AuditState.of(0), client.risk().await(openId, Duration.ofMinutes(1)).state());
    }

    @Test
    void anApplicationMayBeATreeOfTheCallersOwn() {
        client.risk().audit(request(People.MOBILE).data(application(200_000).build()).build());
        // What was understood of the typed one, as a caller's own.
        JsonNode tree = audited();
        sandbox.reset();
        client.risk().audit(request(People.MOBILE).data(tree).build());
        assertEquals(200_000, audited().at("/order_detail/amount").intValue());
    }

    @Test
    void membersThatAreNotKnownGoAlong() {
        RiskApplication application =
                application(200_000).with("remark", new TextNode("𠮷")).build();
        assertFalse(application.toString().contains("𠮷"), application.toString());
        InvalidInputException or = null;
        try {
            client.risk().audit(request(People.MOBILE).data(application).build());
        } catch (InvalidInputException error) {
            or = error;
        } catch (io.qiancheng.RejectedException error) {
            // The sandbox knows no such member and says so: it left.
            assertTrue(error.vendorMessage().contains("remark"), error.toString());
        }
        assertEquals(null, or);
    }

    @Test
    void whatIsMissingInsideIsNamed() {
        NullPointerException error =
                assertThrows(NullPointerException.class, () -> RiskApplication.builder().build());
        assertTrue(error.getMessage().contains("order_detail, basic_info"), error.getMessage());
        InvalidInputException deep = assertThrows(
                InvalidInputException.class,
                () -> client.risk().audit(request(People.MOBILE).data(Sandbox.read("{'order_detail': {}}")).build()));
        assertTrue(deep.field().startsWith("/data"), deep.toString());
    }
}
