package io.qiancheng.tests;

import io.qiancheng.Challenge;

import io.qiancheng.Response;
import io.qiancheng.Session;
import io.qiancheng.Step;

/** What the borrower would say to the sandbox. */
final class Answers {
    private Answers() {}

    static String text(Challenge.Kind kind) {
        switch (kind) {
            case SMS_CAPTCHA:
                return "123456";
            case QUERY_PASSWORD:
                return "654321";
            case PICTURE_CAPTCHA:
                return "8642";
            case DYNAMIC_PASSWORD:
                return "135790";
            case SERVICE_PASSWORD:
                return "direct";
            default:
                throw new AssertionError(kind);
        }
    }

    static Response to(Challenge challenge) {
        return Response.answer(text(challenge.kind()));
    }

    /** The next challenge of a session. */
    static Challenge next(Session session) {
        while (true) {
            Step step = session.next();
            if (step == null || step.isLast()) {
                throw new AssertionError("the session ended without a challenge: " + step);
            }
            if (step.kind() == Step.Kind.NEEDS_INPUT) {
                return step.challenge();
            }
        }
    }
}
