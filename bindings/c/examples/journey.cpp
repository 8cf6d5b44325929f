// A borrower's way through the house in one file: blacklist, telecom data with the captcha asked at the terminal, and the
// risk audit.
//
//     c++ -std=c++11 journey.cpp $(pkg-config --cflags --libs qiancheng) -o journey
//     export QIANCHENG_USERNAME=... QIANCHENG_PASSWORD=... QIANCHENG_AUDIT_PUBLIC_KEY=/etc/loans/audit-key.pem
//     ./journey 张三 110101199003070011 13800138001
//
// Exit status: 0 pass, 1 reject or on the blacklist, 2 wrong usage, 3 an error.
#include <chrono>
#include <iostream>
#include <string>

#include <qiancheng.hpp>

namespace {

struct Person {
    std::string name, id_card, mobile;
};

std::string typed(const std::string& prompt) {
    std::string line;
    std::cout << prompt << ": " << std::flush;
    std::getline(std::cin, line);
    return line;
}

// Collects the data; what the carrier asks for is asked at the terminal.
qiancheng::Answer telecom_data(const qiancheng::Client& client, const Person& who) {
    const std::string password = typed("The carrier's service password");
    const qiancheng::Session session = client.telecom().open({who.name, who.id_card, who.mobile, password});
    session.collect(
        [](const qiancheng::Challenge& asked) -> qiancheng::Reply {
            const std::string answer = typed(asked.prompt);
            if (answer.empty()) return qiancheng::Reply::give_up();
            return answer;
        },
        [](const qiancheng::Step& step) {
            if (step.kind() == qiancheng::StepKind::Working) std::cout << "... " << step.state_name() << '\n';
        });
    return session.raw_data();
}

// Submits the application and waits; whether the vendor advises to pass.
bool audit(const qiancheng::Client& client, const Person& who, std::int64_t order) {
    const std::string contact = "{\"mobile\": \"13900139000\", \"name\": " + client.json_string(who.name);
    qiancheng::RiskAuditRequest request;
    request.name = who.name;
    request.phone = who.mobile;
    request.id_card = who.id_card;
    request.data_json =  // amount is in fen: 1,000 yuan
        "{\"order_detail\": {\"order_id\": " + std::to_string(order) + ", \"amount\": 100000, \"loan_term\": 30,"
        " \"order_time\": \"2026-01-02 03:04:05\"},"
        " \"basic_info\": {\"user_contact\": [" + contact + ", \"relation\": 3}]},"
        " \"user_proof_materia\": [{\"url\": \"https://example.com/front.jpg\", \"type\": 1}],"
        " \"user_mobile_contacts\": [" + contact + "}],"
        " \"telecom_data\": {\"real_name_status\": 1, \"bill_list\": [], \"contact_list\": []}}";

    const std::string open_id = client.risk().submit(request);
    const qiancheng::Answer verdict = client.risk().wait(open_id, std::chrono::minutes(10));
    if (verdict.has("/reason")) std::cout << "reason: " << verdict.string("/reason") << '\n';
    return verdict.integer("/state") == 0;
}

int journey(const Person& who) {
    const qiancheng::Client client(qiancheng::Options::from_env());

    if (client.blacklist().search({who.name, who.id_card, who.mobile}).boolean("/is_in")) {
        std::cout << "on the blacklist\n";
        return 1;
    }
    std::cout << "not on the blacklist\n";

    const qiancheng::Answer raw = telecom_data(client, who);
    const qiancheng::Tables tables = qiancheng::Tables::read("telecom_raw", raw);
    std::cout << tables.rows("calls") << " calls, " << tables.rows("bills") << " bills\n";

    const std::int64_t order = std::chrono::system_clock::now().time_since_epoch().count();
    const bool pass = audit(client, who, order);
    std::cout << "verdict: " << (pass ? "pass" : "reject") << '\n';
    return pass ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: journey NAME ID_NUMBER MOBILE\n";
        return 2;
    }
    try {
        return journey({argv[1], argv[2], argv[3]});
    } catch (const qiancheng::SessionError& error) {
        std::cerr << "journey: the collection is over, start again: " << error.what() << '\n';
    } catch (const qiancheng::Error& error) {
        std::cerr << "journey: " << error.what() << '\n';
        if (error.outcome() == qiancheng::Outcome::Unknown) {
            std::cerr << "journey: the vendor may have done it; have a person look before it is done again\n";
        }
    } catch (const std::exception& error) {
        std::cerr << "journey: " << error.what() << '\n';
    }
    return 3;
}
