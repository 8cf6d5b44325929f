// Sessions and audits through qiancheng.hpp, with exceptions.
#include <typeinfo>
#include <vector>

#include "expect.hpp"

using namespace qiancheng;

static const std::string who = NAME;

static Session opened(const Client& client, const std::string& password) {
    return client.telecom().open({who, ID_CARD, MOBILE, password});
}

static Step step_that_asks(const Session& session) {
    Step step = session.poll();
    while (step.kind() == StepKind::Working) step = session.poll();
    EXPECT(step.kind() == StepKind::NeedsInput);
    return step;
}

static void a_session_goes_step_by_step() {
    const Client client(quick_options());
    const Session session = opened(client, "246810");
    EXPECT(session.kind() == "telecom" && session.open_id().size() == 32 && session.provider() == 0);
    const auto left = session.expires_at() - std::chrono::system_clock::now();
    EXPECT(left > std::chrono::minutes(9) && left <= std::chrono::minutes(10));
    EXPECT(session.status().type("") == JsonType::Null);

    const Step first = session.poll();
    EXPECT(first.kind() == StepKind::Working && first.state_name() == "STATE_INIT" && first.state() == 0);
    EXPECT(!first.is_last() && first.poll_after() == std::chrono::milliseconds(1) && first.reason().empty());

    const Challenge asked = step_that_asks(session).challenge();
    EXPECT(asked.kind == "sms_captcha" && asked.attempt == 1 && asked.can_resend && asked.image.empty());
    EXPECT(asked.prompt.find("SMS") != std::string::npos && !asked.prompt_zh.empty());
    EXPECT(asked.expires_at == session.expires_at());
    session.submit(asked, "000000");
    EXPECT_THROWS(ChallengeError, session.submit(asked, "123456"));

    const Challenge again = step_that_asks(session).challenge();
    EXPECT(again.attempt == 2 && again.id != asked.id);
    session.submit(again, "123456");
    Step step = session.next();
    while (!step.is_last()) step = session.next();
    EXPECT(step.kind() == StepKind::Finished && step.json().find("finished") != std::string::npos);
    EXPECT(session.raw_data().has("/transactions/0/calls"));
    EXPECT(session.report().has("/application_check"));
}

static void a_collection_asks_and_tells() {
    const Client client(quick_options());
    std::vector<std::string> asked;
    std::vector<StepKind> seen;
    opened(client, "captcha_then_query")
        .collect(
            [&asked](const Challenge& challenge) -> Reply {
                asked.push_back(challenge.kind + std::to_string(challenge.attempt));
                if (asked.size() == 1) return Reply::resend();
                return challenge.kind == "sms_captcha" ? "123456" : "654321";
            },
            [&seen](const Step& step) { seen.push_back(step.kind()); });
    EXPECT(asked.size() == 3 && asked[2] == "query_password1");
    EXPECT(seen.size() > 4 && seen.front() == StepKind::Working && seen.back() == StepKind::Finished);
}

static void an_answer_that_the_vendor_refuses_is_asked_for_again() {
    const Client client(quick_options());
    int times = 0;
    opened(client, "246810").collect([&times](const Challenge&) { return ++times < 3 ? "000000" : "123456"; });
    EXPECT_EQ(3, times);
}

static void what_callbacks_throw_reaches_the_caller_and_the_session_goes_on() {
    const Client client(quick_options());
    const Session session = opened(client, "246810");
    struct Gone {};
    int caught = 0;
    try {
        session.collect([](const Challenge&) -> Reply { throw Gone(); });
    } catch (const Gone&) {
        caught++;
    }
    try {
        session.collect([](const Challenge&) { return "unasked"; }, [](const Step&) { throw Gone(); });
    } catch (const Gone&) {
        caught++;
    }
    EXPECT_EQ(2, caught);
    session.collect([](const Challenge&) { return "123456"; });
    EXPECT(session.raw_data().has("/transactions"));
}

static void a_collection_that_ends_without_data_throws() {
    const Client client(quick_options());
    try {
        opened(client, "fail").collect([](const Challenge&) { return "123456"; });
        fail("this does not fail", __FILE__, __LINE__);
    } catch (const SessionError& error) {
        EXPECT(error.outcome() == Outcome::Rejected);
        EXPECT(error.message().find("the collection failed: ") == 0 && error.message().size() > 24);
    }
    const Session given_up = opened(client, "246810");
    EXPECT_THROWS(CancelledError, given_up.collect([](const Challenge&) { return Reply::give_up(); }));
    EXPECT_THROWS(SessionError, given_up.poll());
    const Session cut = opened(client, "246810");
    EXPECT_THROWS(InvalidInputError, cut.collect([](const Challenge&) { return std::string("12\0003456", 7); }));
}

