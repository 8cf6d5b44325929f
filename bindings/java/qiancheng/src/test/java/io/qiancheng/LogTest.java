package io.qiancheng;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The lines of the log. */
final class LogTest {
    private static String line(String event) {
        return Log.describe(Native.tree(Native.bytes(event.replace('\'', '"'))));
    }

    @Test
    void anEventIsALine() {
        assertEquals(
                "auth.token: attempt 2, HTTP 200, 31 bytes sent, 87 received, 1.3 ms",
                line("{'event':'attempt','endpoint':'auth.token','attempt':2,'http_status':200,'sent_bytes':31,"
                        + "'received_bytes':87,'took_ms':1.25}"));
        assertEquals(
                "auth.token: attempt 1, no answer, 31 bytes sent, 0 received, 0.2 ms",
                line("{'event':'attempt','endpoint':'auth.token','attempt':1,'http_status':null,'sent_bytes':31,"
                        + "'received_bytes':0,'took_ms':0.2}"));
        assertEquals(
                "telecom.get_state: attempt 1 failed (Timeout), will be sent again in 200.0 ms",
                line("{'event':'repeat','endpoint':'telecom.get_state','attempt':1,'pause_ms':200.0,"
                        + "'error':{'kind':'Timeout'}}"));
        assertEquals("token fetched, good for 24 h", line("{'event':'token_fetched','life_s':86400}"));
        assertEquals("token refused", line("{'event':'token_refused'}"));
        assertEquals(
                "risk.audit: done in 12.0 ms", line("{'event':'call','endpoint':'risk.audit','took_ms':12,'error':null}"));
        assertEquals(
                "risk.audit: failed in 12.0 ms (Timeout, the vendor may have done it)",
                line("{'event':'call','endpoint':'risk.audit','took_ms':12,'error':{'kind':'Timeout','code':null,"
                        + "'outcome':'Unknown'}}"));
        assertEquals("{\"event\":\"something new\"}", line("{'event':'something new'}"));
    }
}
