// Clients, calls, answers and errors through qiancheng.hpp, with exceptions.
#include <atomic>
#include <thread>
#include <typeinfo>
#include <vector>

#include "expect.hpp"

using namespace qiancheng;

static const std::string who = NAME;

template <class T>
constexpr bool move_only() {
    return std::is_nothrow_move_constructible<T>::value && std::is_move_assignable<T>::value &&
           !std::is_copy_constructible<T>::value && !std::is_copy_assignable<T>::value;
}
static_assert(move_only<Client>() && move_only<Options>() && move_only<CallOptions>() && move_only<Answer>() &&
                  move_only<Session>() && move_only<Step>() && move_only<Cancel>() && move_only<Tables>(),
              "every owner of a handle moves and does not copy");
static_assert(std::is_nothrow_copy_constructible<RejectedError>::value, "an exception's copy must not throw");
static_assert(throws, "this program has exceptions");

static void handles_move() {
    Client first(quick_options());
    Client second(std::move(first));
    EXPECT(!second.blacklist().search({who, ID_CARD, MOBILE}).boolean("/is_in"));
    EXPECT_THROWS(InvalidInputError, first.call("auth.token"));
    first = std::move(second);
    Answer answer = first.blacklist().search({who, ID_CARD, "13800134444"});
    Answer moved = std::move(answer);
    EXPECT(moved.boolean("/is_in"));
    EXPECT_THROWS(InvalidInputError, answer.boolean("/is_in"));
    answer = std::move(moved);
    EXPECT(answer.boolean("/is_in"));
}

// Every kind's class is caught as itself, as an Error, and as what the standard library has.
template <class Class>
static void kind_has_its_class(ErrorKind kind) {
    const Error made(kind, "made up", "/somewhere", Outcome::Unknown, true);
    bool caught = false;
    try {
        made.raise();
    } catch (const Class& error) {
        caught = typeid(error) == typeid(Class);
        EXPECT_EQ(kind, error.kind());
        EXPECT_EQ(std::string("made up"), error.message());
        EXPECT_EQ(std::string("/somewhere"), error.field());
        EXPECT(error.retryable() && error.outcome() == Outcome::Unknown && error.outcome_name() == "Unknown");
        EXPECT_EQ(error.kind_name() + ": made up", std::string(error.what()));
    }
    EXPECT(caught);
    caught = false;
    try {
        made.raise();
    } catch (const std::runtime_error& error) {
        caught = dynamic_cast<const Error*>(&error) != nullptr;
    }
    EXPECT(caught);
}

static void every_kind_is_a_class() {
    kind_has_its_class<ConfigError>(ErrorKind::Config);
    kind_has_its_class<InvalidInputError>(ErrorKind::InvalidInput);
    kind_has_its_class<ConnectionError>(ErrorKind::Connection);
    kind_has_its_class<TimeoutError>(ErrorKind::Timeout);
    kind_has_its_class<CancelledError>(ErrorKind::Cancelled);
    kind_has_its_class<ProtocolError>(ErrorKind::Protocol);
    kind_has_its_class<AuthError>(ErrorKind::Auth);
    kind_has_its_class<TokenRefusedError>(ErrorKind::TokenRefused);
    kind_has_its_class<CollectingError>(ErrorKind::Collecting);
    kind_has_its_class<RejectedError>(ErrorKind::Rejected);
    kind_has_its_class<ServiceUnavailableError>(ErrorKind::ServiceUnavailable);
    kind_has_its_class<UnknownError>(ErrorKind::Unknown);
    kind_has_its_class<ChallengeError>(ErrorKind::Challenge);
    kind_has_its_class<SessionError>(ErrorKind::Session);
    kind_has_its_class<CryptoError>(ErrorKind::Crypto);
    kind_has_its_class<PanicError>(ErrorKind::Panic);
    EXPECT_THROWS(Error, Error(static_cast<ErrorKind>(4711), "from a newer library").raise());
}

static void what_the_vendor_said_is_in_the_exception() {
    const Client client(quick_options());
    script("blacklist.search", 200, "{\"code\": 1001, \"msg\": \"no such person\"}");
    try {
        client.blacklist().search({who, ID_CARD, MOBILE});
        fail("this does not fail", __FILE__, __LINE__);
    } catch (const RejectedError& error) {
        EXPECT(error.has_code());
        EXPECT_EQ(1001, error.code());
        EXPECT_EQ(std::string("no such person"), error.vendor_message());
        EXPECT_EQ(std::string("blacklist.search"), error.endpoint());
        EXPECT_EQ(200, error.http_status());
        EXPECT_EQ(1U, error.attempts());
        EXPECT(!error.retryable() && error.outcome() == Outcome::Rejected && error.field().empty());
        EXPECT(!error.advice().empty() && error.json().find("\"code\":1001") != std::string::npos);
    }
    script("telecom.report", 200, "{\"code\": 1003}");
    EXPECT_THROWS(CollectingError, client.telecom().report("f47e9276860685349c7ef4be67c823ab"));
    script("telecom.open_id", 200, "{\"code\": 1000}");
    EXPECT_THROWS(ServiceUnavailableError, client.telecom().open_id({who, ID_CARD, MOBILE, "246810"}));
    script("telecom.open_id", 200, "{\"code\": 4711}");
    EXPECT_THROWS(UnknownError, client.telecom().open_id({who, ID_CARD, MOBILE, "246810"}));
    script("telecom.open_id", 200, "not JSON");
    EXPECT_THROWS(ProtocolError, client.telecom().open_id({who, ID_CARD, MOBILE, "246810"}));
    EXPECT_THROWS(AuthError, Client(quick_options().account("demo", "wrong")).auth().token());
    EXPECT_THROWS(InvalidInputError, client.blacklist().search({who, "110101199003070012", MOBILE}));
    EXPECT_THROWS(ConnectionError, Client(quick_options().base_url("http://127.0.0.1:1").max_retries(0)).auth().token());
}