static void a_session_is_saved_and_resumed_elsewhere() {
    SaveKey key, other;
    key.fill(7);
    other.fill(8);
    std::string saved, id;
    {
        const Client client(quick_options());
        const Session session = opened(client, "246810");
        id = step_that_asks(session).challenge().id;
        saved = session.save(key);
        EXPECT(saved.find(session.open_id()) == std::string::npos);
    }
    const Client client(quick_options());
    EXPECT_THROWS(SessionError, client.resume(other, saved));
    EXPECT_THROWS(SessionError, client.resume(key, saved + "x"));
    const Session session = client.resume(key, saved);
    session.submit(id, "123456");
    session.collect([](const Challenge&) { return "unasked"; });
    EXPECT(session.raw_data().has("/transactions"));
}

static void sessions_of_other_kinds_log_in() {
    const Client client(quick_options());
    const Session degree = client.degree().open({who, ID_CARD, MOBILE});
    degree.login_degree("zhangsan", "secret", 1);
    degree.collect([](const Challenge&) { return "unasked"; });
    EXPECT(degree.raw_data().raw().size > 100);

    const Session ebank = client.ebank_v2().open({who, MOBILE, ID_CARD});
    const Answer banks = ebank.banks();
    EXPECT(banks.size() > 0);
    EXPECT_THROWS(InvalidInputError, ebank.login("[]"));
    EXPECT_THROWS(InvalidInputError, ebank.login_degree("zhangsan", "secret", 1));
}

static void an_audit_is_submitted_and_waited_for() {
    const Client client(quick_options());
    const std::string contact = "{\"mobile\": \"13900139000\", \"name\": " + client.json_string("a \"quoted\" \\ name");
    RiskAuditRequest request;
    request.name = who;
    request.phone = MOBILE;
    request.id_card = ID_CARD;
    request.data_json =
        "{\"order_detail\": {\"order_id\": 1, \"amount\": 100000, \"loan_term\": 30, \"order_time\": \"2026-01-02 03:04:05\"},"
        " \"basic_info\": {\"user_contact\": [" + contact + ", \"relation\": 3}]},"
        " \"user_proof_materia\": [{\"url\": \"https://example.com/front.jpg\", \"type\": 1}],"
        " \"user_mobile_contacts\": [" + contact + "}],"
        " \"telecom_data\": {\"real_name_status\": 1, \"bill_list\": [], \"contact_list\": []}}";
    const std::string open_id = client.risk().submit(request);
    EXPECT_THROWS(TimeoutError, client.risk().wait(open_id, std::chrono::milliseconds(0)));
    EXPECT_EQ(0, client.risk().wait(open_id, std::chrono::minutes(1)).integer("/state"));
    request.data_json = "{}";
    EXPECT_THROWS(InvalidInputError, client.risk().submit(request));
}

static void gb18030_crosses_both_ways() {
    const Client client(quick_options().encoding("GB18030"));
    const std::string name = "\xd5\xc5\x95\x34\xb2\x35";
    const Session session = client.telecom().open({name, ID_CARD, MOBILE, "direct"});
    session.collect([](const Challenge&) { return "unasked"; });
    EXPECT_EQ(name, session.report().string("/application_check/0/check_points/key_value"));
    EXPECT_EQ("\"" + name + "\"", client.json_string(name));
    EXPECT_THROWS(InvalidInputError, client.telecom().open({"\xff", ID_CARD, MOBILE, "direct"}));
}

int main() {
    behaviour("a session goes step by step", a_session_goes_step_by_step);
    behaviour("a collection asks and tells", a_collection_asks_and_tells);
    behaviour("an answer that the vendor refuses is asked for again", an_answer_that_the_vendor_refuses_is_asked_for_again);
    behaviour("what callbacks throw reaches the caller, and the session goes on",
              what_callbacks_throw_reaches_the_caller_and_the_session_goes_on);
    behaviour("a collection that ends without data throws", a_collection_that_ends_without_data_throws);
    behaviour("a session is saved and resumed elsewhere", a_session_is_saved_and_resumed_elsewhere);
    behaviour("sessions of other kinds log in", sessions_of_other_kinds_log_in);
    behaviour("an audit is submitted and waited for", an_audit_is_submitted_and_waited_for);
    behaviour("GB18030 crosses both ways", gb18030_crosses_both_ways);
}
