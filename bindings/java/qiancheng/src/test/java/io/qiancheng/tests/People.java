package io.qiancheng.tests;

import io.qiancheng.model.BlacklistSearchRequest;
import io.qiancheng.model.DegreeOpenIdRequest;
import io.qiancheng.model.TelecomOpenIdRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** People who do not exist, for all tests. */
final class People {
    static final String NAME = "张三";
    static final String ID_CARD = "11010519491231002X";
    static final String MOBILE = "13800138001";
    /** One who is on the blacklist. */
    static final String LISTED = "13800134444";
    /** One whose raw data is some 5 MB. */
    static final String TALKATIVE = "13800138009";

    private People() {}

    /** The parameters of a blacklist search. */
    static Map<String, String> search(String mobile) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("name", NAME);
        parameters.put("id_card", ID_CARD);
        parameters.put("mobile", mobile);
        return Collections.unmodifiableMap(parameters);
    }

    /** The same as a request. */
    static BlacklistSearchRequest searching(String mobile) {
        return BlacklistSearchRequest.builder().name(NAME).idCard(ID_CARD).mobile(mobile).build();
    }

    /** A telecom session; the password says to the sandbox how it goes. */
    static TelecomOpenIdRequest.Builder telecom(String servicePassword) {
        return TelecomOpenIdRequest.builder()
                .name(NAME)
                .idCard(ID_CARD)
                .mobile(MOBILE)
                .servicePassword(servicePassword);
    }

    static DegreeOpenIdRequest degree() {
        return DegreeOpenIdRequest.builder().name(NAME).idCard(ID_CARD).mobile(MOBILE).build();
    }
}
