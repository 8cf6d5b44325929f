package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qiancheng.QianchengClient;
import io.qiancheng.model.AuthTokenRequest;
import io.qiancheng.model.BlacklistSearchRequest;
import io.qiancheng.model.ContactType;
import io.qiancheng.model.RiskOrderDetail;
import io.qiancheng.model.TelecomContact;
import io.qiancheng.model.TelecomOpenIdRequest;
import io.qiancheng.model.TelecomOptions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Requests as values: what is required, what prints, what is equal, and what leaves. */
final class RequestTest {
    private static TelecomContact contact() {
        return TelecomContact.builder()
                .contactName("李四")
                .contactTel("13900139000")
                .contactType(ContactType.SPOUSE)
                .build();
    }

    @Test
    void whatIsMissingIsNamedAllAtOnce() {
        NullPointerException error = assertThrows(
                NullPointerException.class,
                () -> BlacklistSearchRequest.builder().name(People.NAME).mobile(null).build());
        assertTrue(error.getMessage().contains("BlacklistSearchRequest"), error.getMessage());
        assertTrue(error.getMessage().endsWith("missing: id_card, mobile"), error.getMessage());
        assertFalse(error.getMessage().contains(People.NAME));
    }

    @Test
    void whatIsOptionalMayBeNullAndIsNotSent() {
        TelecomOpenIdRequest without = People.telecom("x").build();
        TelecomOpenIdRequest withNull = People.telecom("x").options(null).build();
        assertEquals(without, withNull);
        assertEquals(without.hashCode(), withNull.hashCode());
        assertEquals(
                AuthTokenRequest.builder().build(),
                AuthTokenRequest.builder().hours(3).hours(null).build());
    }

    @Test
    void aListMayNotHoldNull() {
        NullPointerException error = assertThrows(
                NullPointerException.class, () -> TelecomOptions.builder().contacts(contact(), null));
        assertTrue(error.getMessage().contains("contacts"), error.getMessage());
    }

    @Test
    void aRequestPrintsMasked() {
        TelecomOptions options =
                TelecomOptions.builder().homeAddr("幸福路1号").contacts(contact()).build();
        String text = People.telecom("geheim-42").options(options).build().toString();
        assertTrue(text.startsWith("TelecomOpenIdRequest"), text);
        for (String hidden :
                Arrays.asList(People.NAME, People.ID_CARD, People.MOBILE, "geheim-42", "幸福路", "李四", "13900139000")) {
            assertFalse(text.contains(hidden), text);
        }
    }

    @Test
    void equalRequestsAreEqualHoweverTheSecretWasGiven() {
        TelecomOpenIdRequest text = People.telecom("geheim").build();
        TelecomOpenIdRequest characters =
                People.telecom("").servicePassword("geheim".toCharArray()).build();
        assertEquals(text, characters);
        assertEquals(text.hashCode(), characters.hashCode());
        assertNotEquals(text, People.telecom("other").build());
        assertNotEquals(text, null);
    }

    @Test
    void theOrderInWhichItWasGivenMakesNoDifference() {
        BlacklistSearchRequest one = People.searching(People.MOBILE);
        BlacklistSearchRequest other = BlacklistSearchRequest.builder()
                .mobile(People.MOBILE)
                .name(People.NAME)
                .idCard(People.ID_CARD)
                .build();
        assertEquals(one, other);
        assertEquals(one.toString(), other.toString());
    }

    @Test
    void aBuilderGoesOnAfterBuilding() {
        TelecomOpenIdRequest.Builder builder = People.telecom("x");
        TelecomOpenIdRequest first = builder.build();
        TelecomOpenIdRequest second = builder.mobile(People.LISTED).build();
        assertNotEquals(first, second);
        assertEquals(first, People.telecom("x").build());
        builder.servicePassword("y".toCharArray());
        TelecomOpenIdRequest third = builder.build();
        TelecomOpenIdRequest fourth = builder.build();
        third.wipe();
        assertNotEquals(third, fourth);
        assertTrue(fourth.reveal().contains("\"y\""), "wiping one does not wipe the other");
    }

    @Test
    void aCallersListMayChangeAfterwards() {
        java.util.List<TelecomContact> contacts = new java.util.ArrayList<>(Collections.singletonList(contact()));
        TelecomOptions options = TelecomOptions.builder().contacts(contacts).build();
        contacts.clear();
        assertEquals(TelecomOptions.builder().contacts(contact()).build(), options);
    }

    @Test
    void timesLeaveAsTheVendorWritesThem() {
        LocalDateTime local = LocalDateTime.of(2026, 2, 3, 4, 5, 6);
        Instant instant = local.toInstant(ZoneOffset.ofHours(8));
        OffsetDateTime elsewhere = instant.atOffset(ZoneOffset.ofHours(-5));
        RiskOrderDetail.Builder order =
                RiskOrderDetail.builder().orderId(1).amount(200).loanTerm(7);
        RiskOrderDetail expected = order.orderTime("2026-02-03 04:05:06").build();
        assertEquals(expected, order.orderTime(local).build());
        assertEquals(expected, order.orderTime(instant).build());
        assertEquals(expected, order.orderTime(elsewhere).build());
        assertEquals(expected, order.orderTime(Date.from(instant)).build());
        assertEquals(expected, order.orderTime(new java.sql.Timestamp(instant.toEpochMilli())).build());
        assertEquals(
                order.orderTime("2026-02-03").build(),
                order.orderTime(LocalDate.of(2026, 2, 3)).build());
        assertThrows(IllegalArgumentException.class, () -> order.orderTime(LocalTime.NOON));
    }

    @Test
    void whatWasWipedIsNotSent() {
        try (Sandbox sandbox = Sandbox.start();
                QianchengClient client = sandbox.client()) {
            char[] password = "direct".toCharArray();
            TelecomOpenIdRequest request = People.telecom("").servicePassword(password).build();
            Arrays.fill(password, 'x');
            client.telecom().openId(request);
            assertEquals("direct", sent(sandbox).get("service_password").textValue());
            sandbox.reset();
            request.wipe();
            assertThrows(IllegalStateException.class, () -> client.telecom().openId(request));
            assertThrows(IllegalStateException.class, () -> client.telecom().open(request));
            for (JsonNode entry : sandbox.journal()) {
                assertNotEquals("telecom.open_id", entry.path("endpoint").asText());
            }
        }
    }

    private static JsonNode sent(Sandbox sandbox) {
        JsonNode journal = sandbox.journal();
        return journal.get(journal.size() - 1).get("params");
    }
}
