package io.acpbenefits.insight;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Who;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.insight.StuckPerson.Kind;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StuckPeopleTest {

  private static final PageRequest ALL = PageRequest.first(100);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final CoreFixture it = new CoreFixture();

  private List<StuckPerson> stuck() {
    return it.benefits.insights().stuck(it.owner, it.acme, Patience.DEFAULT, ALL).items();
  }

  /** Nobody is stuck a second before the time is over, and one person is when it is. */
  private StuckPerson stuckAfter(Duration time) {
    it.clock.advance(time.minus(SOON));
    assertThat(stuck()).isEmpty();
    it.clock.advance(SOON);
    assertThat(stuck()).hasSize(1);
    return stuck().get(0);
  }

  private void passes(String code) {
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                new IdPair("C-1", "R-1"),
                it.cloud,
                it.clock.instant(),
                ExamOutcome.PASS,
                null,
                CodeText.parse(code)));
  }

  @Test
  void aMemberWhoHoldsACodeAndHasNotBooked() {
    var code = it.assignedToAnn("CODE-1");
    StuckPerson ann = stuckAfter(Duration.ofDays(14));
    assertThat(ann)
        .isEqualTo(
            new StuckPerson(
                Kind.CODE_NOT_BOOKED,
                it.ann,
                it.cloud,
                code.codeId().value(),
                it.start,
                code.expiresAt(),
                "Book exam cloud with the assigned code, or give the code back. It ends at "
                    + code.expiresAt()
                    + ".",
                Who.SELF));
    it.clock.advance(Duration.ofDays(366));
    assertThat(stuck()).as("an expired code holds nobody up").isEmpty();
  }

  @Test
  void aMemberWhoseResultDoesNotCome() {
    it.assignedToAnn("CODE-1");
    Instant appointment = it.in(Duration.ofDays(5));
    var booked =
        it.benefits
            .registrations()
            .registerWithCode(
                new Actor.Account(it.ann), it.cloud, null, Delivery.ONLINE, appointment, null);
    StuckPerson ann = stuckAfter(Duration.ofDays(8));
    assertThat(ann.kind()).isEqualTo(Kind.RESULT_OVERDUE);
    assertThat(ann.thingId()).isEqualTo(booked.examRegistrationId().value());
    assertThat(ann.since()).isEqualTo(appointment);
    assertThat(ann.takenBy()).isEqualTo(Who.OPERATOR);
    passes("CODE-1");
    assertThat(stuck()).isEmpty();
  }

  @Test
  void aMemberWhoHasPassedAndNotBound() {
    it.assignedToAnn("CODE-1");
    passes("CODE-1");
    StuckPerson ann = stuckAfter(Duration.ofDays(7));
    assertThat(ann.kind()).isEqualTo(Kind.PASSED_NOT_BOUND);
    assertThat(ann.person()).isEqualTo(it.ann);
    assertThat(ann.since()).isEqualTo(it.start);
    assertThat(ann.nextStep())
        .isEqualTo(
            "Submit Candidate ID and Registration ID to bind the certificate of exam cloud.");
    it.benefits.bindings().submit(new Actor.Account(it.ann), it.cloud, new IdPair("C-1", "R-1"));
    assertThat(stuck()).isEmpty();
  }

  @Test
  void aMemberWhoseIdsAreToBeChecked() {
    Actor.Account ann = it.member(it.ann);
    var binding = it.benefits.bindings().submit(ann, it.cloud, new IdPair("C-9", "R-9"));
    it.clock.advance(Duration.ofDays(3));
    it.benefits.settleDue();
    Instant since = it.clock.instant();
    assertThat(stuck())
        .singleElement()
        .satisfies(
            stuck -> {
              assertThat(stuck.kind()).isEqualTo(Kind.CHECK_IDS);
              assertThat(stuck.thingId()).isEqualTo(binding.bindingId().value());
              assertThat(stuck.since()).isEqualTo(since);
              assertThat(stuck.until()).isEqualTo(since.plus(Duration.ofDays(30)));
              assertThat(stuck.takenBy()).isEqualTo(Who.SELF);
            });
    it.clock.advance(Duration.ofDays(30));
    assertThat(stuck()).as("its time is over, though not written").isEmpty();
  }

  @Test
  void anApplicantWhoIsInAnotherOrganizationIsToldWithoutSayingWhich() {
    OrganizationId betas = it.partner(PartnerId.of("beta"), AccountId.of("bob"));
    it.member(it.ann, betas);
    var request = it.request(it.ann);
    StuckPerson ann = stuck().get(0);
    assertThat(ann.kind()).isEqualTo(Kind.MEMBER_ELSEWHERE);
    assertThat(ann.thingId()).isEqualTo(request.requestId().value());
    assertThat(ann.until()).isEqualTo(request.expiresAt());
    assertThat(ann.takenBy()).isEqualTo(Who.SELF);
    assertThat(ann.toString()).doesNotContain("beta").doesNotContain(betas.value());
    it.benefits.organizations().quit(new Actor.Account(it.ann));
    assertThat(stuck()).isEmpty();
  }

  @Test
  void anApplicantWhomNobodyDecidesOn() {
    it.request(it.ann);
    StuckPerson ann = stuckAfter(Duration.ofDays(7));
    assertThat(ann.kind()).isEqualTo(Kind.JOIN_REQUEST_OVERDUE);
    assertThat(ann.since()).isEqualTo(it.start);
    assertThat(ann.takenBy()).isEqualTo(Who.OWNER);
    it.clock.advance(Duration.ofDays(23));
    assertThat(stuck()).as("expired, though not written").isEmpty();
  }

  @Test
  void aDecisionIsDueFromWhenTheAccountBecameFree() {
    OrganizationId betas = it.partner(PartnerId.of("beta"), AccountId.of("bob"));
    it.member(it.ann, betas);
    it.request(it.ann);
    it.clock.advance(Duration.ofDays(20));
    it.benefits.organizations().quit(new Actor.Account(it.ann));
    Instant free = it.clock.instant();
    assertThat(stuckAfter(Duration.ofDays(7)).since()).isEqualTo(free);
  }

  @Test
  void anInvitedPersonWhoDoesNotAnswer() {
    it.benefits.invitations().invite(it.owner, it.organization, it.ann);
    StuckPerson ann = stuckAfter(Duration.ofDays(7));
    assertThat(ann.kind()).isEqualTo(Kind.INVITATION_UNANSWERED);
    assertThat(ann.until()).isEqualTo(it.start.plus(Duration.ofDays(14)));
    assertThat(ann.takenBy()).isEqualTo(Who.SELF);
    it.clock.advance(Duration.ofDays(7));
    assertThat(stuck()).as("expired, though not written").isEmpty();
  }

  @Test
  void aFormerMemberWhoHasBookedWithACode() {
    var code = it.assignedToAnn("CODE-1");
    it.benefits
        .registrations()
        .registerWithCode(
            new Actor.Account(it.ann),
            it.cloud,
            null,
            Delivery.ONLINE,
            it.in(Duration.ofDays(5)),
            null);
    it.clock.advance(Duration.ofDays(1));
    it.benefits.organizations().quit(new Actor.Account(it.ann));
    assertThat(stuck())
        .singleElement()
        .satisfies(
            stuck -> {
              assertThat(stuck.kind()).isEqualTo(Kind.CODE_OF_FORMER_MEMBER);
              assertThat(stuck.person()).isEqualTo(it.ann);
              assertThat(stuck.thingId()).isEqualTo(code.codeId().value());
              assertThat(stuck.since()).isEqualTo(it.clock.instant());
              assertThat(stuck.takenBy()).isEqualTo(Who.MANAGER);
              assertThat(stuck.nextStep()).doesNotContain("CODE-1");
            });
  }

  @Test
  void whatAMemberDidForAnotherPartnerIsNotTold() {
    PartnerId beta = PartnerId.of("beta");
    Actor.Account bob = new Actor.Account(AccountId.of("bob"));
    it.assignedToAnn("CODE-1");
    it.benefits
        .registrations()
        .registerWithCode(
            new Actor.Account(it.ann),
            it.cloud,
            null,
            Delivery.ONLINE,
            it.in(Duration.ofDays(5)),
            null);
    it.benefits.organizations().quit(new Actor.Account(it.ann));
    it.member(it.ann, it.partner(beta, bob.id()));
    it.clock.advance(Duration.ofDays(30));
    assertThat(it.benefits.insights().stuck(bob, beta, Patience.DEFAULT, ALL).items()).isEmpty();
  }

  @Test
  void patienceIsNeverNegative() {
    Duration ok = Duration.ZERO;
    Duration bad = Duration.ofSeconds(-1);
    assertRefused(Reason.INVALID_INPUT, () -> new Patience(bad, ok, ok));
    assertRefused(Reason.INVALID_INPUT, () -> new Patience(ok, bad, ok));
    assertRefused(Reason.INVALID_INPUT, () -> new Patience(ok, ok, bad));
    assertRefused(
        Reason.INVALID_INPUT,
        () ->
            it.benefits
                .insights()
                .stuck(it.owner, it.acme, Patience.DEFAULT, new PageRequest("NO_KIND|x", 1)));
  }
}
