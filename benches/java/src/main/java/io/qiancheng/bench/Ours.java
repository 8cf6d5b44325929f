package io.qiancheng.bench;

import io.qiancheng.QianchengClient;
import io.qiancheng.model.BlacklistSearchRequest;

/** This library: typed request, typed answer. */
final class Ours implements Client {
    private final QianchengClient client;

    Ours(Server server) {
        this.client = QianchengClient.builder()
                .baseUrl(server.url(""))
                .account(Vendor.USERNAME, Vendor.PASSWORD)
                .build();
    }

    @Override
    public String name() {
        return "qiancheng";
    }

    @Override
    public boolean search() {
        BlacklistSearchRequest request = BlacklistSearchRequest.builder()
                .name(Vendor.NAME)
                .idCard(Vendor.ID_CARD)
                .mobile(Vendor.MOBILE)
                .build();
        return client.blacklist().search(request).isIn();
    }

    @Override
    public int rawData(String openId) {
        return Envelopes.calls(client.telecom().rawData(openId).json());
    }

    /** The document as bytes: what goes to a file, a database, or another reader of JSON. */
    int rawDataBytes(String openId) {
        return client.telecom().rawData(openId).received().size();
    }

    @Override
    public void close() {
        client.close();
    }
}
