package io.acpbenefits.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.application.BenefitChange;
import io.acpbenefits.application.BenefitChangeDetails;
import io.acpbenefits.application.BenefitChangeFilter;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.certificate.CertificateState;
import io.acpbenefits.certificate.Explanation;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.Who;
import io.acpbenefits.erasure.Erasure;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examcode.RowReport;
import io.acpbenefits.examrecord.CsvExamRecordFeed;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.FeedCounts;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.FeedReport;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.insight.ExpiringCode;
import io.acpbenefits.insight.Patience;
import io.acpbenefits.insight.StuckPerson;
import io.acpbenefits.insight.TallyForecast;
import io.acpbenefits.insight.WhatIf;
import io.acpbenefits.invitation.Applicant;
import io.acpbenefits.invitation.ApplicantFilter;
import io.acpbenefits.invitation.ApplicationForm;
import io.acpbenefits.invitation.EmailDomain;
import io.acpbenefits.invitation.FormField;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.Organization;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.pearsonvue.CatalogueExam;
import io.acpbenefits.pearsonvue.EmbeddedPearsonVue;
import io.acpbenefits.pearsonvue.Equipment;
import io.acpbenefits.pearsonvue.ExamBooking;
import io.acpbenefits.pearsonvue.ExamResult;
import io.acpbenefits.pearsonvue.PearsonVueDesk;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.pearsonvue.Price;
import io.acpbenefits.pearsonvue.Slot;
import io.acpbenefits.pearsonvue.SlotSearch;
import io.acpbenefits.permission.Permissions;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.CertificateEligibility;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.quota.QuotaBalance;
import io.acpbenefits.quota.QuotaPeriods;
import io.acpbenefits.registration.IdPair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/guide/domain.md is this class's code, and it does what the guide says. */
class DomainGuideTest {

  private static final Actor KIM = Actor.operator("kim");
  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor.Account OLGA = Actor.account("olga");
  private static final Actor.Account ANN = Actor.account("ann");
  private static final Actor.Account BEN = Actor.account("ben");
  private static final PageRequest TEN = PageRequest.first(10);

  private final TravelClock clock = new TravelClock();
  private final Instant today = clock.now;
  private final Instant nextYear = today.plus(Duration.ofDays(365));
  private final AcpBenefits benefits =
      AcpBenefits.inMemory()
          .clock(clock)
          .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
          .policies(policies())
          .build();

  @AfterEach
  void close() {
    benefits.close();
  }

  @Test
  void theGuideShowsTheCodeThatIsRunHere() throws IOException {
    assertThat(Guide.blocks("docs/guide/domain.md", "java"))
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(Guide.regions(DomainGuideTest.class));
  }

  private static Policies policies() {
    // In the guide: policies
    Policies policies =
        Policies.DEFAULT.with(
            InvitationPolicy.DEFAULT
                .withForm(ApplicationForm.of(FormField.required("name", "Full name")))
                .withListedDomainsApproved(true));
    // End
    return policies;
  }

  private Organization programme() {
    // In the guide: the programme
    benefits.partners().register(KIM, ACME, "Acme Cloud", "Gold");
    Organization academy = benefits.organizations().establish(KIM, ACME, OLGA.id());
    benefits.exams().add(KIM, new Exam(CLOUD, "ACP Cloud", ExamLevel.ACP, null, null, null, null));
    Quota quota = benefits.quotas().grant(KIM, ACME, ExamLevel.ACP, 10, today, nextYear);
    // End
    assertThat(quota.available()).isEqualTo(10);
    return academy;
  }

  private void stock(String... codes) {
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(KIM, CLOUD, List.of(codes).stream().map(CodeText::parse).toList());
  }

  private List<ExamCode> issued(String... codes) {
    stock(codes);
    var application = benefits.applications().apply(OLGA, ACME, CLOUD, codes.length);
    benefits.applications().fulfil(KIM, application.applicationId());
    return benefits.examCodes().ofApplication(OLGA, application.applicationId().value());
  }

  private void member(Actor.Account account, Organization academy) {
    InvitationToken link = benefits.invitations().copyLink(OLGA, academy.organizationId());
    var request = benefits.joinRequests().submit(account, link, Map.of("name", "A Person"));
    benefits.joinRequests().approve(OLGA, request.requestId());
  }

