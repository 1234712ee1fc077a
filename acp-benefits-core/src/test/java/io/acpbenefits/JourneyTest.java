package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.application.BenefitChange;
import io.acpbenefits.application.BenefitChangeFilter;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.CsvExamRecordFeed;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.invitation.Applicant;
import io.acpbenefits.invitation.ApplicantFilter;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import java.io.StringReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The source guide from its first page to its last, through core alone. */
class JourneyTest {

  private final CoreFixture it = new CoreFixture();

  @Test
  void runsFromQuotaToTally() {
    AcpBenefits benefits = it.benefits;
    it.quota(ExamLevel.ACP, 10);
    it.stock("ACPX7K2M9Q", "ACPX8L3N0R");
    var application = benefits.applications().apply(it.owner, it.acme, it.cloud, 2);
    assertThat(application.state()).isEqualTo(BenefitApplicationState.APPROVED);
    benefits.applications().fulfil(Actor.system(), application.applicationId());

    BenefitChange issued =
        benefits
            .benefitChanges()
            .ofPartner(
                it.owner,
                it.acme,
                BenefitChangeFilter.ALL.of(BenefitChange.Kind.CODES_ISSUED),
                PageRequest.first(10))
            .items()
            .get(0);
    assertThat(benefits.benefitChanges().details(it.owner, issued.changeId()).text())
        .isEqualTo("Cloud Computing [ACPX7K2M9Q] [ACPX8L3N0R]");

    Actor.Account ann = new Actor.Account(it.ann);
    var token = benefits.invitations().copyLink(it.owner, it.organization);
    JoinRequest request = benefits.joinRequests().submit(ann, token, Map.of());
    assertThat(
            benefits
                .joinRequests()
                .applicants(
                    it.owner, it.organization, ApplicantFilter.TO_DECIDE, PageRequest.first(10))
                .items())
        .extracting(Applicant::request)
        .containsExactly(request);
    benefits.joinRequests().approve(it.owner, request.requestId());

    ExamCode code = benefits.examCodes().assign(it.owner, it.acme, it.cloud, it.ann);
    assertThat(benefits.examCodes().reveal(ann, code.codeId()).value()).isEqualTo("ACPX7K2M9Q");

    var appointment = it.clock.instant().plus(Duration.ofDays(7));
    IdPair ids = new IdPair("C-1", "R-1");
    benefits
        .registrations()
        .registerWithCode(ann, it.cloud, null, Delivery.TEST_CENTER, appointment, null);
    it.clock.advance(Duration.ofDays(8));
    var binding = benefits.bindings().submit(ann, it.cloud, ids);
    assertThat(binding.state()).isEqualTo(BindingState.AWAITING_DATA);
    assertThat(binding.windowEndsAt()).isEqualTo(appointment.plus(Duration.ofDays(3)));

    it.clock.advance(Duration.ofDays(1));
    var report =
        benefits
            .examRecords()
            .importFrom(
                Actor.system(),
                FeedName.of("march.csv"),
                new CsvExamRecordFeed(
                    new StringReader(
                        """
                        exam_id,candidate_id,registration_id,taken_at,outcome
                        cloud,C-1,R-1,%s,PASS
                        """
                            .formatted(appointment))));

    assertThat(report.counts().stored()).isEqualTo(1);
    assertThat(benefits.bindings().get(Actor.system(), binding.bindingId()).state())
        .isEqualTo(BindingState.BOUND);
    assertThat(benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
    assertThat(benefits.certificates().tally(it.owner, it.acme))
        .containsExactly(new Tally(it.acme, it.cloud, ExamLevel.ACP, 1, 1));

    benefits.organizations().quit(ann);
    assertThat(benefits.certificates().tally(it.owner, it.acme)).isEmpty();
  }
}
