package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.invitation.JoinRequestWithdrawn;
import io.acpbenefits.notification.LogNotifier;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.partner.PartnerTierChanged;
import io.acpbenefits.persistence.JdbcTransactions;
import io.acpbenefits.persistence.Transactions;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistered;
import io.acpbenefits.registration.ExamRegistrationChanged;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.Payment;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a host plugs in is used, and what it listens to is told. */
class PortsAndEventsTest {

  /** Prints codes on demand, the same ones for the same application. */
  private static final class PrintingCenter implements BenefitCenter {
    @Override
    public List<CodeText> handOut(String applicationId, ExamId exam, int quantity) {
      return IntStream.range(0, quantity).mapToObj(i -> CodeText.parse("PRINTED" + i)).toList();
    }
  }

  private static final class Remembering implements Notifier {
    private final List<Notice> sent = new ArrayList<>();

    @Override
    public void send(Notice notice) {
      sent.add(notice);
    }
  }

  private static final class Counting implements Transactions {
    private final Transactions plain;
    private int units;

    Counting(DataSource database) {
      this.plain = new JdbcTransactions(database);
    }

    @Override
    public <T> T required(Function<Connection, T> work) {
      units++;
      return plain.required(work);
    }

    @Override
    public boolean active() {
      return plain.active();
    }
  }

  @Test
  void aHostsPortsTakeThePlaceOfTheLibrarysOwn() {
    DataSource database = TestDatabase.empty();
    Counting transactions = new Counting(database);
    Remembering notifier = new Remembering();
    try (AcpBenefits benefits =
        AcpBenefits.on(database)
            .keys(KeyRing.ephemeral())
            .benefitCenter(new PrintingCenter())
            .notifier(notifier)
            .transactions(transactions)
            .build()) {
      Notice notice = new Notice(Notice.Kind.CHECK_IDS, "b1", "key");
      benefits.notices().queue(Actor.system(), notice);
      benefits.runPortCalls();

      assertThat(printedFor(benefits)).containsExactly("PRINTED0", "PRINTED1");
      assertThat(benefits.embeddedBenefitCenter()).isEmpty();
      assertThat(transactions.units).isPositive();
      assertThat(notifier.sent).containsExactly(notice);
    }
  }

  private static List<String> printedFor(AcpBenefits benefits) {
    Actor kim = Actor.operator("kim");
    PartnerId acme = PartnerId.of("acme");
    ExamId cloud = ExamId.of("cloud");
    Instant now = benefits.now();
    benefits.exams().add(kim, new Exam(cloud, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits.partners().register(kim, acme, "Acme", "gold");
    benefits.organizations().establish(kim, acme, AccountId.of("olga"));
    benefits.quotas().grant(kim, acme, ExamLevel.ACP, 5, now, now.plus(Duration.ofDays(9)));
    var application = benefits.applications().apply(kim, acme, cloud, 2);
    benefits.applications().fulfil(kim, application.applicationId());
    return benefits.examCodes().ofApplication(kim, application.applicationId().value()).stream()
        .map(code -> benefits.examCodes().reveal(kim, code.codeId()).value())
        .toList();
  }

  @Test
  void theLogTellsIfNothingElseDoes() {
    assertThatCode(() -> new LogNotifier().send(new Notice(Notice.Kind.CHECK_IDS, "b1", "key")))
        .doesNotThrowAnyException();
  }

  @Test
  void listenersHearWhatBecomesOfPartnersRequestsAndRegistrations() {
    CoreFixture it = new CoreFixture();
    List<DomainEvent> heard = new ArrayList<>();
    it.benefits.addListener(heard::add);

    it.benefits.partners().describe(it.operator, it.acme, "Acme", "platinum");
    it.benefits.partners().suspend(it.operator, it.acme, "unpaid");
    it.benefits.partners().reinstate(it.operator, it.acme, "paid");
    var request = it.request(it.ben);
    it.benefits.joinRequests().withdraw(new Actor.Account(it.ben), request.requestId());
    var registration =
        it.benefits
            .registrations()
            .registerSelfPaid(
                new Actor.Account(it.ann),
                it.cloud,
                Delivery.ONLINE,
                it.in(Duration.ofDays(3)),
                null);
    it.benefits
        .registrations()
        .cancel(new Actor.Account(it.ann), registration.examRegistrationId());

    assertThat(heard)
        .contains(
            new PartnerTierChanged(it.acme, "platinum"),
            new PartnerStateChanged(it.acme, PartnerState.SUSPENDED),
            new PartnerStateChanged(it.acme, PartnerState.ACTIVE),
            new JoinRequestWithdrawn(request.requestId()),
            new ExamRegistered(
                registration.examRegistrationId(), it.ann, it.cloud, Payment.SELF_PAID),
            new ExamRegistrationChanged(
                registration.examRegistrationId(),
                it.ann,
                it.cloud,
                ExamRegistrationState.CANCELED));
  }
}
