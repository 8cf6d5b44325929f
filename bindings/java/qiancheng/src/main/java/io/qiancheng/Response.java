package io.qiancheng;

/** What is done about a challenge, for {@link Session#collect}. */
public final class Response {
    static final int GIVE_UP = 0;
    static final int RESEND = 1;
    static final int ANSWER = 2;

    final int action;
    final Object answer;

    private Response(int action, Object answer) {
        this.action = action;
        this.answer = answer;
    }

    /**
     * Hands in what the borrower said.
     *
     * @param answer what the borrower said
     * @return the response
     */
    public static Response answer(String answer) {
        return new Response(ANSWER, Checks.notNull(answer, "answer"));
    }

    /**
     * Hands in what the borrower said. It is wiped when it has been handed in.
     *
     * @param answer what the borrower said
     * @return the response
     */
    public static Response answer(char[] answer) {
        return new Response(ANSWER, Checks.notNull(answer, "answer"));
    }

    /**
     * Has it sent again.
     *
     * @return the response
     */
    public static Response resend() {
        return new Response(RESEND, "");
    }

    /**
     * Gives up: the session is cancelled.
     *
     * @return the response
     */
    public static Response giveUp() {
        return new Response(GIVE_UP, "");
    }

    /** Says what is done; not what was answered. */
    @Override
    public String toString() {
        return action == ANSWER ? "answer" : action == RESEND ? "resend" : "give up";
    }
}
