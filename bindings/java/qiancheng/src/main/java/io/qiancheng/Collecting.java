package io.qiancheng;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/** Leads a session to its end with callbacks. */
final class Collecting {
    private final long number;
    private final long cancel;

    private Collecting(long number, long cancel) {
        this.number = number;
        this.cancel = cancel;
    }

    /** Goes from step to step. */
    static void lead(
            long session, Handle parent, long cancel, Function<Challenge, Response> ask, Consumer<Step> watch) {
        Object owner = new Object();
        Handle handle = new Handle(owner, Native.collection(session), "collection", parent);
        Collecting collecting = new Collecting(handle.enter(), cancel);
        try {
            for (Step step = collecting.step(); step != null; step = collecting.step()) {
                watch.accept(step);
                if (step.challenge() != null) {
                    collecting.respond(Checks.notNull(ask.apply(step.challenge()), "the response to a challenge"));
                }
            }
        } finally {
            handle.leave();
            handle.close();
        }
    }

    private Step step() {
        return Step.of(Native.step(number, cancel, Log.heard()));
    }

    private void respond(Response response) {
        byte[] answer = Secrets.bytes(response.answer, "answer");
        try {
            Native.respond(number, cancel, Log.heard(), response.action, answer);
        } finally {
            ParameterWriter.wipe(answer);
            if (response.answer instanceof char[]) {
                Arrays.fill((char[]) response.answer, '\0');
            }
        }
    }
}
