/* Compares what happened with what a conformance case says. */
#ifndef QIANCHENG_TESTS_CONFORMANCE_H
#define QIANCHENG_TESTS_CONFORMANCE_H

#include <stddef.h>

#include <jansson.h>

#include <qiancheng.h>

/* Everything between these two belongs to one case; the second says how many differences there were. */
void differences_begin(const char *file, const char *name);
size_t differences_end(void);

/* The answer or the error with what `outcome` says of them. */
void compare_outcome(const json_t *outcome, qc_status status, const qc_answer *answer, const qc_error *error);

/* The requests that left, and how many. */
void compare_requests(const json_t *of_case, const json_t *journal);

#endif