  @Test
  void aPartnerAppliesAndFindsTheCodes() {
    programme();
    stock("ACPX7K2M9Q", "ACPX8L3N0R");
    // In the guide: applying
    BenefitApplication draft = benefits.applications().draft(OLGA, ACME, CLOUD, 2);
    BenefitApplication confirmed = benefits.applications().submit(OLGA, draft.applicationId());
    benefits.applications().fulfil(Actor.system(), confirmed.applicationId());
    // End
    // In the guide: finding the codes
    Page<BenefitChange> changes =
        benefits
            .benefitChanges()
            .ofPartner(
                OLGA,
                ACME,
                BenefitChangeFilter.ALL.of(BenefitChange.Kind.CODES_ISSUED),
                PageRequest.first(50));
    BenefitChangeDetails details =
        benefits.benefitChanges().details(OLGA, changes.items().get(0).changeId());
    String shown = details.text(); // ACP Cloud [ACPX7K2M9Q] [ACPX8L3N0R]
    // End
    assertThat(confirmed.state()).isEqualTo(BenefitApplicationState.APPROVED);
    assertThat(shown).isEqualTo("ACP Cloud [ACPX7K2M9Q] [ACPX8L3N0R]");
  }

  @Test
  void aMemberIsInvitedAndSitsTheExamAndBindsTheCertificate() {
    Organization academy = programme();
    issued("ACPX7K2M9Q");
    // In the guide: inviting
    InvitationToken link = benefits.invitations().copyLink(OLGA, academy.organizationId());
    JoinRequest request = benefits.joinRequests().submit(ANN, link, Map.of("name", "Ann Example"));
    Page<Applicant> applicants =
        benefits
            .joinRequests()
            .applicants(OLGA, academy.organizationId(), ApplicantFilter.TO_DECIDE, TEN);
    benefits.joinRequests().approve(OLGA, request.requestId());
    // End
    assertThat(applicants.items()).hasSize(1);
    // In the guide: handing out a code
    ExamCode code = benefits.examCodes().assign(OLGA, ACME, CLOUD, ANN.id());
    CodeText text = benefits.examCodes().reveal(ANN, code.codeId());
    // End
    assertThat(text.value()).isEqualTo("ACPX7K2M9Q");
    // In the guide: Pearson VUE's side
    EmbeddedPearsonVue vue = benefits.embeddedPearsonVue().orElseThrow();
    PearsonVueDesk desk = vue.desk();
    desk.offer(KIM, new CatalogueExam(CLOUD, "ACP Cloud", Price.of("240", "USD"), null));
    desk.addOnlineSlot(KIM, today.plus(Duration.ofDays(7)), 5);
    desk.registerVouchers(KIM, CLOUD, List.of(text), nextYear);
    // End
    // In the guide: booking
    vue.openAccount(ANN, "Ann Example", "ann@example.org");
    vue.checkEquipment(ANN, new Equipment(true, true, 20));
    Slot slot = vue.freeSlots(ANN, SlotSearch.online(CLOUD, today, nextYear), TEN).items().get(0);
    ExamBooking booked =
        benefits.examBookings().orElseThrow().bookWithCode(ANN, CLOUD, null, slot.slotId());
    // End
    assertThat(state(code)).isEqualTo(ExamCodeState.RESERVED);
    clock.pass(Duration.ofDays(7));
    // In the guide: sitting it
    desk.deliver(KIM, booked.booking().bookingId(), new ExamResult(ExamOutcome.PASS, "87"));
    // End
    // In the guide: binding
    String registrationId = vue.profile(ANN).registrationId();
    String candidateId = Objects.requireNonNull(vue.history(ANN, TEN).items().get(0).candidateId());
    CertificateBinding binding =
        benefits.bindings().submit(ANN, CLOUD, new IdPair(candidateId, registrationId));
    // End
    assertThat(binding.state()).isEqualTo(BindingState.AWAITING_DATA);
    clock.pass(Duration.ofDays(1));
    // In the guide: the result comes
    FeedCounts pulled = benefits.examRecordPulls().orElseThrow().pull(Actor.system());
    CertificateBinding bound = benefits.bindings().get(ANN, binding.bindingId());
    List<Tally> tally = benefits.certificates().tally(OLGA, ACME);
    // End
    assertThat(pulled.stored()).isEqualTo(1);
    assertThat(bound.state()).isEqualTo(BindingState.BOUND);
    assertThat(tally).singleElement().extracting(Tally::certificates).isEqualTo(1L);
    certificate(Objects.requireNonNull(bound.certificateId()));
  }

