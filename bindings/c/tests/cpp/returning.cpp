// qiancheng.hpp without exceptions: compiled with -fno-exceptions, and once more with QC_NO_EXCEPTIONS alone.
#include <vector>

#include "expect.hpp"

using namespace qiancheng;

static const std::string who = NAME;

static_assert(!throws, "this program has no exceptions");
static_assert(std::is_same<Returned<std::string>, Result<std::string>>::value, "a function returns a result");
static_assert(!std::is_constructible<bool, Result<bool>>::value, "a result of bool is no condition");
static_assert(!std::is_copy_constructible<Result<Answer>>::value, "a result is as movable as what is in it");

static Client made() {
    Result<Client> client = Client::create(quick_options());
    EXPECT(client);
    return std::move(client).value();
}

static void a_failure_is_returned() {
    const Client client = made();
    const Result<Answer> refused = client.blacklist().search({who, "110101199003070012", MOBILE});
    EXPECT(!refused && !refused.ok());
    EXPECT(refused.error().kind() == ErrorKind::InvalidInput && refused.error().field() == "/id_card");
    EXPECT(refused.error().outcome() == Outcome::NotSent);

    const Result<Client> none = Client::create(Options().encoding("EBCDIC"));
    EXPECT(!none && none.error().kind() == ErrorKind::Config);
    EXPECT(!client.telecom().get_state(std::string("a\0b", 3)));
    EXPECT(check_abi());
}

static void a_success_holds_its_value() {
    const Client client = made();
    Result<Answer> first = client.blacklist().search({who, ID_CARD, "13800134444"});
    EXPECT(first);
    Result<Answer> second = std::move(first);
    EXPECT(second && second.value().boolean("/is_in").ok() && second.value().boolean("/is_in").value());
    EXPECT(!second.value().boolean("/nowhere").ok());
    second = client.blacklist().search({who, "wrong", MOBILE});
    EXPECT(!second);
    second = client.blacklist().search({who, ID_CARD, MOBILE});
    EXPECT(second);
    const Answer answer = std::move(second).value();
    EXPECT(answer.has("/is_in") && !answer.boolean("/is_in").value());
    EXPECT(client.with_options(CallOptions().max_retries(0)));
    EXPECT(client.stats().value().integer("/tokens_fetched").value() == 1);
}

static void a_collection_returns_how_it_ended() {
    const Client client = made();
    int asked = 0;
    const auto ask = [&asked](const Challenge&) { return ++asked == 1 ? Reply::resend() : Reply("123456"); };
    const Result<Session> session = client.telecom().open({who, ID_CARD, MOBILE, "246810"});
    EXPECT(session);
    const Result<void> collected = session.value().collect(ask);
    EXPECT(collected && asked == 2);
    collected.value();
    EXPECT(session.value().raw_data());

    const Result<Session> failing = client.telecom().open({who, ID_CARD, MOBILE, "fail"});
    const Result<void> failed = failing.value().collect([](const Challenge&) { return "123456"; });
    EXPECT(!failed && failed.error().kind() == ErrorKind::Session);
    const Result<void> copied = failed;
    EXPECT(copied.error().message() == failed.error().message());

    SaveKey key;
    key.fill(7);
    const Result<std::string> saved = session.value().save(key);
    EXPECT(saved && client.resume(key, saved.value()) && !client.resume(key, "nonsense"));
}

int main() {
    behaviour("a failure is returned", a_failure_is_returned);
    behaviour("a success holds its value", a_success_holds_its_value);
    behaviour("a collection returns how it ended", a_collection_returns_how_it_ended);
}
