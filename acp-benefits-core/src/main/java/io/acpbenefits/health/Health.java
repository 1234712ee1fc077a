package io.acpbenefits.health;

import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.benefitcenter.EmbeddedBenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.examrecord.PullState;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.notification.Notices;
import io.acpbenefits.pearsonvue.ExamBookingRequests;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what core stands on works: {@code database}, {@code free code stock} (with the embedded
 * Benefit Center), {@code feed age} (with a source of exam records) and {@code port calls}.
 * Read-only, thread-safe.
 */
public final class Health {

  private static final String DATABASE = "database";
  private static final String STOCK = "free code stock";
  private static final String FEED = "feed age";
  private static final String PORT_CALLS = "port calls";
  private static final int MOST_NAMED = 5;

  private final Domain domain;
  private final Access access;
  private final Exams exams;
  private final @Nullable EmbeddedBenefitCenter stock;
  private final @Nullable ExamRecordPulls pulls;
  private final PortCalls portCalls;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may ask
   * @param exams the catalogue
   * @param stock the embedded Benefit Center, if it is used
   * @param pulls the source of exam records, if there is one
   * @param notices what people are told
   * @param applications whose codes are given back
   * @param bookings what Pearson VUE is asked for, if there is one
   */
  public Health(
      Domain domain,
      Access access,
      Exams exams,
      @Nullable EmbeddedBenefitCenter stock,
      @Nullable ExamRecordPulls pulls,
      Notices notices,
      BenefitApplications applications,
      @Nullable ExamBookingRequests bookings) {
    this.domain = domain;
    this.access = access;
    this.exams = exams;
    this.stock = stock;
    this.pulls = pulls;
    this.portCalls = new PortCalls(notices, applications, bookings);
  }

  /**
   * Looks at everything. Never throws because something does not work.
   *
   * @param actor by default an operator or the system
   * @param policy from when on somebody should look
   * @return a finding for each part
   * @throws Refusal NOT_PERMITTED
   */
  public HealthReport check(Actor actor, HealthPolicy policy) {
    access.require(actor, Operation.SEE_HEALTH, Subject.PROGRAMME);
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(HealthCheck.of(DATABASE, this::database));
    if (stock != null) {
      EmbeddedBenefitCenter center = stock;
      checks.add(HealthCheck.of(STOCK, () -> stock(center, policy)));
    }
    if (pulls != null) {
      ExamRecordPulls source = pulls;
      checks.add(HealthCheck.of(FEED, () -> feed(source, policy)));
    }
    checks.add(HealthCheck.of(PORT_CALLS, () -> portCalls.check(PORT_CALLS, domain.now(), policy)));
    return new HealthReport(checks);
  }

  private HealthCheck database() {
    exams.find(Actor.system(), ExamId.of("any"));
    return HealthCheck.up(DATABASE, "It answers.");
  }

  private HealthCheck stock(EmbeddedBenefitCenter center, HealthPolicy policy) {
    Instant now = domain.now();
    List<String> low = new ArrayList<>();
    for (Exam exam : exams.all(Actor.system())) {
      if (isOnSale(exam, now)) {
        int free = center.free(Actor.system(), exam.examId());
        if (free < policy.lowStock()) {
          low.add("%s (%d)".formatted(exam.examId(), free));
        }
      }
    }
    if (low.isEmpty()) {
      return HealthCheck.up(STOCK, "No exam on sale has too few codes.");
    }
    return HealthCheck.degraded(
        STOCK,
        "%d exams on sale have fewer than %d free codes, among them %s: import stock."
            .formatted(
                low.size(),
                policy.lowStock(),
                String.join(", ", low.subList(0, Math.min(MOST_NAMED, low.size())))));
  }

  private static boolean isOnSale(Exam exam, Instant now) {
    Instant sale = exam.endOfSale();
    Instant life = exam.endOfLife();
    return (sale == null || now.isBefore(sale)) && (life == null || now.isBefore(life));
  }

  private HealthCheck feed(ExamRecordPulls source, HealthPolicy policy) {
    PullState state = source.state(Actor.system());
    Instant pulled = state.lastSuccessAt();
    String failures =
        state.failures() == 0
            ? ""
            : " The last %d tries failed: %s.".formatted(state.failures(), state.lastFailure());
    if (pulled == null) {
      return new HealthCheck(
          FEED,
          failures.isEmpty() ? HealthStatus.UP : HealthStatus.DEGRADED,
          "%s has not been pulled yet.%s".formatted(state.feedName(), failures));
    }
    boolean late = Duration.between(pulled, domain.now()).compareTo(policy.feedLate()) > 0;
    return new HealthCheck(
        FEED,
        late ? HealthStatus.DEGRADED : HealthStatus.UP,
        "%s was last pulled at %s.%s".formatted(state.feedName(), pulled, failures));
  }
}