static void the_first_setting_that_is_refused_is_what_fails() {
    Options options;
    options.account("demo", "demo-password").environment("moon").encoding("EBCDIC");
    EXPECT(options.refused() != nullptr);
    try {
        Client client(options);
        fail("this does not fail", __FILE__, __LINE__);
    } catch (const ConfigError& error) {
        EXPECT_EQ(std::string("name"), error.field());
        EXPECT(error.message().find("one of production, test") != std::string::npos);
    }
    EXPECT_THROWS(InvalidInputError, Client(Options().base_url(std::string("http://a\0b", 10))));
}

static void a_text_with_a_nul_is_refused_and_not_cut() {
    const Client client(quick_options());
    const std::string cut("138\0" "00138001", 12);
    try {
        client.blacklist().search({who, ID_CARD, cut});
        fail("this does not fail", __FILE__, __LINE__);
    } catch (const InvalidInputError& error) {
        EXPECT_EQ(std::string("mobile"), error.field());
        EXPECT(error.outcome() == Outcome::NotSent);
    }
    EXPECT_THROWS(InvalidInputError, client.telecom().get_state(cut));
    EXPECT_THROWS(InvalidInputError, client.call("blacklist.search", cut));
    EXPECT_THROWS(InvalidInputError, client.call_path("POST", cut));
    EXPECT_THROWS(InvalidInputError, client.json_string(cut));
    EXPECT_THROWS(InvalidInputError, Tables::read(cut, "", 0));
    const Answer answer = client.call("ebank.bank_info");
    EXPECT(!answer.has(cut));
    EXPECT_THROWS(InvalidInputError, answer.string(cut));
    EXPECT_THROWS(InvalidInputError, answer.size(cut));
}

static void an_answer_gives_its_values() {
    const Client client(quick_options());
    script("ebank.bank_info", 200,
           "{\"code\": 0, \"data\": [{\"bankName\": \"A\\u0000B\", \"n\": \"12\", \"r\": 1.5, \"t\": 1, \"no\": null}]}");
    const Answer answer = client.ebank().bank_info();
    EXPECT_EQ(1U, answer.size());
    EXPECT_EQ(5U, answer.size("/0"));
    EXPECT_EQ(std::string("bankName"), answer.key("/0", 0));
    EXPECT_EQ(std::string("A\0B", 3), answer.string("/0/bankName"));
    EXPECT_EQ(12, answer.integer("/0/n"));
    EXPECT(answer.number("/0/r") > 1.4 && answer.boolean("/0/t"));
    EXPECT(answer.has("/0/n") && !answer.has("/0/no") && !answer.has("/0/none") && !answer.has("no pointer"));
    EXPECT(answer.type("/0/no") == JsonType::Null && answer.type("/0") == JsonType::Object);
    EXPECT(answer.type("/0/none") == JsonType::Missing && answer.type("/0/n") == JsonType::String);
    EXPECT_EQ(std::string("1.5"), answer.json("/0/r"));
    EXPECT_EQ('[', answer.json()[0]);
    EXPECT_EQ('{', answer.raw().to_string()[0]);
    EXPECT_EQ(std::string("ebank.bank_info"), answer.endpoint());
    EXPECT(answer.http_status() == 200 && answer.attempts() == 1 && answer.message().empty());
    EXPECT_THROWS(InvalidInputError, answer.string("/0/none"));
    EXPECT_THROWS(InvalidInputError, answer.integer("/0/bankName"));
}

static void optional_parameters_are_left_out_or_sent() {
    const Client client(quick_options());
    BlacklistSearchV2Request request(who, ID_CARD, MOBILE);
    client.blacklist().search_v2(request);
    request.ip = "192.0.2.1";
    client.blacklist().search_v2(request);
    AuthTokenRequest hours;
    hours.hours = 2;
    client.auth().token(hours);
    json_t* journal = sandbox_journal();
    std::vector<std::string> ips, tokens;
    std::size_t index;
    json_t* entry;
    json_array_foreach(journal, index, entry) {
        const json_t* params = json_object_get(entry, "params");
        const std::string endpoint = json_string_value(json_object_get(entry, "endpoint"));
        const char* ip = json_string_value(json_object_get(params, "ip"));
        if (endpoint == "blacklist.search_v2") ips.push_back(ip ? ip : "none");
        const char* life = json_string_value(json_object_get(params, "hours"));
        if (endpoint == "auth.token") tokens.push_back(life ? life : "none");
    }
    EXPECT((ips == std::vector<std::string>{"none", "192.0.2.1"}));
    EXPECT((tokens == std::vector<std::string>{"none", "2"}));
    json_decref(journal);
}

