// What the C++ test programs have in common. Expectations end the program where they fail, with exceptions or without.
#ifndef QIANCHENG_TESTS_EXPECT_HPP
#define QIANCHENG_TESTS_EXPECT_HPP

#include <cstdio>
#include <cstdlib>
#include <string>

#include <qiancheng.hpp>

extern "C" {
#include "../sandbox.h"
}

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition)) fail(#condition, __FILE__, __LINE__);                                                        \
    } while (false)

#define EXPECT_EQ(expected, actual)                                                                                    \
    do {                                                                                                               \
        if (!((expected) == (actual))) fail(#actual " is not " #expected, __FILE__, __LINE__);                         \
    } while (false)

// The call throws exactly this class, which is what `error` names in what follows.
#define EXPECT_THROWS(kind, call)                                                                                      \
    do {                                                                                                               \
        bool thrown = false;                                                                                           \
        try {                                                                                                          \
            (void)(call);                                                                                              \
        } catch (const qiancheng::kind& error) {                                                                       \
            thrown = typeid(error) == typeid(qiancheng::kind);                                                         \
        }                                                                                                              \
        if (!thrown) fail(#call " throws no " #kind, __FILE__, __LINE__);                                              \
    } while (false)

[[noreturn]] inline void fail(const char* what, const char* file, int line) {
    std::fprintf(stderr, "does not hold: %s\n  at %s:%d\n", what, file, line);
    std::exit(EXIT_FAILURE);
}

// Runs one behaviour, and says which.
template <class Shows>
void behaviour(const char* name, Shows shows) {
    std::printf("%s ... ", name);
    std::fflush(stdout);
    sandbox_reset();
    shows();
    std::puts("ok");
}

// Settings for the sandbox, without its pauses.
inline qiancheng::Options quick_options() {
    qiancheng::Options options = qiancheng::Options::from_env();
    options.backoff(std::chrono::milliseconds(1), std::chrono::milliseconds(1)).poll_interval(std::chrono::milliseconds(1));
    return options;
}

// The next calls of an endpoint are answered with this envelope.
inline void script(const char* endpoint, int status, const char* body) {
    sandbox_tell("script", json_pack("{s:{s:s}, s:[{s:i, s:s}]}", "match", "endpoint", endpoint, "answers", "status",
                                     status, "text", body));
}

#endif
