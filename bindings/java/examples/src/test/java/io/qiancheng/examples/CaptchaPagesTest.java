package io.qiancheng.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.QianchengClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two servers take turns with one borrower's requests. */
final class CaptchaPagesTest {
    /** More reloads than any collection of the sandbox takes. */
    private static final int MANY = 30;

    @Test
    void aSessionGoesFromServerToServer() throws Exception {
        byte[] key = new byte[32];
        Map<String, String> form = new HashMap<>();
        form.put("name", "张三");
        form.put("id_card", "110101199003070011");
        form.put("mobile", "13800138001");
        form.put("service_password", "246810");
        try (Vendor vendor = new Vendor();
                QianchengClient one = vendor.client();
                QianchengClient other = vendor.client()) {
            CaptchaPages[] servers = {new CaptchaPages(one, key), new CaptchaPages(other, key)};
            CaptchaPages.Page page = servers[0].open(form);
            String cookie = page.saved();
            int asked = 0;
            for (int request = 1; page.saved() != null && request < MANY; request++) {
                CaptchaPages server = servers[request % 2];
                cookie = page.saved();
                if (page.challenge() == null) {
                    page = server.reload(cookie);
                } else {
                    asked++;
                    assertFalse(page.text().isEmpty());
                    // A first answer that is wrong, then the right one.
                    page = server.answer(cookie, page.challenge(), asked == 1 ? "000000" : "123456");
                }
            }
            assertEquals(2, asked);
            assertEquals("完成", page.text());
            assertNotNull(cookie);
            assertTrue(cookie.length() < 4_000, "it fits into a cookie: " + cookie.length());
        }
    }
}
