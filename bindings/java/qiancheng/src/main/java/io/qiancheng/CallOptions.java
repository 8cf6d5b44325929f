package io.qiancheng;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Changes to a client's settings, for {@link QianchengClient#withOptions}. What is not set stays as it is. */
public final class CallOptions {
    private final Map<String, Object> settings;
    private final Cancellation cancellation;

    private CallOptions(Builder builder) {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(builder.settings));
        cancellation = builder.cancellation;
    }

    /**
     * Begins with no changes.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Map<String, Object> settings() {
        return settings;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Says what is changed. */
    @Override
    public String toString() {
        return "CallOptions" + settings;
    }

    /** Builds {@link CallOptions}. */
    public static final class Builder {
        private final Map<String, Object> settings = new LinkedHashMap<>();
        private Cancellation cancellation;

        private Builder() {}

        /**
         * The longest call, everything included: the token, every attempt, the pauses between them.
         *
         * @param timeout more than no time
         * @return this
         */
        public Builder timeout(Duration timeout) {
            return set("timeout", seconds("timeout", timeout));
        }

        /**
         * The longest silence while an answer is awaited or read.
         *
         * @param timeout more than no time
         * @return this
         */
        public Builder readTimeout(Duration timeout) {
            return set("read_timeout", seconds("timeout", timeout));
        }

        /**
         * The longest attempt.
         *
         * @param timeout more than no time
         * @return this
         */
        public Builder attemptTimeout(Duration timeout) {
            return set("attempt_timeout", seconds("timeout", timeout));
        }

        /**
         * How often a call that is harmless to repeat is sent again.
         *
         * @param retries the number of repeats; 0 for none
         * @return this
         */
        public Builder maxRetries(int retries) {
            return set("max_retries", retries);
        }

        /**
         * Whether values are checked before they are sent.
         *
         * @param validate whether to check
         * @return this
         */
        public Builder validate(boolean validate) {
            return set("validate", validate);
        }

        /**
         * The pause between two polls of a session, in place of what the vendor asks for.
         *
         * @param interval more than no time
         * @return this
         */
        public Builder pollInterval(Duration interval) {
            return set("poll_interval", seconds("interval", interval));
        }

        /**
         * What ends the calls from another thread.
         *
         * @param cancellation the cancellation, which stays the caller's to close
         * @return this
         */
        public Builder cancellation(Cancellation cancellation) {
            this.cancellation = Checks.notNull(cancellation, "cancellation");
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options, which do not change
         */
        public CallOptions build() {
            return new CallOptions(this);
        }

        private Builder set(String name, Object value) {
            settings.put(name, value);
            return this;
        }
    }

    /** A time as settings have it. */
    static double seconds(String name, Duration duration) {
        Checks.notNull(duration, name);
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