  private void certificate(CertificateId id) {
    // In the guide: a certificate's life
    Explanation explanation = benefits.certificates().explain(OLGA, id, ACME);
    benefits.certificates().suspend(KIM, id, "The exam is under review.");
    List<Tally> then = benefits.certificates().tally(OLGA, ACME, clock.instant().minusSeconds(1));
    benefits.certificates().reinstate(KIM, id, "The review is over.");
    // End
    assertThat(explanation.counts()).isTrue();
    assertThat(then).as("not bound yet a second ago").isEmpty();
    assertThat(benefits.certificates().get(ANN, id).state()).isEqualTo(CertificateState.VALID);
    // In the guide: what if
    Page<TallyForecast> without =
        benefits.insights().whatIf(OLGA, ACME, WhatIf.NOTHING.leaves(ANN.id()), TEN);
    Page<StuckPerson> stuck = benefits.insights().stuck(OLGA, ACME, Patience.DEFAULT, TEN);
    Page<ExpiringCode> expiring =
        benefits.insights().expiringCodes(OLGA, ACME, Duration.ofDays(30), 3, TEN);
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    benefits.insights().csv(OLGA, ACME).tally(csv);
    // End
    assertThat(without.items()).hasSize(1);
    assertThat(stuck.items()).isEmpty();
    assertThat(expiring.items()).isEmpty();
    assertThat(csv.toString(StandardCharsets.UTF_8)).contains("cloud");
    // In the guide: erasing
    Erasure erased = benefits.erasures().erase(KIM, ANN.id(), "Asked for by letter.");
    // End
    assertThat(benefits.certificates().ofAccount(KIM, erased.pseudonym())).hasSize(1);
    assertThat(benefits.certificates().ofAccount(KIM, ANN.id())).isEmpty();
  }

  private ExamCodeState state(ExamCode code) {
    return benefits.examCodes().get(KIM, code.codeId()).state();
  }

