package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExamCodesTest {

  private final CoreFixture it = new CoreFixture();
  private final ExamCodes codes = it.benefits.examCodes();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account boss = new Actor.Account(AccountId.of("boss"));
  private final PartnerId beta = PartnerId.of("beta");
  private final OrganizationId betas = it.partner(beta, boss.id());

  @BeforeEach
  void grant() {
    it.benefits
        .quotas()
        .grant(it.operator, it.acme, ExamLevel.ACP, 100, it.start, it.in(Duration.ofDays(9999)));
  }

  private ExamCodeState state(ExamCode code) {
    return codes.get(Actor.system(), code.codeId()).state();
  }

  private void quitAnn() {
    it.benefits.organizations().quit(ann);
  }

  private void book(ExamCode code) {
    it.benefits
        .registrations()
        .registerWithCode(
            ann, it.cloud, code.codeId(), Delivery.ONLINE, it.in(Duration.ofDays(7)), null);
  }

  @Test
  void assignsAnIssuedCodeToAMemberWhoMaySeeIt() {
    it.codes("CODE1");
    it.member(it.ann);
    ExamCode code = it.assigned(it.ann);

    assertThat(code)
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ASSIGNED, it.ann);
    assertThat(codes.openCode(Actor.system(), it.ann, it.cloud)).contains(code);
    assertThat(codes.openCode(Actor.system(), it.ann, it.security)).isEmpty();
    assertThat(codes.reveal(ann, code.codeId()).value()).isEqualTo("CODE1");
    assertThat(codes.reveal(it.owner, code.codeId()).value()).isEqualTo("CODE1");
  }

  @Test
  void assignsTheCodeThatExpiresFirst() {
    it.codes("FIRST");
    it.clock.advance(Duration.ofDays(1));
    it.codes("SECOND");
    it.member(it.ann);
    it.member(it.ben);
    it.sql(
        "UPDATE acp_exam_code SET expires_at = TIMESTAMP '2026-04-01 00:00:00'"
            + " WHERE issued_at > TIMESTAMP '2026-03-01 09:00:00'");

    assertThat(codes.reveal(it.owner, it.assigned(it.ann).codeId()).value()).isEqualTo("SECOND");
    assertThat(codes.reveal(it.owner, it.assigned(it.ben).codeId()).value()).isEqualTo("FIRST");
  }

  @Test
  void refusesToAssignWithoutAFreeCodeToNonMembersAndTwiceToOne() {
    it.member(it.ann);
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> it.assigned(it.ann));
    it.codes("CODE1", "CODE2");
    it.codes(it.security, "CODE3");
    assertRefused(Reason.NOT_A_MEMBER, () -> it.assigned(it.ben));
    assertRefused(Reason.NOT_A_MEMBER, () -> it.assigned(boss.id()));
    it.assigned(it.ann);
    assertRefused(Reason.CODE_ALREADY_HELD, () -> it.assigned(it.ann));
    assertThat(codes.assign(it.owner, it.acme, it.security, it.ann).state())
        .isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void aCodeThatIsStillBookedAtAFormerPartnerDoesNotBlockTheNextPartner() {
    book(it.assignedToAnn("CODE1"));
    it.benefits.organizations().quit(ann);
    PartnerId gamma = PartnerId.of("gamma");
    it.member(it.ann, it.partner(gamma, AccountId.of("bea")));
    codes.issue(
        Actor.system(),
        gamma,
        it.cloud,
        List.of(CodeText.parse("CODE2")),
        "an application of gamma");

    assertThat(codes.assign(Actor.system(), gamma, it.cloud, it.ann).state())
        .isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void onlyOwnersAndManagersAssignAndListCodes() {
    it.codes("CODE1");
    it.member(it.ann);
    for (Actor actor : List.of(ann, boss)) {
      assertRefused(Reason.NOT_PERMITTED, () -> codes.assign(actor, it.acme, it.cloud, it.ann));
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> AllPages.of(page -> codes.ofPartner(actor, it.acme, CodeFilter.ALL, page)));
    }
    it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    codes.assign(ann, it.acme, it.cloud, it.ann);
    assertThat(AllPages.of(page -> codes.ofPartner(ann, it.acme, CodeFilter.ALL, page))).hasSize(1);
  }

  @Test
  void assignsNoCodeOfAnotherPartner() {
    it.codes("CODE1");
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> codes.assign(boss, beta, it.cloud, boss.id()));
  }

  @Test
  void toAllOthersThereIsNoSuchCode() {
    it.codes("CODE1");
    it.member(it.ann);
    Actor.Account ben = it.member(it.ben);
    ExamCode code = it.assigned(it.ann);
    for (Actor actor : List.of(ben, boss)) {
      assertRefused(Reason.NOT_FOUND, () -> codes.reveal(actor, code.codeId()));
      assertRefused(Reason.NOT_FOUND, () -> codes.giveBack(actor, code.codeId()));
    }
    assertRefused(Reason.NOT_FOUND, () -> codes.reveal(it.owner, ExamCodeId.of("x")));
    assertThat(state(code)).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void anAssignedCodeIsGivenBackByItsHolderOrAManagerOnce() {
    ExamCode code = it.assignedToAnn("CODE1");
    assertThat(codes.giveBack(ann, code.codeId()))
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ISSUED, null);
    assertRefused(Reason.NOT_FOUND, () -> codes.giveBack(ann, code.codeId()));
    assertRefused(Reason.ILLEGAL_STATE, () -> codes.giveBack(it.owner, code.codeId()));

    assertThat(it.assigned(it.ann).codeId()).isEqualTo(code.codeId());
    codes.giveBack(it.owner, code.codeId());
    assertThat(state(code)).isEqualTo(ExamCodeState.ISSUED);
  }

  @Test
  void aReservedCodeCannotBeGivenBack() {
    ExamCode code = it.assignedToAnn("CODE1");
    book(code);
    assertRefused(Reason.ILLEGAL_STATE, () -> codes.giveBack(ann, code.codeId()));
    it.codes("CODE2");
    assertRefused(Reason.CODE_ALREADY_HELD, () -> it.assigned(it.ann));
  }

  @Test
  void livesExactly12MonthsFromItsIssue() {
    ExamCode code = it.assignedToAnn("CODE1");
    Instant end = Instant.parse("2027-03-01T09:00:00Z");
    assertThat(code.expiresAt()).isEqualTo(end);

    it.clock.set(end.minusNanos(1000));
    assertThat(state(code)).isEqualTo(ExamCodeState.ASSIGNED);
    it.clock.set(end);
    assertThat(state(code)).isEqualTo(ExamCodeState.EXPIRED);
    assertThat(codes.openCodes(Actor.system(), it.ann)).isEmpty();
    assertRefused(Reason.CODE_EXPIRED, () -> codes.giveBack(ann, code.codeId()));
    assertThat(codes.reveal(ann, code.codeId()).value()).isEqualTo("CODE1");
  }

  @Test
  void neverOutlivesItsExam() {
    Instant end = it.in(Duration.ofDays(40));
    ExamId retiring = it.retiringExam(end.minusSeconds(9), end);
    it.codes(retiring, "CODE1");
    it.member(it.ann);
    assertThat(
            AllPages.of(page -> codes.ofPartner(it.owner, it.acme, CodeFilter.ALL, page))
                .get(0)
                .expiresAt())
        .isEqualTo(end);

    it.clock.set(end.minusNanos(1000));
    codes.assign(it.owner, it.acme, retiring, it.ann);
    it.clock.set(end);
    assertRefused(Reason.EXAM_RETIRED, () -> codes.assign(it.owner, it.acme, retiring, it.ann));
    assertThat(
            AllPages.of(page -> codes.ofPartner(it.owner, it.acme, CodeFilter.ALL, page))
                .get(0)
                .state())
        .isEqualTo(ExamCodeState.EXPIRED);
  }

  @Test
  void anExpiredCodeIsNotAssigned() {
    it.codes("CODE1");
    it.member(it.ann);
    it.clock.set(Instant.parse("2027-03-01T09:00:00Z"));
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> it.assigned(it.ann));
  }

  @Test
  void anExpiredCodeThatWasNotWrittenYetDoesNotStandInTheWayOfANewOne() {
    ExamCode old = it.assignedToAnn("CODE1");
    it.clock.advance(Duration.ofDays(365));
    it.codes("CODE2");

    ExamCode code = it.assigned(it.ann);

    assertThat(codes.reveal(ann, code.codeId()).value()).isEqualTo("CODE2");
    assertThat(state(old)).isEqualTo(ExamCodeState.EXPIRED);
    assertThat(codes.settleDue()).isZero();
  }

  @Test
  void writesExpiryOnceHoweverOftenItIsSettled() {
    it.assignedToAnn("CODE1");
    it.codes("CODE2");
    Instant end = Instant.parse("2027-03-01T09:00:00Z");
    it.clock.set(end.minusNanos(1000));
    assertThat(codes.settleDue()).isZero();

    it.clock.set(end);
    List<ExamCode> derived =
        AllPages.of(page -> codes.ofPartner(it.owner, it.acme, CodeFilter.ALL, page));
    assertThat(codes.settleDue()).isEqualTo(2);
    assertThat(codes.settleDue()).isZero();
    assertThat(AllPages.of(page -> codes.ofPartner(it.owner, it.acme, CodeFilter.ALL, page)))
        .isEqualTo(derived);
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_code WHERE state = 'EXPIRED'"))
        .isEqualTo(2);
  }

  @Test
  void leavingGivesAssignedCodesBackAndKeepsReservedOnes() {
    ExamCode reserved = it.assignedToAnn("CODE1");
    book(reserved);
    it.codes(it.security, "CODE2");
    ExamCode assigned = codes.assign(it.owner, it.acme, it.security, it.ann);

    quitAnn();

    assertThat(codes.get(Actor.system(), assigned.codeId()))
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ISSUED, null);
    assertThat(codes.get(Actor.system(), reserved.codeId()))
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.RESERVED, it.ann);
  }

  @Test
  void beingRemovedGivesAssignedCodesBackToo() {
    ExamCode code = it.assignedToAnn("CODE1");
    it.benefits.organizations().remove(it.owner, it.organization, it.ann);
    assertThat(state(code)).isEqualTo(ExamCodeState.ISSUED);
  }

  @Test
  void aLeaverWhoIsAdmittedElsewhereCanHoldACodeThere() {
    ExamCode code = it.assignedToAnn("CODE1");
    quitAnn();
    it.member(it.ann, betas);
    assertRefused(Reason.NOT_FOUND, () -> codes.reveal(ann, code.codeId()));
    assertRefused(Reason.NOT_A_MEMBER, () -> it.assigned(it.ann));
  }

  @Test
  void twoManagersAtOnceNeverAssignOneCodeTwiceNorTwoToOneMember() throws Exception {
    it.member(it.ann);
    it.member(it.ben);
    it.codes("CODE1", "CODE2");
    assertThat(Together.run(() -> it.assigned(it.ann), () -> it.assigned(it.ann)))
        .extracting(Outcome::name)
        .containsExactlyInAnyOrder("DONE", "CODE_ALREADY_HELD");
    assertThat(
            Together.run(
                () -> it.assigned(it.ben),
                () -> codes.giveBack(ann, codes.openCodes(Actor.system(), it.ann).get(0).codeId())))
        .containsOnly(new Outcome("DONE"));
    assertThat(AllPages.of(page -> codes.ofPartner(it.owner, it.acme, CodeFilter.ALL, page)))
        .extracting(ExamCode::holder)
        .containsExactlyInAnyOrder(it.ben, null);
  }
}
