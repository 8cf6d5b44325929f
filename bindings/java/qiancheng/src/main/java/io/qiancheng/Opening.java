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
        byte[] name = Native.bytes(kind.text());
        Handle handle = client.handle();
        try {
            return handle.with(cancel, (number, ended) ->
                    new Session(Native.openSession(number, ended, Log.heard(), name, json), handle));
        } finally {
            ParameterWriter.wipe(json);
        }
    }
}
