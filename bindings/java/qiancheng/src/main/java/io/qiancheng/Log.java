package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client does, for the log: logger {@code io.qiancheng}, never a body, no personal data. */
final class Log {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.qiancheng");
    private static final int DEBUG = 10;
    private static final int INFO = 20;
    private static final int WARNING = 30;
    private static final int NOTHING = Integer.MAX_VALUE;

    private Log() {}

    /** The lowest level that is written. Asked once for each call: nothing is made of events that nobody hears. */
    static int heard() {
        if (LOGGER.isDebugEnabled()) {
            return DEBUG;
        }
        if (LOGGER.isInfoEnabled()) {
            return INFO;
        }
        return LOGGER.isWarnEnabled() ? WARNING : NOTHING;
    }

    static void debug(String format, Object... values) {
        LOGGER.debug(format, values);
    }

    static void event(int level, JsonNode event) {
        if (level >= WARNING) {
            LOGGER.warn(describe(event));
        } else if (level >= INFO) {
            LOGGER.info(describe(event));
        } else {
            LOGGER.debug(describe(event));
        }
    }

    static String describe(JsonNode event) {
        String endpoint = event.path("endpoint").asText();
        JsonNode error = event.path("error");
        switch (event.path("event").asText()) {
            case "attempt":
                return endpoint + ": attempt " + event.path("attempt").asText() + ", "
                        + (event.hasNonNull("http_status") ? "HTTP " + event.get("http_status").asText() : "no answer")
                        + ", " + event.path("sent_bytes").asText() + " bytes sent, "
                        + event.path("received_bytes").asText() + " received, " + milliseconds(event.path("took_ms"));
            case "repeat":
                return endpoint + ": attempt " + event.path("attempt").asText() + " failed ("
                        + error.path("kind").asText() + "), will be sent again in "
                        + milliseconds(event.path("pause_ms"));
            case "token_fetched":
                return "token fetched, good for " + event.path("life_s").asLong() / 3600 + " h";
            case "token_refused":
                return "token refused";
            case "call":
                String took = milliseconds(event.path("took_ms"));
                return error.isObject()
                        ? endpoint + ": failed in " + took + " (" + failure(error) + ")"
                        : endpoint + ": done in " + took;
            default:
                return event.toString();
        }
    }

    private static String failure(JsonNode error) {
        String code = error.hasNonNull("code") ? ", code " + error.get("code").asText() : "";
        boolean unknown = Outcome.UNKNOWN.text().equals(error.path("outcome").asText());
        return error.path("kind").asText() + code + (unknown ? ", the vendor may have done it" : "");
    }

    private static String milliseconds(JsonNode milliseconds) {
        return String.format(Locale.ROOT, "%.1f ms", milliseconds.doubleValue());
    }
}
