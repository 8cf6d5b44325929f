package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.Challenge;
import io.qiancheng.QianchengClient;
import io.qiancheng.Session;
import io.qiancheng.model.BlacklistSearchRequest;
import io.qiancheng.model.TelecomContact;
import io.qiancheng.model.TelecomOpenIdRequest;
import io.qiancheng.model.TelecomOptions;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A person and the merchant's secrets are pushed through every path, and looked for in everything that is shown. */
final class CanaryTest {
    private static final String NAME = "䶮𠮷";
    private static final String ID_CARD = "110105194912310038";
    private static final String MOBILE = "13987071944";
    private static final String PASSWORD = "canary-0fabad1d";
    private static final String CAPTCHA = "canary-7731";
    private static final String ADDRESS = "canary-road 1";
    private static final String[] HIDDEN = {NAME, ID_CARD, "19491231", MOBILE, "87071944", PASSWORD, CAPTCHA, ADDRESS};

    @Test
    void nothingPersonalIsShown() throws Exception {
        ChildJvm.Ended ended = new ChildJvm()
                .withLibrary()
                .with(
                        "-Xmx64m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dorg.slf4j.simpleLogger.logFile=System.out")
                .run(CanaryTest.class);
        assertTrue(ended.status == 0, ended.output);
        assertTrue(ended.output.contains("blacklist.search"), "the log is on: " + ended.output);
        for (String hidden : HIDDEN) {
            int at = ended.output.indexOf(hidden);
            assertFalse(at >= 0, () -> hidden + " was shown: "
                    + ended.output.substring(Math.max(0, at - 200), Math.min(ended.output.length(), at + 200)));
        }
    }

    /** Shows all there is to show, with the log at its most talkative. */
    public static void main(String[] arguments) throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                QianchengClient client = sandbox.client();
                QianchengClient strange = sandbox.settings()
                        .password(PASSWORD)
                        .validate(false)
                        .build()) {
            show(client);
            show(sandbox.settings().password(PASSWORD));
            BlacklistSearchRequest search =
                    BlacklistSearchRequest.builder().name(NAME).idCard(ID_CARD).mobile(MOBILE).build();
            TelecomOpenIdRequest open = TelecomOpenIdRequest.builder()
                    .name(NAME)
                    .idCard(ID_CARD)
                    .mobile(MOBILE)
                    .servicePassword(PASSWORD.toCharArray())
                    .options(TelecomOptions.builder()
                            .homeAddr(ADDRESS)
                            .contacts(TelecomContact.builder()
                                    .contactName(NAME)
                                    .contactTel(MOBILE)
                                    .contactType("0")
                                    .build())
                            .build())
                    .build();
            show(search);
            show(open);
            attempt(() -> client.blacklist().search(search));
            attempt(() -> client.call("blacklist.search", Collections.singletonMap(NAME, MOBILE)));
            attempt(() -> client.call("blacklist.search", Collections.singletonMap("name", Collections.singleton(NAME))));
            attempt(() -> client.call("blacklist.search", "{\"name\": \"" + NAME));
            attempt(() -> client.callPath("POST", "/nowhere", Collections.singletonMap("mobile", MOBILE)));
            attempt(() -> strange.blacklist().search(search));
            attempt(() -> client.telecom().openId(open));
            String words = "{'code': 1001, 'msg': '" + NAME + " " + ID_CARD + " " + MOBILE + "', 'data': ['" + NAME + "']}";
            sandbox.script("blacklist.search", Sandbox.read("[{'body': " + words + "}]"));
            try (QianchengClient unchecked = sandbox.settings().validate(false).build()) {
                attempt(() -> unchecked.blacklist().search(search));
            }
            try (Session session = client.telecom().open(People.telecom("x").build())) {
                show(session);
                show(session.poll());
                Challenge challenge = Answers.next(session);
                show(challenge);
                attempt(() -> session.submit(challenge, CAPTCHA));
                attempt(() -> session.submit(challenge.id(), CAPTCHA.toCharArray()));
                show(Answers.next(session));
            }
            show(client.stats());
        }
    }

    private interface Attempt {
        Object make();
    }

    private static void attempt(Attempt attempt) throws Exception {
        try {
            show(attempt.make());
        } catch (RuntimeException error) {
            System.out.println(Comparison.printed(error));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(error);
            System.out.println(new String(bytes.toByteArray(), StandardCharsets.UTF_8));
        }
    }

    private static void attempt(Runnable attempt) throws Exception {
        attempt(() -> {
            attempt.run();
            return "";
        });
    }

    private static void show(Object value) {
        System.out.println(value);
    }
}
