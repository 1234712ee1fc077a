package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.examcode.CodeFixture.ALL;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.application.BenefitChange;
import io.acpbenefits.application.BenefitChangeFilter;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamCodeListsTest {

  private static final Instant END = Instant.parse("2027-03-01T09:00:00Z");

  private final CodeFixture it = new CodeFixture();
  private final Actor owner = it.core.owner;

  private List<ExamCodeId> listed(CodeFilter filter) {
    return it.codes.ofPartner(owner, it.core.acme, filter, ALL).items().stream()
        .map(ExamCode::codeId)
        .toList();
  }

  @Test
  void aPartnersCodesComeInPagesAsTheyStandNow() {
    ExamCodeId first = it.issued("CODE1");
    ExamCodeId second = it.assigned("CODE2");
    ExamCodeId third = it.issued("CODE3");
    it.codes.issue(
        Actor.system(), it.beta, it.core.cloud, List.of(CodeText.parse("OTHER")), "beta's");

    Page<ExamCode> page =
        it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, PageRequest.first(2));
    Page<ExamCode> rest =
        it.codes.ofPartner(
            owner,
            it.core.acme,
            CodeFilter.ALL,
            PageRequest.first(2).then(page.next().orElseThrow()));

    assertThat(page.items()).containsExactly(it.get(first), it.get(second));
    assertThat(rest.items()).containsExactly(it.get(third));
    assertThat(rest.next()).isEmpty();
    it.core.clock.set(END);
    assertThat(it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, ALL).items())
        .extracting(ExamCode::state)
        .containsOnly(ExamCodeState.EXPIRED);
  }

  @Test
  void filtersByExamHolderStateAndEnd() {
    ExamCodeId issued = it.issued(it.core.security, "CODE1");
    ExamCodeId assigned = it.assigned("CODE2");
    it.setEnd(assigned, END.minus(TICK));

    assertThat(listed(CodeFilter.ALL)).containsExactly(issued, assigned);
    assertThat(listed(CodeFilter.ALL.of(it.core.cloud))).containsExactly(assigned);
    assertThat(listed(CodeFilter.ALL.heldBy(it.core.ann))).containsExactly(assigned);
    assertThat(listed(CodeFilter.ALL.heldBy(it.core.ben))).isEmpty();
    assertThat(listed(CodeFilter.ALL.in(ExamCodeState.ISSUED))).containsExactly(issued);
    assertThat(listed(CodeFilter.ALL.expiringBefore(END))).containsExactly(assigned);
    assertThat(listed(CodeFilter.ALL.expiringBefore(END.plus(TICK))))
        .containsExactly(issued, assigned);
    CodeFilter all =
        CodeFilter.ALL
            .of(it.core.cloud)
            .in(ExamCodeState.ASSIGNED)
            .heldBy(it.core.ann)
            .expiringBefore(END);
    assertThat(listed(all)).containsExactly(assigned);
    assertThat(listed(all.of(it.core.security))).isEmpty();
    assertThat(listed(all.in(ExamCodeState.RESERVED))).isEmpty();
  }

  @Test
  void filtersByTheStateThatACodeHasNowEvenIfItsExpiryIsUnwritten() {
    ExamCodeId assigned = it.assigned("CODE1");
    ExamCodeId reserved = it.issued(it.core.security, "CODE2");
    it.codes.assign(owner, reserved, it.core.ben);
    it.use().reserve(it.core.ben, reserved, it.core.security, END.minus(TICK), END.plus(TICK));
    it.core.clock.set(END);
    assertThat(listed(CodeFilter.ALL.in(ExamCodeState.EXPIRED))).containsExactly(assigned);
    assertThat(listed(CodeFilter.ALL.in(ExamCodeState.ASSIGNED))).isEmpty();
    assertThat(listed(CodeFilter.ALL.in(ExamCodeState.RESERVED))).containsExactly(reserved);

    it.after(TICK);
    assertThat(listed(CodeFilter.ALL.in(ExamCodeState.RESERVED))).isEmpty();
    it.codes.settleDue();
    assertThat(listed(CodeFilter.ALL.in(ExamCodeState.EXPIRED)))
        .containsExactly(assigned, reserved);
  }

  @Test
  void holdersSeeWhatTheyHoldAndHeldWhateverBecameOfIt() {
    ExamCodeId redeemed = it.assigned("CODE1");
    it.use().redeem(redeemed);
    ExamCodeId given = it.assigned("CODE2");
    it.codes.giveBack(it.ann, given);
    ExamCodeId held = it.assigned(it.core.security, "CODE3");

    Page<ExamCode> page = it.codes.mine(it.ann, PageRequest.first(1));

    assertThat(page.items()).containsExactly(it.get(redeemed));
    assertThat(it.codes.mine(it.ann, PageRequest.first(1).then(page.next().orElseThrow())).items())
        .containsExactly(it.get(held));
    assertThat(it.codes.mine(it.ben, ALL).items()).isEmpty();
    it.annQuits();
    assertThat(it.codes.mine(it.ann, ALL).items())
        .extracting(ExamCode::codeId)
        .containsExactly(redeemed);
    it.core.clock.set(END);
    assertThat(it.codes.mine(it.ann, ALL).items())
        .extracting(ExamCode::state)
        .containsExactly(ExamCodeState.REDEEMED);
  }

  @Test
  void whoMayNotSeeACodeIsToldThatThereIsNone() {
    ExamCodeId id = it.assigned("CODE1");
    for (Actor actor : List.of(it.ann, owner, it.core.operator, Actor.system())) {
      assertThat(it.codes.get(actor, id).holder()).isEqualTo(it.core.ann);
      assertThat(it.codes.openCodes(actor, it.core.ann)).hasSize(1);
      assertThat(it.codes.openCode(actor, it.core.ann, it.core.cloud)).isPresent();
    }
    for (Actor actor : List.of(it.ben, it.boss, Actor.account("stranger"))) {
      assertRefused(Reason.NOT_FOUND, () -> it.codes.get(actor, id));
      assertRefused(Reason.NOT_FOUND, () -> it.codes.reveal(actor, id));
      assertRefused(Reason.NOT_FOUND, () -> it.codes.giveBack(actor, id));
      assertRefused(Reason.NOT_FOUND, () -> it.codes.assign(actor, id, it.core.ben));
      assertThat(it.codes.openCodes(actor, it.core.ann)).isEmpty();
      assertThat(it.codes.openCode(actor, it.core.ann, it.core.cloud)).isEmpty();
      assertRefused(
          Reason.NOT_PERMITTED, () -> it.codes.ofPartner(actor, it.core.acme, CodeFilter.ALL, ALL));
    }
    assertRefused(Reason.NOT_PERMITTED, () -> it.codes.assign(it.ann, id, it.core.ben));
    assertThat(it.audited(Operation.REVEAL_CODE)).isZero();
  }

  @Test
  void anApplicationsCodesAreForThosePeopleOfThePartnerWhoMaySeeThem() {
    String reference = it.core.codes("CODE1", "CODE2").applicationId().value();
    assertThat(it.codes.ofApplication(owner, reference)).hasSize(2);
    assertThat(it.codes.ofApplication(it.ann, reference)).isEmpty();
    assertThat(it.codes.ofApplication(it.boss, reference)).isEmpty();
    assertThat(it.codes.ofApplication(owner, "another")).isEmpty();
  }

  @Test
  void aLeaversNewManagerDoesNotSeeWhatWasBookedAtTheFormerPartner() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.core.member(it.core.ann, it.betas);
    assertThat(it.codes.openCodes(it.boss, it.core.ann)).isEmpty();
    assertThat(it.codes.openCodes(it.ann, it.core.ann))
        .extracting(ExamCode::codeId)
        .containsExactly(id);
    assertThat(it.codes.openCodes(owner, it.core.ann)).hasSize(1);
  }

  @Test
  void everyRevealIsRecordedInTheSameTransaction() {
    ExamCodeId id = it.assigned("CODE1");
    assertThat(it.codes.reveal(it.ann, id).value()).isEqualTo("CODE1");
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::madeBy)
        .containsExactly(Operation.REVEAL_CODE, null, null, "account:ann");

    assertThatThrownBy(
            () ->
                it.core.benefits.inTransaction(
                    () -> {
                      it.codes.reveal(it.ann, id);
                      throw new IllegalStateException("not shown");
                    }))
        .hasMessage("not shown");
    assertThat(it.audited(Operation.REVEAL_CODE)).isOne();
  }

  @Test
  void showingThemInTheBenefitChangeRecordsRevealsEachOfThem() {
    it.core.codes("CODE1", "CODE2");
    BenefitChange change =
        it
            .core
            .benefits
            .benefitChanges()
            .ofPartner(owner, it.core.acme, BenefitChangeFilter.ALL, ALL)
            .items()
            .stream()
            .filter(each -> each.kind() == BenefitChange.Kind.CODES_ISSUED)
            .findFirst()
            .orElseThrow();
    it.core.benefits.benefitChanges().details(owner, change.changeId());
    assertThat(it.audited(Operation.REVEAL_CODE)).isEqualTo(2);
  }

  @Test
  void nextDueIsTheFirstEndOfALife() {
    ExamCodeId id = it.issued("CODE1");
    it.issued("CODE2");
    it.setEnd(id, it.core.in(Duration.ofDays(3)));
    assertThat(it.codes.nextDue()).contains(it.core.in(Duration.ofDays(3)));
  }
}
