// Object files with exceptions and without, in one program: each has functions of its own. This one throws.
#include <typeinfo>

#include "expect.hpp"

bool returning_half(const char* base_url);

int main() {
    qiancheng::Options options;
    options.base_url("http://127.0.0.1:1").account("demo", "demo-password").max_retries(0);
    const qiancheng::Client client(options);
    EXPECT_THROWS(ConnectionError, client.auth().token());
    EXPECT(returning_half("http://127.0.0.1:1"));
    EXPECT_THROWS(ConnectionError, client.auth().token());
}
