package io.qiancheng;

import java.util.LinkedHashMap;
import java.util.Map;

/** Opens sessions. */
final class Opening {
    private Opening() {}

    static Session open(QianchengClient client, SessionKind kind, Request request, long cancel) {
        return open(client, kind, request.values(), cancel);
    }

    /** A request's parameters, to put more beside them. */
    static Map<String, Object> parameters(Request request) {
        return new LinkedHashMap<>(Checks.notNull(request, "request").values());
    }

    static Session open(QianchengClient client, SessionKind kind, Map<String, ?> parameters, long cancel) {
        byte[] json = ParameterWriter.write(kind.text() + ".open_id", parameters);
        Handle handle = client.handle();
        long number = handle.enter();
        try {
            byte[] name = Native.bytes(kind.text());
            return new Session(Native.openSession(number, cancel, Log.heard(), name, json), handle);
        } finally {
            ParameterWriter.wipe(json);
            handle.leave();
        }
    }
}
