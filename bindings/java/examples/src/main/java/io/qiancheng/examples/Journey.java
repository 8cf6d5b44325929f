package io.qiancheng.examples;

import io.qiancheng.Challenge;
import io.qiancheng.Outcome;
import io.qiancheng.QianchengClient;
import io.qiancheng.QianchengException;
import io.qiancheng.Response;
import io.qiancheng.Session;
import io.qiancheng.model.BlacklistSearchRequest;
import io.qiancheng.model.ContactType;
import io.qiancheng.model.RiskAddressBookEntry;
import io.qiancheng.model.RiskApplication;
import io.qiancheng.model.RiskAuditRequest;
import io.qiancheng.model.RiskBasicInfo;
import io.qiancheng.model.RiskCallPartner;
import io.qiancheng.model.RiskMonthlyBill;
import io.qiancheng.model.RiskOrderDetail;
import io.qiancheng.model.RiskProofMaterial;
import io.qiancheng.model.RiskTelecomData;
import io.qiancheng.model.RiskUserContact;
import io.qiancheng.model.RiskVerdictAnswer;
import io.qiancheng.model.TelecomContact;
import io.qiancheng.model.TelecomOpenIdRequest;
import io.qiancheng.model.TelecomOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * One applicant's way through a credit decision: blacklist, telecom data with a captcha, audit.
 *
 * <p>The account is in the environment: {@code QIANCHENG_BASE_URL}, {@code QIANCHENG_USERNAME}, {@code QIANCHENG_PASSWORD},
 * {@code QIANCHENG_AUDIT_PUBLIC_KEY}; {@code qiancheng sandbox} prints one to try. The captcha is typed. The argument is the
 * folder that raw data goes to.
 */
public final class Journey {
    // Nobody has this name and this number.
    private static final String NAME = "张三";
    private static final String ID_CARD = "110101199003070011";
    private static final String MOBILE = "13800138001";

    private final QianchengClient client;
    private final BufferedReader terminal;

    private Journey(QianchengClient client, BufferedReader terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    /**
     * Makes the journey.
     *
     * @param arguments the folder for raw data
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Paths.get(arguments[0]);
        BufferedReader terminal = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (QianchengClient client = QianchengClient.fromEnvironment()) {
            Journey journey = new Journey(client, terminal);
            if (journey.isListed()) {
                System.out.println("rejected: on the blacklist");
                return;
            }
            journey.collect(folder.resolve("raw.json"));
            journey.audit();
        } catch (QianchengException error) {
            // The text holds nothing personal: it may go into a log as it is.
            System.err.println(error.getMessage());
            System.exit(error.outcome() == Outcome.UNKNOWN ? 3 : 1);
        }
    }

    private boolean isListed() {
        BlacklistSearchRequest request =
                BlacklistSearchRequest.builder().name(NAME).idCard(ID_CARD).mobile(MOBILE).build();
        return client.blacklist().search(request).isIn();
    }

    private void collect(Path file) throws IOException {
        char[] password = {'2', '4', '6', '8', '1', '0'};
        TelecomOpenIdRequest request = TelecomOpenIdRequest.builder()
                .name(NAME)
                .idCard(ID_CARD)
                .mobile(MOBILE)
                .servicePassword(password)
                .options(TelecomOptions.builder()
                        .homeAddr("北京市海淀区")
                        .contacts(TelecomContact.builder()
                                .contactName("李四")
                                .contactTel("13900139000")
                                .contactType(ContactType.SPOUSE)
                                .build())
                        .build())
                .build();
        try (Session session = client.telecom().open(request)) {
            request.wipe();
            session.collect(this::ask, step -> System.out.println(step));
            // Written as it came, byte for byte, and readable by its owner alone.
            try (OutputStream out = Files.newOutputStream(file)) {
                session.rawData().received().writeTo(out);
            }
            System.out.println("raw data: " + Files.size(file) + " bytes");
        }
    }

    private Response ask(Challenge challenge) {
        System.out.println(challenge.prompt());
        try {
            String line = terminal.readLine();
            return line == null ? Response.giveUp() : Response.answer(line.trim());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void audit() {
        LocalDateTime now = LocalDateTime.of(2026, 2, 3, 9, 30);
        RiskApplication application = RiskApplication.builder()
                .orderDetail(RiskOrderDetail.builder()
                        .orderId(20260203001L)
                        .amount(500_000)
                        .loanTerm(30)
                        .orderTime(now)
                        .build())
                .basicInfo(RiskBasicInfo.builder()
                        .userContact(RiskUserContact.builder()
                                .name("李四")
                                .mobile("13900139000")
                                .relation(2)
                                .build())
                        .build())
                .userProofMateria(RiskProofMaterial.builder()
                        .url("https://files.example.com/live.jpg")
                        .type(0)
                        .build())
                .userMobileContacts(
                        RiskAddressBookEntry.builder().name("李四").mobile("13900139000").build())
                .telecomData(RiskTelecomData.builder()
                        .realNameStatus(1)
                        .billList(RiskMonthlyBill.builder().month("2026-01").amount("58.00").build())
                        .contactList(RiskCallPartner.builder()
                                .phone("13900139000")
                                .lastContactDate(now)
                                .talkSeconds("61")
                                .talkCnt("2")
                                .build())
                        .build())
                .build();
        RiskAuditRequest request = RiskAuditRequest.builder()
                .name(NAME)
                .phone(MOBILE)
                .idCard(ID_CARD)
                .data(application)
                .build();
        String openId = client.risk().submit(request);
        RiskVerdictAnswer verdict = client.risk().await(openId, Duration.ofMinutes(10));
        System.out.println("verdict: " + verdict.state());
    }
}
