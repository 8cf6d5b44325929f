package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.CancelledException;
import io.qiancheng.Challenge;
import io.qiancheng.ChallengeException;

import io.qiancheng.CryptoException;
import io.qiancheng.QianchengClient;
import io.qiancheng.QianchengException;
import io.qiancheng.RejectedException;
import io.qiancheng.Response;
import io.qiancheng.Session;
import io.qiancheng.SessionException;
import io.qiancheng.Step;
import io.qiancheng.model.DegreeLoginRequest;
import io.qiancheng.model.EbankBank;
import io.qiancheng.model.EbankLoginType;
import io.qiancheng.model.EbankOpenIdRequest;
import io.qiancheng.model.EbankV2LoginRequest;
import io.qiancheng.model.EbankV2LoginType;
import io.qiancheng.model.EbankV2OpenIdRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of every kind: step by step, with callbacks, saved and resumed. */
final class SessionsTest {
    private static final byte[] KEY = new byte[32];

    private static Sandbox sandbox;
    private static QianchengClient client;

    @BeforeAll
    static void start() {
        Arrays.fill(KEY, (byte) 7);
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

    private static Session telecom(String servicePassword) {
        return client.telecom().open(People.telecom(servicePassword).build());
    }

    @Test
    void aTelecomSessionStepByStep() {
        try (Session session = telecom("captcha_then_query")) {
            assertNull(session.status());
            assertFalse(session.toString().contains(session.openId()), session.toString());
            Duration left = Duration.between(Instant.now(), session.expiresAt());
            assertTrue(left.getSeconds() > 540 && left.getSeconds() <= 600, left.toString());
            List<Challenge.Kind> asked = new ArrayList<>();
            for (Step step = session.next(); step != null; step = session.next()) {
                if (step.kind() == Step.Kind.NEEDS_INPUT) {
                    asked.add(step.challenge().kind());
                    session.submit(step.challenge(), Answers.text(step.challenge().kind()));
                } else {
                    assertTrue(step.kind() == Step.Kind.WORKING || step.kind() == Step.Kind.FINISHED, step.toString());
                }
            }
            assertEquals(Arrays.asList(Challenge.Kind.SMS_CAPTCHA, Challenge.Kind.QUERY_PASSWORD), asked);
            assertEquals(Step.Kind.FINISHED, session.poll().kind());
            assertEquals(43, session.status().code());
            assertTrue(session.rawData().text().startsWith("{"));
            assertTrue(session.report().text().startsWith("{"));
        }
    }

    @Test
    void aWrongAnswerIsAskedAgainAndASupersededOneIsRefused() {
        try (Session session = telecom("x")) {
            Challenge first = Answers.next(session);
            assertEquals(1, first.attempt());
            assertTrue(first.canResend());
            assertNull(first.image());
            session.submit(first, "000000");
            Challenge second = Answers.next(session);
            assertEquals(2, second.attempt());
            assertNotEquals(first.id(), second.id());
            int sent = sandbox.journal().size();
            assertThrows(ChallengeException.class, () -> session.submit(first, "123456"));
            assertEquals(sent, sandbox.journal().size(), "nothing leaves for a challenge that is over");
            session.resend(second);
            Challenge third = Answers.next(session);
            session.submit(third.id(), "123456".toCharArray());
            session.collect(Answers::to);
            assertEquals(Step.Kind.FINISHED, session.poll().kind());
        }
    }

    @Test
    void aSessionIsResumedByAnotherClient() {
        String saved;
        String challenge;
        try (Session session = telecom("x")) {
            challenge = Answers.next(session).id();
            saved = session.save(KEY);
            assertFalse(saved.contains(session.openId()));
        }
        try (QianchengClient other = sandbox.client();
                Session session = other.resume(KEY, saved)) {
            session.submit(challenge, "123456");
            session.collect(Answers::to);
            assertTrue(session.rawData().received().size() > 2);
        }
        byte[] wrong = KEY.clone();
        wrong[0]++;
        QianchengException error = assertThrows(QianchengException.class, () -> client.resume(wrong, saved));
        assertTrue(error instanceof CryptoException || error instanceof SessionException, error.toString());
        assertThrows(QianchengException.class, () -> client.resume(new byte[3], saved));
    }

    @Test
    void aSessionExpiresWithTheVendorsTenMinutes() {
        try (Session session = telecom("slow_10000")) {
            assertEquals(Step.Kind.WORKING, session.poll().kind());
            sandbox.advance(Duration.ofMinutes(11));
            Step last = session.next();
            while (!last.isLast()) {
                last = session.next();
            }
            assertTrue(last.kind() == Step.Kind.FAILED || last.kind() == Step.Kind.EXPIRED, last.toString());
        }
    }

    @Test
    void aSessionThatFailsSaysWhy() {
        try (Session session = telecom("fail")) {
            SessionException error = assertThrows(SessionException.class, () -> session.collect(Answers::to));
            assertTrue(error.getMessage().contains("failed"), error.getMessage());
            Step step = session.poll();
            assertEquals(Step.Kind.FAILED, step.kind());
            assertFalse(step.reason().isEmpty());
        }
        assertThrows(RejectedException.class, () -> telecom("wrong"));
    }

    @Test
    void callbacksSeeEveryStepAndMayResendOrGiveUp() {
        List<Step> seen = new ArrayList<>();
        List<Challenge> asked = new ArrayList<>();
        try (Session session = telecom("captcha_x2")) {
            session.collect(
                    challenge -> {
                        asked.add(challenge);
                        return asked.size() == 1 ? Response.resend() : Answers.to(challenge);
                    },
                    seen::add);
            assertEquals(3, asked.size());
            assertEquals(Step.Kind.FINISHED, seen.get(seen.size() - 1).kind());
        }
        try (Session session = telecom("x")) {
            assertThrows(CancelledException.class, () -> session.collect(challenge -> Response.giveUp()));
        }
    }

    @Test
    void whatACallbackThrowsEndsTheCollectionAndNotTheSession() {
        try (Session session = telecom("x")) {
            ArithmeticException mine = new ArithmeticException("mine");
            assertSame(mine, assertThrows(ArithmeticException.class, () -> session.collect(challenge -> {
                throw mine;
            })));
            session.collect(Answers::to);
            assertEquals(Step.Kind.FINISHED, session.poll().kind());
        }
    }

    @Test
    void aDegreeSession() {
        try (Session session = client.degree().open(People.degree())) {
            session.login(DegreeLoginRequest.builder()
                    .openId(session.openId())
                    .account("zhangsan")
                    .password("direct".toCharArray())
                    .sync(1)
                    .build());
            session.collect(Answers::to);
            assertTrue(session.rawData().received().size() > 2);
        }
    }

    @Test
    void anEbankSessionShowsAPicture() {
        EbankLoginType login = null;
        for (EbankBank bank : client.ebank().bankInfo()) {
            for (EbankLoginType type : bank.loginTypes()) {
                login = login == null && !bank.disable() && !type.disable() ? type : login;
            }
        }
        try (Session session = client.ebank()
                .open(EbankOpenIdRequest.builder()
                        .name(People.NAME)
                        .idCard(People.ID_CARD)
                        .mobile(People.MOBILE)
                        .entryId(login.entryId())
                        .loginName("zhangsan")
                        .password("picture")
                        .build())) {
            Challenge challenge = Answers.next(session);
            assertEquals(Challenge.Kind.PICTURE_CAPTCHA, challenge.kind());
            assertEquals("image/png", challenge.mime());
            assertEquals((byte) 'P', challenge.image()[1]);
            challenge.image()[1] = 0;
            assertEquals((byte) 'P', challenge.image()[1], "the picture cannot be changed");
            session.collect(Answers::to);
            assertTrue(session.rawData().received().size() > 2);
        }
    }

    @Test
    void anEbankSessionOfTheSecondVersionChoosesItsBank() {
        try (Session session = client.ebankV2()
                .open(EbankV2OpenIdRequest.builder()
                        .name(People.NAME)
                        .idCard(People.ID_CARD)
                        .mobile(People.MOBILE)
                        .build())) {
            EbankV2LoginType login = session.banks().get(0).loginTypes().get(0);
            session.login(EbankV2LoginRequest.builder()
                    .openId(session.openId())
                    .entryId(login.entryId())
                    .loginName("zhangsan")
                    .password("dynamic")
                    .build());
            Challenge challenge = Answers.next(session);
            assertEquals(Challenge.Kind.DYNAMIC_PASSWORD, challenge.kind());
            session.submit(challenge, Answers.text(challenge.kind()));
            session.collect(Answers::to);
            assertTrue(session.rawData().received().size() > 2);
        }
    }
}