  @Test
  void anAccountOfAnotherOrganizationLeavesItFirst() {
    Organization academy = programme();
    PartnerId beta = PartnerId.of("beta");
    benefits.partners().register(KIM, beta, "Beta", "Silver");
    Organization other = benefits.organizations().establish(KIM, beta, BEN.id());
    Actor.Account carl = Actor.account("carl");
    benefits.organizations().admit(KIM, other.organizationId(), carl.id(), Role.MEMBER);
    InvitationToken link = benefits.invitations().copyLink(OLGA, academy.organizationId());
    JoinRequest request = benefits.joinRequests().submit(carl, link, Map.of("name", "Carl"));
    assertThat(request.waiting()).isTrue();
    assertThatThrownBy(() -> benefits.joinRequests().approve(OLGA, request.requestId()))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.MEMBER_ELSEWHERE));
    // In the guide: leaving
    benefits.organizations().quit(carl); // or remove(…) by a manager over there
    benefits.joinRequests().approve(OLGA, request.requestId());
    // End
    assertThat(benefits.organizations().activeMembership(KIM, carl.id())).isPresent();
  }

  @Test
  void quotaIsAccountedFor() {
    programme();
    Quota quota = benefits.quotas().ofPartner(OLGA, ACME).get(0);
    clock.pass(Duration.ofDays(1));
    // In the guide: quota
    benefits.quotas().adjust(KIM, quota.quotaId(), 5, "Agreed in the annual review.");
    Optional<QuotaBalance> before =
        benefits.quotas().balance(OLGA, quota.quotaId(), today.plusSeconds(1));
    boolean reconciles = benefits.quotas().check(KIM).isEmpty();
    // End
    assertThat(before.orElseThrow().granted()).isEqualTo(10);
    assertThat(reconciles).isTrue();
    assertThat(benefits.quotas().ofPartner(OLGA, ACME).get(0).granted()).isEqualTo(15);
  }

  @Test
  void eligibilityFollowsTheCertificates() {
    // In the guide: eligibility
    CertificateEligibility eligibility =
        CertificateEligibility.in(
                QuotaPeriods.calendarYears(), CertificateEligibility.Counted.CERTIFICATES)
            .with(ExamLevel.ACP, "Gold", new CertificateEligibility.Steps(20, 5, 10, 100))
            .with(ExamLevel.ACP, "Silver", new CertificateEligibility.Steps(5, 2, 10, 40));
    // End
    try (AcpBenefits eligible =
        AcpBenefits.inMemory().clock(clock).policies(Policies.DEFAULT.with(eligibility)).build()) {
      eligible.partners().register(KIM, ACME, "Acme Cloud", "Gold");
      assertThat(eligible.quotaRecalculation().recalculate(KIM, ACME))
          .anySatisfy(quota -> assertThat(quota.granted()).isEqualTo(20));
    }
  }

  @Test
  void aCommandIsSentTwice() {
    programme();
    // In the guide: request keys
    RequestKey key = RequestKey.of("order-4711");
    BenefitApplication first = benefits.applications().apply(OLGA, ACME, CLOUD, 2, key);
    BenefitApplication again = benefits.applications().apply(OLGA, ACME, CLOUD, 2, key);
    // End
    assertThat(again.applicationId()).isEqualTo(first.applicationId());
    assertThatThrownBy(() -> benefits.applications().apply(OLGA, ACME, CLOUD, 3, key))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.REQUEST_KEY_REUSED));
  }

  @Test
  void manyCodesAtOnce() {
    Organization academy = programme();
    issued("ACPX7K2M9Q", "ACPX8L3N0R");
    member(ANN, academy);
    // In the guide: many at once
    List<AccountId> people = List.of(ANN.id(), BEN.id());
    RowReport tried = benefits.bulkAssignments().assign(OLGA, ACME, CLOUD, people, true, null);
    RowReport done = benefits.bulkAssignments().assign(OLGA, ACME, CLOUD, people, false, null);
    RowReport imported =
        benefits.codeImports().details(OLGA, ACME, "ACP Cloud [acpx9m4p1s]", false, null);
    // End
    assertThat(tried.done()).hasSize(1);
    assertThat(done.done()).hasSize(1);
    assertThat(done.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).isEqualTo(Reason.NOT_A_MEMBER));
    assertThat(imported.done()).hasSize(1);
  }

  @Test
  void codesOutOfTurn() {
    Organization academy = programme();
    ExamCode code = issued("ACPX7K2M9Q").get(0);
    member(ANN, academy);
    Instant later = nextYear.plus(Duration.ofDays(30));
    // In the guide: codes out of turn
    ExamCode extended =
        benefits.codeInterventions().extend(KIM, code.codeId(), later, "Test centers were closed.");
    benefits.codeInterventions().revoke(KIM, code.codeId(), "Published on a forum.");
    // End
    assertThat(extended.expiresAt()).isEqualTo(later);
    assertThat(state(code)).isEqualTo(ExamCodeState.REVOKED);
  }

  @Test
  void linksWithLimits() {
    Organization academy = programme();
    // In the guide: links with limits
    Invitation campus =
        benefits
            .invitations()
            .createLink(
                OLGA,
                academy.organizationId(),
                LinkLimits.NONE
                    .withMaximumUses(30)
                    .withExpiresAt(today.plus(Duration.ofDays(14)))
                    .withDomains(EmailDomain.of("campus.example")));
    InvitationToken token = benefits.invitations().token(OLGA, campus.invitationId());
    EmailDomain verified = EmailDomain.of("campus.example");
    benefits.joinRequests().submit(ANN, token, Map.of("name", "Ann Example"), verified);
    // End
    assertThat(benefits.organizations().activeMembership(KIM, ANN.id())).isPresent();
    // In the guide: ownership
    benefits.organizations().transferOwnership(OLGA, academy.organizationId(), ANN.id());
    // End
    assertThat(benefits.organizations().activeMembership(KIM, OLGA.id()).orElseThrow().role())
        .isEqualTo(Role.MANAGER);
  }

  @Test
  void recordsAreImported() throws IOException {
    programme();
    InputStream csv =
        new ByteArrayInputStream(
            """
            candidate_id,registration_id,exam_id,taken_at,outcome
            C1,R1,cloud,2026-03-02T09:00:00Z,PASS
            C1,R1,cloud,2026-03-02T09:00:00Z,FAIL
            C2,R2,unknown,2026-03-02T09:00:00Z,PASS
            """
                .getBytes(StandardCharsets.UTF_8));
    // In the guide: importing records
    FeedReport report =
        benefits
            .examRecords()
            .importFrom(KIM, FeedName.of("results-2026-03.csv"), new CsvExamRecordFeed(csv));
    var held = benefits.examRecords().held(KIM, TEN).items().get(0);
    benefits.examRecords().standInstead(KIM, held.recordId(), "Pearson VUE confirmed the failure.");
    // End
    assertThat(report.problems()).hasSize(1);
    assertThat(report.counts().stored()).isEqualTo(1);
    assertThat(report.counts().held()).isEqualTo(1);
  }

  @Test
  void whoMayDoWhat() {
    // In the guide: permissions
    Permissions permissions =
        Permissions.DEFAULT.allow(
            Operation.APPROVE_JOIN_REQUEST, Who.OWNER, Who.MANAGER, Who.OPERATOR);
    // End
    assertThat(permissions.of(Operation.APPROVE_JOIN_REQUEST)).contains(Who.MANAGER);
    programme();
    // In the guide: asking first
    boolean offered =
        benefits.access().allows(OLGA, Operation.ASSIGN_CODE, Subject.ofPartner(ACME));
    Page<AuditEntry> trace = benefits.audit().of(KIM, ACME.value(), TEN);
    // End
    assertThat(offered).isTrue();
    assertThat(trace.items()).isNotEmpty();
  }

  /** Stands still until it is told how much time has passed. */
  private static final class TravelClock extends Clock {

    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
