/* One client, many threads: calls side by side, and what ends them. No test waits for a clock: the sandbox's journal says when
   a call is under way. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "sandbox.h"

enum { THREADS = 32, CALLS = 20 };

static void *look_up(void *user_data)
{
    const qc_client *client = user_data;
    for (int i = 0; i < CALLS; i++) {
        qc_answer *answer = NULL;
        qc_error *err = NULL;
        bool is_in = false;
        /* Every other one is on the list: nobody gets another thread's answer. */
        EXPECT_OK(qc_blacklist_search(client, NAME, ID_CARD, i % 2 == 0 ? "13800134444" : MOBILE, &answer, &err));
        EXPECT_OK(qc_answer_bool(answer, "/is_in", &is_in, &err));
        EXPECT(is_in == (i % 2 == 0));
        qc_answer_free(answer);
        EXPECT(qc_blacklist_search(client, NAME, "1", MOBILE, NULL, &err) == QC_INVALID_INPUT);
        EXPECT_TEXT("/id_card", qc_error_field(err));
        qc_error_free(err);
    }
    return NULL;
}

static void thirty_two_threads_share_a_client(void)
{
    pthread_t threads[THREADS];
    qc_client *client = sandbox_client();
    qc_answer *stats = NULL;
    qc_error *err = NULL;
    int64_t calls = 0;
    sandbox_reset();
    for (int i = 0; i < THREADS; i++) {
        EXPECT(pthread_create(&threads[i], NULL, look_up, client) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        EXPECT(pthread_join(threads[i], NULL) == 0);
    }
    EXPECT_OK(qc_client_stats(client, &stats, &err));
    EXPECT_OK(qc_answer_int(stats, "/calls", &calls, &err));
    EXPECT(calls == THREADS * CALLS * 2);
    json_t *journal = sandbox_journal();
    /* One of them fetched the token, for all. */
    EXPECT(json_array_size(journal) == THREADS * CALLS + 1);
    json_decref(journal);
    qc_answer_free(stats);
    qc_client_free(client);
}

/* A call on a thread of its own, which the sandbox leaves without an answer. */
struct waiting {
    const qc_client *client;
    qc_status status;
    qc_error *err;
    pthread_t thread;
};

static void *wait_for_ever(void *user_data)
{
    struct waiting *waiting = user_data;
    waiting->status = qc_blacklist_search(waiting->client, NAME, ID_CARD, MOBILE, NULL, &waiting->err);
    return NULL;
}

static void begin(struct waiting *waiting, const qc_client *client)
{
    *waiting = (struct waiting){.client = client, .status = QC_OK};
    EXPECT(pthread_create(&waiting->thread, NULL, wait_for_ever, waiting) == 0);
}

/* Until so many calls have arrived. */
static void until_under_way(size_t wanted)
{
    for (size_t arrived = 0; arrived < wanted;) {
        size_t index;
        json_t *entry, *journal = sandbox_journal();
        arrived = 0;
        json_array_foreach(journal, index, entry)
        {
            const char *endpoint = json_string_value(json_object_get(entry, "endpoint"));
            arrived += endpoint != NULL && strcmp(endpoint, "blacklist.search") == 0;
        }
        json_decref(journal);
        sched_yield();
    }
}

static void expect_cancelled(struct waiting *waiting)
{
    EXPECT(pthread_join(waiting->thread, NULL) == 0);
    EXPECT(waiting->status == QC_CANCELLED && qc_error_kind(waiting->err) == QC_CANCELLED);
    EXPECT(qc_error_outcome(waiting->err) == QC_OUTCOME_UNKNOWN);
    qc_error_free(waiting->err);
}

static void silent_sandbox(void)
{
    sandbox_reset();
    sandbox_fault("blacklist.search", 1000, "{\"kind\":\"latency\",\"ms\":600000}");
}

static void closing_ends_calls_in_flight_and_refuses_later_ones(void)
{
    struct waiting calls[4];
    qc_client *client = sandbox_client();
    qc_error *err = NULL;
    silent_sandbox();
    for (int i = 0; i < 4; i++) {
        begin(&calls[i], client);
    }
    until_under_way(4);
    qc_client_close(client);
    for (int i = 0; i < 4; i++) {
        expect_cancelled(&calls[i]);
    }
    EXPECT_STATUS(QC_CONFIG, qc_blacklist_search(client, NAME, ID_CARD, MOBILE, NULL, &err));
    qc_client_close(client);
    qc_client_free(client);
}

static void a_client_freed_during_a_call_stays_for_it(void)
{
    struct waiting call;
    qc_client *client = sandbox_client();
    qc_call_options *changes = NULL;
    qc_client *changed = NULL;
    qc_cancel *cancel = NULL;
    qc_error *err = NULL;
    EXPECT_OK(qc_cancel_new(&cancel, &err));
    EXPECT_OK(qc_call_options_new(&changes, &err));
    EXPECT_OK(qc_call_options_set_cancel(changes, cancel, &err));
    EXPECT_OK(qc_client_with_options(client, changes, &changed, &err));
    silent_sandbox();
    begin(&call, changed);
    until_under_way(1);
    qc_client_free(client);
    qc_client_free(changed);
    qc_call_options_free(changes);
    EXPECT(!qc_cancel_fired(cancel));
    qc_cancel_fire(cancel);
    EXPECT(qc_cancel_fired(cancel));
    expect_cancelled(&call);
    qc_cancel_free(cancel);
}

static void a_cancel_ends_only_the_calls_that_it_was_given_to(void)
{
    struct waiting ended, other;
    qc_client *client = sandbox_client(), *changed = NULL;
    qc_call_options *changes = NULL;
    qc_cancel *cancel = NULL;
    qc_error *err = NULL;
    EXPECT_OK(qc_cancel_new(&cancel, &err));
    EXPECT_OK(qc_call_options_new(&changes, &err));
    EXPECT_OK(qc_call_options_set_cancel(changes, cancel, &err));
    EXPECT_OK(qc_client_with_options(client, changes, &changed, &err));
    qc_call_options_free(changes);
    silent_sandbox();
    begin(&ended, changed);
    begin(&other, client);
    until_under_way(2);
    qc_cancel_fire(cancel);
    expect_cancelled(&ended);
    qc_cancel_free(cancel);
    qc_client_free(changed);
    qc_client_close(client);
    expect_cancelled(&other);
    qc_client_free(client);
}

int main(int argc, char **argv)
{
    static const struct behaviour behaviours[] = {
        {"thirty-two threads share a client", thirty_two_threads_share_a_client},
        {"closing ends calls in flight and refuses later ones", closing_ends_calls_in_flight_and_refuses_later_ones},
        {"a client freed during a call stays for it", a_client_freed_during_a_call_stays_for_it},
        {"a cancel ends only the calls that it was given to", a_cancel_ends_only_the_calls_that_it_was_given_to},
    };
    return RUN(behaviours, argc, argv);
}
