// The half of both.cpp that returns its errors.
#define QC_NO_EXCEPTIONS
#include <qiancheng.hpp>

bool returning_half(const char* base_url);

bool returning_half(const char* base_url) {
    qiancheng::Options options;
    options.base_url(base_url).account("demo", "demo-password").max_retries(0);
    const qiancheng::Result<qiancheng::Client> client = qiancheng::Client::create(options);
    if (!client) return false;
    const qiancheng::Result<qiancheng::Answer> token = client.value().auth().token();
    return !token && token.error().kind() == qiancheng::ErrorKind::Connection;
}
