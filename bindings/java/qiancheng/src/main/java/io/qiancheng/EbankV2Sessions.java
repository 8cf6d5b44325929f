package io.qiancheng;

/** What the chapter has beside its endpoints. */
abstract class EbankV2Sessions {
    final QianchengClient client;

    EbankV2Sessions(QianchengClient client) {
        this.client = client;
    }
}
