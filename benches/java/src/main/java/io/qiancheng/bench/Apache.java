package io.qiancheng.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.io.CloseMode;

/** Apache HttpClient 5 with Jackson: one client for all threads, whose pool has a connection for each. */
final class Apache implements Client {
    private final Server server;
    private final CloseableHttpClient http;
    private final String token;

    Apache(Server server, int connections) throws IOException {
        this.server = server;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .build())
                .setUserAgent(Vendor.USER_AGENT)
                .disableCookieManagement()
                .build();
        this.token = post(
                Vendor.TOKEN_PATH,
                List.of(pair("username", Vendor.USERNAME), pair("password", Vendor.PASSWORD)),
                Envelopes::token);
    }

    @Override
    public String name() {
        return "Apache HttpClient 5 + Jackson";
    }

    @Override
    public boolean search() throws IOException {
        List<NameValuePair> form = List.of(
                pair("name", Vendor.NAME),
                pair("id_card", Vendor.ID_CARD),
                pair("mobile", Vendor.MOBILE),
                pair("token", token));
        return post(Vendor.SEARCH_PATH, form, Envelopes::hit);
    }

    @Override
    public int rawData(String openId) throws IOException {
        List<NameValuePair> form = List.of(pair("open_id", openId), pair("username", Vendor.USERNAME));
        return post(Vendor.RAW_DATA_PATH, form, Envelopes::calls);
    }

    private static NameValuePair pair(String name, String value) {
        return new BasicNameValuePair(name, value);
    }

    private <T> T post(String path, List<NameValuePair> form, Reading<T> reading) throws IOException {
        HttpPost request = new HttpPost(server.url(path));
        request.setEntity(new UrlEncodedFormEntity(form, StandardCharsets.UTF_8));
        return http.execute(request, response -> {
            try (InputStream body = response.getEntity().getContent()) {
                return reading.read(response.getCode(), body);
            }
        });
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
