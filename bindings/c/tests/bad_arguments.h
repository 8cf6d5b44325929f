/* Calls with one bad argument, which bad_arguments.py writes, and the good ones beside it, which bad_arguments.c has. */
#ifndef QIANCHENG_TESTS_BAD_ARGUMENTS_H
#define QIANCHENG_TESTS_BAD_ARGUMENTS_H

#include <string.h>

#include "check.h"

struct bad_call {
    const char *function, *parameter, *what;
    void (*make)(void);
};

extern const struct bad_call bad_calls[];
extern const size_t bad_calls_count;

/* A handle of each type, and other arguments that every function takes. */
struct good {
    qc_error *error;
    qc_options *options;
    qc_client *client;
    qc_call_options *call_options;
    qc_cancel *cancel;
    qc_answer *answer;
    qc_session *session;
    qc_step *step;
    qc_text *text;
    qc_tables *tables;
    uint8_t bytes[32];
    int64_t number;
};

extern struct good good;

void good_log(void *user_data, int32_t level, const char *line, size_t len);

/* Before a call: a place that shows whether anything was written into it. */
void fill(void *place, size_t len);
bool untouched(const void *place, size_t len);

/* The argument was refused by its name. */
void expect_refused(const char *argument, qc_status status, qc_error **err);

/* Whatever came of it, it came of it properly. */
void expect_lived(qc_status status, qc_error **err);

#endif
