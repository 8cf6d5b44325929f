package io.qiancheng.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp with Jackson: one client for all threads, whose pool keeps a connection for each. */
final class OkHttp implements Client {
    private final Server server;
    private final OkHttpClient http;
    private final String token;

    OkHttp(Server server, int connections) throws IOException {
        this.server = server;
        this.http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(connections, 5, TimeUnit.MINUTES))
                .build();
        FormBody account = new FormBody.Builder()
                .add("username", Vendor.USERNAME)
                .add("password", Vendor.PASSWORD)
                .build();
        this.token = post(Vendor.TOKEN_PATH, account, Envelopes::token);
    }

    @Override
    public String name() {
        return "OkHttp + Jackson";
    }

    @Override
    public boolean search() throws IOException {
        FormBody form = new FormBody.Builder()
                .add("name", Vendor.NAME)
                .add("id_card", Vendor.ID_CARD)
                .add("mobile", Vendor.MOBILE)
                .add("token", token)
                .build();
        return post(Vendor.SEARCH_PATH, form, Envelopes::hit);
    }

    @Override
    public int rawData(String openId) throws IOException {
        FormBody form = new FormBody.Builder().add("open_id", openId).add("username", Vendor.USERNAME).build();
        return post(Vendor.RAW_DATA_PATH, form, Envelopes::calls);
    }

    private <T> T post(String path, FormBody form, Reading<T> reading) throws IOException {
        Request request = new Request.Builder()
                .url(server.url(path))
                .header("User-Agent", Vendor.USER_AGENT)
                .post(form)
                .build();
        try (Response response = http.newCall(request).execute();
                InputStream body = response.body().byteStream()) {
            return reading.read(response.code(), body);
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
