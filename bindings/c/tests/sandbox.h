/* The sandbox that `with-sandbox` has started: clients for it, and its controls under /__sandbox/. */
#ifndef QIANCHENG_TESTS_SANDBOX_H
#define QIANCHENG_TESTS_SANDBOX_H

#include <jansson.h>

#include <qiancheng.h>

/* The applicant of the tests: made up, with a right check character. */
#define NAME "\xE5\xBC\xA0\xE4\xB8\x89"
#define ID_CARD "110101199003070011"
#define MOBILE "13800138001"

/* Settings for the sandbox, with a backoff and a poll interval of a millisecond. */
qc_options *sandbox_options(void);

/* A client with these settings, as they are. */
qc_client *sandbox_client(void);

/* Forgets everything: sessions, tokens, faults, scripts, journal. */
void sandbox_reset(void);

/* POSTs a document to a control, such as "script", and takes it over. */
void sandbox_tell(const char *control, json_t *document);

/* GETs the journal: a list of every request. */
json_t *sandbox_journal(void);

/* Makes the next calls of an endpoint, or of all for NULL, meet a fault such as {"kind":"html_502"}, which is JSON. */
void sandbox_fault(const char *endpoint, int times, const char *fault);

#endif
