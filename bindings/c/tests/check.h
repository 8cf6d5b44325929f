/* What the test programs have in common: expectations that end the program where they fail, and behaviours that are run by
   name. A failed expectation says where it stands and what the library said; CTest shows it. */
#ifndef QIANCHENG_TESTS_CHECK_H
#define QIANCHENG_TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <qiancheng.h>

/* Ends the program unless the condition holds. */
#define EXPECT(condition) check_holds((condition), #condition, __FILE__, __LINE__)

/* Ends the program unless the call returns this status, and an error of this kind where the test's `err` points, which it
   frees: with QC_OK, nothing may have been written there. */
#define EXPECT_STATUS(expected, call) check_status((expected), (call), &err, #call, __FILE__, __LINE__)
#define EXPECT_OK(call) EXPECT_STATUS(QC_OK, call)

/* The same for a refused argument: QC_INVALID_INPUT, and the argument's name as the error's field. */
#define EXPECT_REFUSED(argument, call) check_refused((argument), (call), &err, #call, __FILE__, __LINE__)

#define EXPECT_TEXT(expected, text) check_text((expected), (text), #text, __FILE__, __LINE__)

void check_holds(bool holds, const char *condition, const char *file, int line);
void check_status(qc_status expected, qc_status status, qc_error **err, const char *call, const char *file, int line);
void check_refused(const char *argument, qc_status status, qc_error **err, const char *call, const char *file, int line);
void check_text(const char *expected, const char *text, const char *what, const char *file, int line);

/* A behaviour of the library, in words. */
struct behaviour {
    const char *name;
    void (*shows)(void);
};

/* Runs all of them, or those whose names contain the program's argument; for main(). */
int run_behaviours(const struct behaviour *behaviours, size_t count, int argc, char **argv);
#define RUN(behaviours, argc, argv) run_behaviours((behaviours), sizeof(behaviours) / sizeof(behaviours)[0], (argc), (argv))

#endif
