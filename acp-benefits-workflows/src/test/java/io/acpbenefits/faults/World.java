package io.acpbenefits.faults;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.workflows.BenefitsEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;

/**
 * A partner, its people and its exam, which no other world has. It remembers nothing: another node
 * finds everything again by its names and by what the library tells.
 *
 * @param engine what is tried
 * @param counters the Benefit Center and Pearson VUE, as those see them who work there
 * @param results what the source of exam records will tell
 * @param outside what is the case otherwise
 * @param passing lets so many days have passed in all, for every world of the database
 * @param meanwhile what is done while a story waits
 * @param name which no other world has
 * @param noted what somebody wants to know of the step that is played
 */
record World(
    BenefitsEngine engine,
    AcpBenefits counters,
    Results results,
    Outside outside,
    IntConsumer passing,
    Runnable meanwhile,
    String name,
    Noted noted) {

  /** How a step was played. */
  static final class Noted {

    private volatile boolean keyed;
    private volatile boolean aside;

    /** Before a step. */
    void forget() {
      keyed = false;
      aside = false;
    }

    /** Whether it has used a request key. */
    boolean keyed() {
      return keyed;
    }

    /** Whether it has waited, or changed something outside of the library. */
    boolean aside() {
      return aside;
    }

    void stepAside() {
      aside = true;
    }
  }

  static final Actor RITA = Actor.operator("rita");
  private static final PageRequest PAGE = PageRequest.first(100);

  @Override
  public Outside outside() {
    noted.stepAside();
    return outside;
  }

  @Override
  public Results results() {
    noted.stepAside();
    return results;
  }

  @Override
  public IntConsumer passing() {
    noted.stepAside();
    return passing;
  }

  AcpBenefits benefits() {
    return engine.benefits();
  }

  /**
   * Changes something in the engine itself, as its operators do, who begin anew when a step of a
   * process has been faster.
   */
  void changeEngine(Consumer<ProcessEngine> change) {
    benefits()
        .inTransaction(
            () -> {
              change.accept(engine.processEngine());
              return true;
            });
  }

  /** The same day for whoever repeats it. */
  static Instant day(int days) {
    return Instant.parse(System.getProperty(Node.TODAY, "")).plus(Duration.ofDays(days));
  }

  private String named(String what) {
    return what + "-" + name;
  }

  PartnerId partner() {
    return partner("p");
  }

  PartnerId partner(String which) {
    return PartnerId.of(named(which));
  }

  ExamId exam() {
    return ExamId.of(named("exam"));
  }

  Actor.Account person(String who) {
    return Actor.account(named(who));
  }

  AccountId id(String who) {
    return person(who).id();
  }

  RequestKey key(String what) {
    noted.keyed = true;
    return RequestKey.of(named(what));
  }

  IdPair ids(String who) {
    return new IdPair(named("C" + who), named("R" + who));
  }

  OrganizationId organization() {
    return organization("p");
  }

  OrganizationId organization(String partner) {
    return benefits().organizations().ofPartner(RITA, partner(partner)).organizationId();
  }

  QuotaId quota() {
    return benefits().quotas().ofPartner(RITA, partner()).get(0).quotaId();
  }

  List<CodeText> texts(String series, int codes) {
    return IntStream.range(0, codes)
        .mapToObj(
            i ->
                CodeText.parse((series + i + "x" + name.replace("-", "")).toUpperCase(Locale.ROOT)))
        .toList();
  }

  /** The n-th application of the partner, from 0. */
  BenefitApplication application(int n) {
    return inOrder(
            benefits().applications().ofPartner(RITA, partner(), PAGE).items(),
            found -> found.applicationId().value())
        .get(n);
  }

  /** Those first that were there first, however far the clocks of nodes are apart. */
  private <T> List<T> inOrder(List<T> things, Function<T, String> id) {
    if (things.size() < 2) {
      return things;
    }
    List<String> order = outside.inOrder(things.stream().map(id).toList());
    return things.stream()
        .sorted(Comparator.comparing(thing -> order.indexOf(id.apply(thing))))
        .toList();
  }

  /** The one that was there first. */
  <T> T first(List<T> things, Function<T, String> id) {
    return inOrder(things, id).get(0);
  }

  /** The one that was there last. */
  <T> T latest(List<T> things, Function<T, String> id) {
    List<T> inOrder = inOrder(things, id);
    return inOrder.get(inOrder.size() - 1);
  }

  JoinRequestId request(String who) {
    return request("p", who);
  }

  JoinRequestId request(String partner, String who) {
    return benefits()
        .joinRequests()
        .latest(RITA, organization(partner), id(who))
        .orElseThrow()
        .requestId();
  }

  Optional<ExamCode> openCode(String who) {
    return benefits().examCodes().openCode(RITA, id(who), exam());
  }

  /** The latest. */
  ExamRegistration registration(String who) {
    return latest(
        benefits().registrations().of(RITA, id(who), exam()),
        found -> found.examRegistrationId().value());
  }
}