static void a_log_is_kept_alive_and_what_it_throws_is_dropped() {
    std::atomic<int> lines(0);
    std::unique_ptr<Session> session;
    {
        Options options = quick_options();
        const std::shared_ptr<std::atomic<int>> seen(&lines, [](std::atomic<int>*) {});
        options.log([seen](LogLevel level, const std::string& line) {
            EXPECT(level == LogLevel::Debug && line[0] == '{' && line.find(ID_CARD) == std::string::npos);
            ++*seen;
            throw std::runtime_error("a log that is out of order");
        });
        const Client client(options);
        client.blacklist().search({who, ID_CARD, MOBILE});
        session.reset(new Session(client.telecom().open({who, ID_CARD, MOBILE, "direct"})));
    }
    const int before = lines;
    EXPECT(before > 2);
    session->poll();
    EXPECT(lines > before);
}

static void a_cancel_ends_a_call_from_another_thread() {
    const Client client(quick_options());
    const Cancel cancel;
    client.auth().token();
    sandbox_fault("blacklist.search", 1, "{\"kind\": \"latency\", \"ms\": 60000}");
    const Client cancellable = client.with_options(CallOptions().cancel(cancel));
    std::thread other([&] { cancel.fire(); });
    EXPECT_THROWS(CancelledError, cancellable.blacklist().search({who, ID_CARD, MOBILE}));
    other.join();
    EXPECT(cancel.fired());
    EXPECT_THROWS(CancelledError, cancellable.blacklist().search({who, ID_CARD, MOBILE}));
    sandbox_reset();
    client.blacklist().search({who, ID_CARD, MOBILE});
    client.close();
    EXPECT_THROWS(ConfigError, client.blacklist().search({who, ID_CARD, MOBILE}));
}

static void many_threads_share_a_client() {
    const Client client(quick_options());
    std::atomic<int> hits(0);
    std::vector<std::thread> threads;
    for (int i = 0; i < 32; i++) {
        threads.emplace_back([&client, &hits, i] {
            for (int call = 0; call < 8; call++) {
                const bool listed = i % 2 == 0;
                const std::string mobile = listed ? "13800134444" : MOBILE;
                if (client.blacklist().search({who, ID_CARD, mobile}).boolean("/is_in") == listed) hits++;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(32 * 8, hits.load());
    EXPECT_EQ(1, client.stats().integer("/tokens_fetched"));
}

static void tables_leave_as_arrow_streams() {
    const Client client(quick_options());
    const Session session = client.telecom().open({who, ID_CARD, MOBILE, "direct"});
    session.collect([](const Challenge&) { return "unasked"; });
    const Answer raw = session.raw_data();
    const Tables tables = Tables::read("telecom_raw", raw);
    ArrowArrayStream stream;
    ArrowArray batch;
    tables.stream("calls", &stream);
    std::int64_t rows = 0;
    while (stream.get_next(&stream, &batch) == 0 && batch.release) {
        rows += batch.length;
        batch.release(&batch);
    }
    stream.release(&stream);
    EXPECT(rows > 0);
    EXPECT_EQ(static_cast<std::uint64_t>(rows), tables.rows("calls"));
    EXPECT(tables.count() > 4 && !tables.name(0).empty() && tables.name(99).empty());
    tables.features(&stream);
    EXPECT(stream.get_next(&stream, &batch) == 0 && batch.length == 1);
    batch.release(&batch);
    stream.release(&stream);
    const Bytes bytes = raw.raw();
    EXPECT(bytes.size > 1000);
    EXPECT_THROWS(InvalidInputError, tables.rows("no such table"));
    EXPECT_THROWS(InvalidInputError, Tables::read("no such kind", raw));
}

int main() {
    behaviour("handles move", handles_move);
    behaviour("every kind is a class", every_kind_is_a_class);
    behaviour("what the vendor said is in the exception", what_the_vendor_said_is_in_the_exception);
    behaviour("the first setting that is refused is what fails", the_first_setting_that_is_refused_is_what_fails);
    behaviour("a text with a NUL is refused and not cut", a_text_with_a_nul_is_refused_and_not_cut);
    behaviour("an answer gives its values", an_answer_gives_its_values);
    behaviour("optional parameters are left out or sent", optional_parameters_are_left_out_or_sent);
    behaviour("a log is kept alive, and what it throws is dropped", a_log_is_kept_alive_and_what_it_throws_is_dropped);
    behaviour("a cancel ends a call from another thread", a_cancel_ends_a_call_from_another_thread);
    behaviour("many threads share a client", many_threads_share_a_client);
    behaviour("tables leave as Arrow streams", tables_leave_as_arrow_streams);
}
