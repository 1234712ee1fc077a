package io.acpbenefits.registration;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Appointments that have passed without a word from Pearson VUE, and who may look and act. */
class OverdueRegistrationsTest {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final Duration TICK = Duration.ofNanos(1000);
  private static final PageRequest FIRST = PageRequest.first(10);

  private final CoreFixture it = new CoreFixture();
  private final ExamRegistrations registrations = it.benefits.registrations();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account ben = new Actor.Account(it.ben);

  private ExamRegistrationId book(Actor.Account who, Duration ahead) {
    return registrations
        .registerSelfPaid(who, it.cloud, Delivery.ONLINE, it.in(ahead), null)
        .examRegistrationId();
  }

  private List<ExamRegistrationId> overdue() {
    return ids(registrations.overdue(it.operator, FIRST));
  }

  private static List<ExamRegistrationId> ids(Page<ExamRegistration> page) {
    return page.items().stream().map(ExamRegistration::examRegistrationId).toList();
  }

  @Test
  void overdueBeginsWhenTheSyncWindowEnds() {
    ExamRegistrationId id = book(ann, WEEK);
    it.clock.advance(WEEK.plus(WINDOW).minus(TICK));
    assertThat(overdue()).isEmpty();
    assertThat(registrations.get(ann, id).isOverdue(it.clock.instant())).isFalse();

    it.clock.advance(TICK);
    assertThat(overdue()).containsExactly(id);
    assertThat(registrations.get(ann, id).isOverdue(it.clock.instant())).isTrue();
  }

  @Test
  void reschedulingMovesTheDay() {
    ExamRegistrationId id = book(ann, WEEK);
    registrations.reschedule(ann, id, it.in(WEEK.multipliedBy(2)));
    it.clock.advance(WEEK.plus(WINDOW));
    assertThat(overdue()).isEmpty();
    it.clock.advance(WEEK);
    assertThat(overdue()).containsExactly(id);
  }

  @Test
  void whatIsConcludedIsNotOverdue() {
    ExamRegistrationId id = book(ann, WEEK);
    it.clock.advance(WEEK.plus(WINDOW));
    registrations.conclude(Actor.system(), id, true);
    assertThat(overdue()).isEmpty();
    assertThat(registrations.get(ann, id).isOverdue(it.clock.instant())).isFalse();
  }

  @Test
  void theListComesPageByPage() {
    List<ExamRegistrationId> all =
        List.of(book(ann, WEEK), book(ben, Duration.ofDays(1)), book(ann, WEEK));
    it.clock.advance(WEEK.plus(WINDOW));
    Page<ExamRegistration> first = registrations.overdue(it.operator, PageRequest.first(2));
    assertThat(ids(first)).isEqualTo(all.subList(0, 2));
    Page<ExamRegistration> second =
        registrations.overdue(it.operator, PageRequest.first(2).then(first.next().orElseThrow()));
    assertThat(ids(second)).containsExactly(all.get(2));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void anOrganizationSeesItsPresentMembersOnly() {
    it.member(it.ann);
    ExamRegistrationId anns = book(ann, WEEK);
    ExamRegistrationId anns2 = book(ann, WEEK);
    book(ben, WEEK);
    it.clock.advance(WEEK.plus(WINDOW));

    assertThat(ids(registrations.overdue(it.owner, it.organization, FIRST)))
        .containsExactly(anns, anns2);
    Page<ExamRegistration> first =
        registrations.overdue(it.owner, it.organization, PageRequest.first(1));
    assertThat(
            ids(
                registrations.overdue(
                    it.owner,
                    it.organization,
                    PageRequest.first(1).then(first.next().orElseThrow()))))
        .containsExactly(anns2);
    assertRefused(Reason.NOT_PERMITTED, () -> registrations.overdue(ann, it.organization, FIRST));
    assertRefused(Reason.NOT_PERMITTED, () -> registrations.overdue(it.owner, FIRST));

    it.benefits.organizations().quit(ann);
    assertThat(ids(registrations.overdue(it.owner, it.organization, FIRST))).isEmpty();
    assertThat(overdue()).hasSize(3);
  }

  @Test
  void anOperatorNotesANoShowOnceTheAppointmentHasPassed() {
    ExamCodeId code = it.assignedToAnn("CODE1").codeId();
    ExamRegistrationId id =
        registrations
            .registerWithCode(ann, it.cloud, null, Delivery.ONLINE, it.in(WEEK), null)
            .examRegistrationId();
    it.clock.advance(WEEK);
    assertThat(refusal(() -> registrations.markNoShow(it.operator, id, "said so")).getMessage())
        .contains("lies ahead");
    it.clock.advance(TICK);
    assertRefused(Reason.INVALID_INPUT, () -> registrations.markNoShow(it.operator, id, " "));
    assertRefused(Reason.NOT_PERMITTED, () -> registrations.markNoShow(ann, id, "said so"));
    assertRefused(Reason.NOT_FOUND, () -> registrations.markNoShow(ben, id, "said so"));

    assertThat(registrations.markNoShow(it.operator, id, "said so").state())
        .isEqualTo(ExamRegistrationState.NO_SHOW);
    assertThat(it.benefits.examCodes().get(Actor.system(), code).state())
        .isEqualTo(ExamCodeState.FORFEITED);
  }

  @Test
  void aRecordThatComesAfterAnOperatorsNoShowStandsAndChangesNoBooking() {
    IdPair ids = new IdPair("C-1", "R-1");
    ExamRegistrationId id = book(ann, WEEK);
    registrations.noteIds(ann, id, ids);
    it.clock.advance(WEEK.plus(TICK));
    registrations.markNoShow(it.operator, id, "said so");

    it.record(ids, ExamOutcome.PASS);

    assertThat(registrations.get(ann, id).state()).isEqualTo(ExamRegistrationState.NO_SHOW);
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isOne();
  }

  @Test
  void theCandidateManagersAndThePlatformRead() {
    it.member(it.ann);
    it.member(it.ben);
    ExamRegistrationId id = book(ann, WEEK);
    PartnerId rival = PartnerId.of("rival");
    Actor.Account rita = new Actor.Account(AccountId.of("rita"));
    it.partner(rival, rita.id());

    for (Actor allowed : List.of(ann, it.owner, it.operator, Actor.system())) {
      assertThat(registrations.get(allowed, id).examRegistrationId()).isEqualTo(id);
      assertThat(registrations.of(allowed, it.ann, it.cloud)).hasSize(1);
    }
    assertRefused(Reason.NOT_FOUND, () -> registrations.get(ben, id));
    assertRefused(Reason.NOT_FOUND, () -> registrations.cancel(ben, id));
    assertRefused(Reason.NOT_FOUND, () -> registrations.get(rita, id));
    assertRefused(Reason.NOT_PERMITTED, () -> registrations.of(ben, it.ann, it.cloud));
    assertRefused(Reason.NOT_PERMITTED, () -> registrations.of(rita, it.ann, it.cloud));
  }

  @Test
  void onlyTheCandidateMovesAndCancels() {
    it.member(it.ann);
    ExamRegistrationId id = book(ann, WEEK);
    for (Actor refused : List.of(it.owner, it.operator, Actor.system())) {
      assertRefused(Reason.NOT_PERMITTED, () -> registrations.cancel(refused, id));
      assertRefused(Reason.NOT_PERMITTED, () -> registrations.reschedule(refused, id, it.in(WEEK)));
    }
    assertThat(registrations.get(ann, id).state()).isEqualTo(ExamRegistrationState.SCHEDULED);
  }
}
