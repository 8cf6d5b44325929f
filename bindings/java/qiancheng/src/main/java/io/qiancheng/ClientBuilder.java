package io.qiancheng;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds a {@link QianchengClient}; begin with {@link QianchengClient#builder}. What is not set has the default that its method
 * names. Values are checked when the client is built.
 */
public final class ClientBuilder {
    private final boolean fromEnvironment;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private boolean used;

    ClientBuilder(boolean fromEnvironment) {
        this.fromEnvironment = fromEnvironment;
    }

    private ClientBuilder set(String name, Object value) {
        Object old = settings.put(name, value);
        if (old != value) {
            wipe(old);
        }
        return this;
    }

    /**
     * The merchant's account name.
     *
     * @param username the name
     * @return this
     */
    public ClientBuilder username(String username) {
        return set("username", Checks.notNull(username, "username"));
    }

    /**
     * The merchant's password.
     *
     * @param password the password
     * @return this
     */
    public ClientBuilder password(String password) {
        return set("password", Checks.notNull(password, "password"));
    }

    /**
     * The merchant's password. It is copied, and the copy is wiped once the client is built: the caller may overwrite it at once.
     *
     * @param password the password
     * @return this
     */
    public ClientBuilder password(char[] password) {
        return set("password", Checks.notNull(password, "password").clone());
    }

    /**
     * The merchant's account.
     *
     * @param username its name
     * @param password its password
     * @return this
     */
    public ClientBuilder account(String username, String password) {
        return username(username).password(password);
    }

    /**
     * The vendor's address; the production host by default.
     *
     * @param url {@code https://…}, or {@code http://} to this machine
     * @return this
     */
    public ClientBuilder baseUrl(String url) {
        return set("base_url", Checks.notNull(url, "url"));
    }

    /**
     * Which of the vendor's hosts to speak to; production by default.
     *
     * @param environment the host
     * @return this
     */
    public ClientBuilder environment(Environment environment) {
        return set("environment", Checks.notNull(environment, "environment").text());
    }

    /**
     * Allows {@code http://} to other machines. Everyone in between can then read people's data: for test networks without
     * certificates only.
     *
     * @param allowed whether to allow it
     * @return this
     */
    public ClientBuilder allowPlainHttpToRemoteHosts(boolean allowed) {
        return set("allow_plain_http_to_remote_hosts", allowed);
    }

    /**
     * How ordinary requests are encoded; forms by default.
     *
     * @param format the format
     * @return this
     */
    public ClientBuilder wireFormat(WireFormat format) {
        return set("wire_format", Checks.notNull(format, "format").text());
    }

    /**
     * Asks for tokens of this life; by default the vendor's own choice, 24 hours.
     *
     * @param hours 1 to 8760
     * @return this
     */
    public ClientBuilder tokenHours(int hours) {
        return set("token_hours", hours);
    }

    /**
     * Keeps tokens in files as well, to share them between processes; nowhere by default.
     *
     * @param directory made if it is not there, and closed to others
     * @return this
     */
    public ClientBuilder tokenStore(Path directory) {
        return set("token_store", Checks.notNull(directory, "directory").toString());
    }

    /**
     * The longest time to make a connection: name, TCP, proxy, TLS; 10 s by default.
     *
     * @param timeout more than no time
     * @return this
     */
    public ClientBuilder connectTimeout(Duration timeout) {
        return set("connect_timeout", CallOptions.seconds("timeout", timeout));
    }

    /**
     * The longest silence while an answer is awaited or read; 60 s by default, 300 s for raw data and reports.
     *
     * @param timeout more than no time
     * @return this
     */
    public ClientBuilder readTimeout(Duration timeout) {
        return set("read_timeout", CallOptions.seconds("timeout", timeout));
    }

    /**
     * The longest attempt; 60 s by default, 300 s for raw data and reports.
     *
     * @param timeout more than no time
     * @return this
     */
    public ClientBuilder attemptTimeout(Duration timeout) {
        return set("attempt_timeout", CallOptions.seconds("timeout", timeout));
    }

    /**
     * The longest ordinary call, everything included; 120 s by default.
     *
     * @param timeout more than no time
     * @return this
     */
    public ClientBuilder timeout(Duration timeout) {
        return set("timeout", CallOptions.seconds("timeout", timeout));
    }

    /**
     * The longest call for raw data or a report, everything included; 300 s by default.
     *
     * @param timeout more than no time
     * @return this
     */
    public ClientBuilder dataTimeout(Duration timeout) {
        return set("data_timeout", CallOptions.seconds("timeout", timeout));
    }

    /**
     * How often a call that is harmless to repeat is sent again after a failure on the way; 2 by default.
     *
     * @param retries the number of repeats; 0 for none
     * @return this
     */
    public ClientBuilder maxRetries(int retries) {
        return set("max_retries", retries);
    }

    /**
     * The limit of the pause before the first repeat, which doubles with each further one, and the longest; 200 ms and 10 s by
     * default.
     *
     * @param first more than no time
     * @param longest more than no time
     * @return this
     */
    public ClientBuilder backoff(Duration first, Duration longest) {
        double[] pauses = {CallOptions.seconds("first", first), CallOptions.seconds("longest", longest)};
        return set("backoff", pauses);
    }

    /**
     * The largest answer that is read, after decompression; 64 MiB by default.
     *
     * @param bytes the number of bytes
     * @return this
     */
    public ClientBuilder maxAnswerBytes(long bytes) {
        return set("max_answer_bytes", bytes);
    }

    /**
     * The pause between two polls of a session, where the vendor does not ask for one; 2 s by default.
     *
     * @param interval more than no time
     * @return this
     */
    public ClientBuilder pollInterval(Duration interval) {
        return set("poll_interval", CallOptions.seconds("interval", interval));
    }

    /**
     * Whether values are checked before they are sent; they are by default. Types are always checked.
     *
     * @param validate whether to check
     * @return this
     */
    public ClientBuilder validate(boolean validate) {
        return set("validate", validate);
    }

    /**
     * The vendor's public key for risk audits.
     *
     * @param key PEM, or base64 without the lines around it
     * @return this
     */
    public ClientBuilder auditPublicKey(String key) {
        return set("audit_public_key", Checks.notNull(key, "key"));
    }

    /**
     * The vendor's public key for risk audits.
     *
     * @param key PEM or DER
     * @return this
     */
    public ClientBuilder auditPublicKey(byte[] key) {
        return set("audit_public_key", textOf(Checks.notNull(key, "key")));
    }

    /**
     * How audit data is padded; PKCS#1 v1.5 by default.
     *
     * @param padding the padding
     * @return this
     */
    public ClientBuilder auditPadding(AuditPadding padding) {
        return set("audit_padding", Checks.notNull(padding, "padding").text());
    }

    /**
     * How encrypted audit data is written; base64 by default.
     *
     * @param encoding the encoding
     * @return this
     */
    public ClientBuilder auditEncoding(AuditEncoding encoding) {
        return set("audit_encoding", Checks.notNull(encoding, "encoding").text());
    }

    /**
     * Another path for an endpoint.
     *
     * @param endpoint the endpoint's id, such as {@code degree.login}
     * @param path the path, which begins with {@code /}
     * @return this
     */
    public ClientBuilder path(String endpoint, String path) {
        paths.put(Checks.notNull(endpoint, "endpoint"), Checks.notNull(path, "path"));
        return set("paths", paths);
    }

    /**
     * A proxy; by default the one in {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, and none for this machine.
     * Java's own settings for proxies are not looked at.
     *
     * @param url {@code http://[user:password@]host:port}, {@code socks5://…} or {@code socks5h://…}
     * @return this
     */
    public ClientBuilder proxy(String url) {
        return set("proxy", Checks.notNull(url, "url"));
    }

    /**
     * No proxy, whatever the environment says.
     *
     * @return this
     */
    public ClientBuilder noProxy() {
        return set("proxy", false);
    }

    /**
     * Certificate authorities to trust beside the system's. Java's own trust store is not looked at.
     *
     * @param pem certificates in PEM
     * @return this
     */
    public ClientBuilder extraCaPem(String pem) {
        return set("extra_ca_pem", Checks.notNull(pem, "pem"));
    }

    /**
     * The client's own certificate with its chain, and its private key. The key is copied, and the copy is wiped once the client is
     * built.
     *
     * @param certificates certificates in PEM
     * @param key the private key in PEM
     * @return this
     */
    public ClientBuilder clientCertificatePem(String certificates, char[] key) {
        Object[] pair = {Checks.notNull(certificates, "certificates"), Checks.notNull(key, "key").clone()};
        return set("client_certificate_pem", pair);
    }

    /**
     * What stands in {@code User-Agent} behind this library's own name and version.
     *
     * @param product such as {@code loans/1.2}
     * @return this
     */
    public ClientBuilder userAgent(String product) {
        return set("user_agent", Checks.notNull(product, "product"));
    }

    /**
     * Builds the client, once. Nothing is sent, and no thread is started. The secrets that were given as {@code char[]} are wiped.
     *
     * @return the client
     * @throws ConfigException if a setting makes no sense, or the native library cannot be loaded
     */
    public QianchengClient build() {
        if (used) {
            throw new IllegalStateException("the builder has built its client, and has no secrets any more");
        }
        byte[] json = ParameterWriter.write(null, settings);
        try {
            QianchengClient client = QianchengClient.open(json, fromEnvironment);
            used = true;
            settings.values().forEach(ClientBuilder::wipe);
            return client;
        } finally {
            ParameterWriter.wipe(json);
        }
    }

    private static void wipe(Object value) {
        if (value instanceof char[]) {
            Arrays.fill((char[]) value, '\0');
        } else if (value instanceof Object[]) {
            for (Object item : (Object[]) value) {
                wipe(item);
            }
        }
    }

    /** A key as text: PEM is, and DER becomes base64. */
    private static String textOf(byte[] key) {
        boolean isText = true;
        for (byte one : key) {
            isText &= one > 0;
        }
        return isText ? new String(key, StandardCharsets.US_ASCII) : Base64.getEncoder().encodeToString(key);
    }

    /** Says what has been set; of what, nothing. */
    @Override
    public String toString() {
        return "ClientBuilder" + settings.keySet();
    }
}
