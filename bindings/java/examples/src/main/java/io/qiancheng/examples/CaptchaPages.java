package io.qiancheng.examples;

import io.qiancheng.Challenge;
import io.qiancheng.ChallengeException;
import io.qiancheng.QianchengClient;
import io.qiancheng.Session;
import io.qiancheng.Step;
import io.qiancheng.model.TelecomOpenIdRequest;
import java.util.Map;

/**
 * A collection over several web requests, each of which may reach another server.
 *
 * <p>Between two requests the session is a text, encrypted under a key that all servers share; it goes into the borrower's cookie,
 * or next to the application in a database. In a servlet, {@code form} is {@code request.getParameter}, and the page's
 * {@link Page#saved()} goes into {@code request.getSession()} or a cookie.
 */
public final class CaptchaPages {
    private final QianchengClient client;
    private final byte[] key;

    /**
     * Pages of an application.
     *
     * @param client one for all requests
     * @param key 32 random bytes, the same on every server
     */
    public CaptchaPages(QianchengClient client, byte[] key) {
        this.client = client;
        this.key = key.clone();
    }

    /**
     * The first request: what the borrower typed opens a session.
     *
     * @param form the fields of the form
     * @return what is shown next
     */
    public Page open(Map<String, String> form) {
        TelecomOpenIdRequest request = TelecomOpenIdRequest.builder()
                .name(form.get("name"))
                .idCard(form.get("id_card"))
                .mobile(form.get("mobile"))
                .servicePassword(form.get("service_password"))
                .build();
        try (Session session = client.telecom().open(request)) {
            return page(session, session.poll());
        }
    }

    /**
     * A page that reloads itself: asks how far it is.
     *
     * @param saved what the page before gave
     * @return what is shown next
     */
    public Page reload(String saved) {
        try (Session session = client.resume(key, saved)) {
            return page(session, session.poll());
        }
    }

    /**
     * The borrower has answered.
     *
     * @param saved what the page before gave
     * @param challenge the question's id, from a hidden field
     * @param answer what was typed
     * @return what is shown next
     */
    public Page answer(String saved, String challenge, String answer) {
        try (Session session = client.resume(key, saved)) {
            try {
                session.submit(challenge, answer);
            } catch (ChallengeException late) {
                // Sent twice, or too late: nothing has left. The page shows what is asked now.
            }
            return page(session, session.poll());
        }
    }

    private Page page(Session session, Step step) {
        String saved = session.save(key);
        switch (step.kind()) {
            case NEEDS_INPUT:
                Challenge challenge = step.challenge();
                return new Page(saved, challenge.promptZh(), challenge.id(), challenge.image());
            case FINISHED:
                session.rawData();
                return new Page(null, "完成", null, null);
            case FAILED:
            case EXPIRED:
                return new Page(null, "采集失败，请重新开始", null, null);
            default:
                return new Page(saved, "正在采集，请稍候", null, null);
        }
    }

    /** What the borrower sees. */
    public static final class Page {
        private final String saved;
        private final String text;
        private final String challenge;
        private final byte[] image;

        Page(String saved, String text, String challenge, byte[] image) {
            this.saved = saved;
            this.text = text;
            this.challenge = challenge;
            this.image = image;
        }

        /**
         * Gives the session for the next request.
         *
         * @return the encrypted text, or {@code null} if there is no next request
         */
        public String saved() {
            return saved;
        }

        /**
         * Gives what is written on the page.
         *
         * @return a sentence in Chinese
         */
        public String text() {
            return text;
        }

        /**
         * Gives the id of the question.
         *
         * @return the id for a hidden field, or {@code null} if nothing is asked
         */
        public String challenge() {
            return challenge;
        }

        /**
         * Gives the picture to be read.
         *
         * @return the bytes of the picture, or {@code null} if there is none
         */
        public byte[] image() {
            return image == null ? null : image.clone();
        }
    }
}
