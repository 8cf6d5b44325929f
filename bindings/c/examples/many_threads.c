/*
 * One client, many threads: each looks people up, all share the token, and every thread has a connection of its own.
 *
 *     cc -std=c99 -pthread many_threads.c $(pkg-config --cflags --libs qiancheng) -o many_threads
 *     export QIANCHENG_USERNAME=... QIANCHENG_PASSWORD=...
 *     ./many_threads 32
 *
 * Exit status: 0 all calls went well, 2 wrong usage, 3 an error.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <qiancheng.h>

enum { MOST_THREADS = 256, CALLS_OF_EACH = 20 };

struct worker {
    pthread_t thread;
    const qc_client *client; /* shared: every function may be called from any thread at once */
    int calls;               /* that went well */
    int hits;
    qc_error *error;         /* the first; its own, for there is no "last error" of a thread */
};

static void *work(void *argument)
{
    struct worker *worker = argument;
    char mobile[32];
    int i;

    for (i = 0; i < CALLS_OF_EACH; i++) {
        qc_answer *answer = NULL;
        bool is_in = false;

        snprintf(mobile, sizeof mobile, "1380013%04d", i % 2 == 0 ? 4444 : 8000 + i);
        if (qc_blacklist_search(worker->client, "张三", "110101199003070011", mobile, &answer, &worker->error) != QC_OK)
            return NULL;
        if (qc_answer_bool(answer, "/is_in", &is_in, &worker->error) == QC_OK) {
            worker->calls++;
            worker->hits += is_in ? 1 : 0;
        }
        qc_answer_free(answer);
        if (worker->error != NULL)
            return NULL;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static struct worker workers[MOST_THREADS];
    const int threads = argc == 2 ? atoi(argv[1]) : 0;
    qc_client *client = NULL;
    qc_answer *stats = NULL;
    qc_error *error = NULL;
    int64_t tokens = 0;
    int calls = 0;
    int hits = 0;
    int started;
    int i;
    int result = 0;

    if (threads < 1 || threads > MOST_THREADS) {
        fprintf(stderr, "usage: many_threads NUMBER, from 1 to %d\n", MOST_THREADS);
        return 2;
    }
    /* Without options: all from the environment. */
    if (QC_CHECK_ABI(&error) != QC_OK || qc_client_new(NULL, &client, &error) != QC_OK) {
        fprintf(stderr, "many_threads: setting up: %s\n", qc_error_text(error));
        qc_error_free(error);
        return 3;
    }

    for (started = 0; started < threads; started++) {
        workers[started].client = client;
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0) {
            fprintf(stderr, "many_threads: no more than %d threads could be started\n", started);
            result = 3;
            break;
        }
    }
    for (i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        calls += workers[i].calls;
        hits += workers[i].hits;
        if (workers[i].error != NULL) {
            fprintf(stderr, "many_threads: thread %d: %s\n", i, qc_error_text(workers[i].error));
            qc_error_free(workers[i].error);
            result = 3;
        }
    }

    if (qc_client_stats(client, &stats, &error) != QC_OK
        || qc_answer_int(stats, "/tokens_fetched", &tokens, &error) != QC_OK) {
        fprintf(stderr, "many_threads: the counters: %s\n", qc_error_text(error));
        qc_error_free(error);
        result = 3;
    }
    printf("%d threads, %d calls, %d on the blacklist, %d token(s) fetched\n", started, calls, hits, (int)tokens);

    qc_answer_free(stats);
    qc_client_free(client);
    return result;
}
