package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client has done so far: a snapshot. */
public final class Stats {
    private final JsonNode json;

    Stats(JsonNode json) {
        this.json = json;
    }

    /**
     * Counts calls that ended, well or not.
     *
     * @return how many
     */
    public long calls() {
        return json.path("calls").longValue();
    }

    /**
     * Counts requests that were sent or tried, those for tokens among them.
     *
     * @return how many
     */
    public long attempts() {
        return json.path("attempts").longValue();
    }

    /**
     * Counts the attempts that repeated an earlier one.
     *
     * @return how many
     */
    public long repeats() {
        return json.path("repeats").longValue();
    }

    /**
     * Counts tokens that were fetched.
     *
     * @return how many
     */
    public long tokensFetched() {
        return json.path("tokens_fetched").longValue();
    }

    /**
     * Counts bytes of request bodies.
     *
     * @return how many
     */
    public long bytesSent() {
        return json.path("bytes_sent").longValue();
    }

    /**
     * Counts bytes of answers, as they came over the wire.
     *
     * @return how many
     */
    public long bytesReceived() {
        return json.path("bytes_received").longValue();
    }

    /**
     * Counts calls that failed.
     *
     * @return how many, by the name of the {@linkplain ErrorKind#text kind}
     */
    public Map<String, Long> errors() {
        Map<String, Long> errors = new LinkedHashMap<>();
        JsonNode counts = json.path("errors");
        for (Iterator<String> kinds = counts.fieldNames(); kinds.hasNext(); ) {
            String kind = kinds.next();
            errors.put(kind, counts.get(kind).longValue());
        }
        return Collections.unmodifiableMap(errors);
    }

    /**
     * Says how long calls took: for each bucket that is not empty its upper bound in microseconds, and how many calls took less.
     *
     * @return the histogram; the bound of the last bucket, which is open, is {@code Long.MAX_VALUE}
     */
    public Map<Long, Long> latency() {
        Map<Long, Long> latency = new LinkedHashMap<>();
        for (JsonNode bucket : json.path("latency")) {
            JsonNode bound = bucket.path("up_to_microseconds");
            latency.put(bound.isNumber() ? bound.longValue() : Long.MAX_VALUE, bucket.path("calls").longValue());
        }
        return Collections.unmodifiableMap(latency);
    }

    /** All of it, as JSON. */
    @Override
    public String toString() {
        return json.toString();
    }
}
