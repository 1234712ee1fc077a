package io.acpbenefits.examples.candidate;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.pearsonvue.Booking;
import io.acpbenefits.pearsonvue.CatalogueExam;
import io.acpbenefits.pearsonvue.EmbeddedPearsonVue;
import io.acpbenefits.pearsonvue.ExamBooking;
import io.acpbenefits.pearsonvue.ExamBookings;
import io.acpbenefits.pearsonvue.ExamResult;
import io.acpbenefits.pearsonvue.PearsonVueDesk;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.pearsonvue.Price;
import io.acpbenefits.pearsonvue.Slot;
import io.acpbenefits.pearsonvue.SlotSearch;
import io.acpbenefits.pearsonvue.TestCenter;
import io.acpbenefits.pearsonvue.TestCenterId;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One candidate's way from the invitation to the bound certificate, at the embedded Pearson VUE; in
 * memory, in virtual time.
 */
public final class CandidateExample {

  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("acp-cloud");
  private static final Actor KIM = Actor.operator("kim");
  private static final Actor.Account OLGA = Actor.account("olga");
  private static final Actor.Account ANN = Actor.account("ann");
  private static final CodeText CODE = CodeText.parse("ACPX7K2M9Q");

  private final TravelClock clock = new TravelClock(Instant.parse("2026-03-02T09:00:00Z"));
  private final AcpBenefits benefits =
      AcpBenefits.inMemory().clock(clock).embeddedPearsonVue(PearsonVuePolicy.DEFAULT).build();
  private final EmbeddedPearsonVue vue = benefits.embeddedPearsonVue().orElseThrow();
  private final ExamBookings bookings = benefits.examBookings().orElseThrow();

  private CandidateExample() {}

  /**
   * Walks the candidate.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    new CandidateExample().walk();
  }

  private void walk() {
    partnerWithACode();
    pearsonVueWithASeat();
    invitedAndAdmitted();
    ExamBooking booked = booked();
    sat(booked.booking());
    bound();
    benefits.close();
  }

  private void partnerWithACode() {
    benefits.exams().add(KIM, new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits.partners().register(KIM, ACME, "Acme", "Gold");
    benefits.organizations().establish(KIM, ACME, OLGA.id());
    Instant nextYear = clock.instant().plus(Duration.ofDays(365));
    benefits.quotas().grant(KIM, ACME, ExamLevel.ACP, 1, clock.instant(), nextYear);
    benefits.embeddedBenefitCenter().orElseThrow().importStock(KIM, CLOUD, List.of(CODE));
    var application = benefits.applications().apply(OLGA, ACME, CLOUD, 1);
    benefits.applications().fulfil(KIM, application.applicationId());
    say("Acme applied for an exam code and got %s.".formatted(CODE));
  }

  private void pearsonVueWithASeat() {
    // In the guide: behind the counter
    PearsonVueDesk desk = vue.desk();
    desk.offer(KIM, new CatalogueExam(CLOUD, "ACP Cloud", Price.of("240", "USD"), null));
    TestCenterId berlin = TestCenterId.of("berlin");
    desk.addTestCenter(KIM, new TestCenter(berlin, "Mitte", "Berlin", ZoneId.of("Europe/Berlin")));
    desk.addSlot(KIM, berlin, clock.instant().plus(Duration.ofDays(7)), 12);
    Instant expiry = clock.instant().plus(Duration.ofDays(365));
    desk.registerVouchers(KIM, CLOUD, List.of(CODE), expiry);
    // End
    say("Pearson VUE offers the exam, has 12 seats in Berlin, and knows the code.");
  }

  private void invitedAndAdmitted() {
    var organization = benefits.organizations().ofPartner(OLGA, ACME).organizationId();
    var link = benefits.invitations().copyLink(OLGA, organization);
    var request = benefits.joinRequests().submit(ANN, link, Map.of());
    benefits.joinRequests().approve(OLGA, request.requestId());
    benefits.examCodes().assign(OLGA, ACME, CLOUD, ANN.id());
    say("Ann followed the invitation link, was approved, and the code was assigned to her.");
  }

  private ExamBooking booked() {
    // In the guide: a candidate books
    vue.openAccount(ANN, "Ann Example", "ann@example.org");
    SlotSearch inMarch =
        SlotSearch.atTestCenters(CLOUD, clock.instant(), Instant.parse("2026-04-01T00:00:00Z"));
    Slot seat = vue.freeSlots(ANN, inMarch, PageRequest.first(10)).items().get(0);
    ExamBooking booked = bookings.bookWithCode(ANN, CLOUD, null, seat.slotId());
    // End
    say(
        "Ann booked %s for %s."
            .formatted(booked.booking().appointment(), booked.booking().price()));
    say("Her code is reserved here, and used up at Pearson VUE.");
    return booked;
  }

  private void sat(Booking booking) {
    clock.pass(Duration.ofDays(7));
    // In the guide: an exam is sat
    vue.desk().deliver(KIM, booking.bookingId(), new ExamResult(ExamOutcome.PASS, "87"));
    // End
    say("A week later Ann sat the exam and passed.");
  }

  private void bound() {
    // In the guide: the two ids
    Booking sat = vue.history(ANN, PageRequest.first(10)).items().get(0);
    String candidateId = Objects.requireNonNull(sat.candidateId());
    String registrationId = vue.profile(ANN).registrationId();
    var binding = benefits.bindings().submit(ANN, CLOUD, new IdPair(candidateId, registrationId));
    // End
    say("She submitted the Candidate ID of her history and the Registration ID of her profile.");
    say("The binding is %s: the result is not here yet.".formatted(binding.state()));

    clock.pass(Duration.ofDays(1));
    // In the guide: the results come
    var pulled = benefits.examRecordPulls().orElseThrow().pull(KIM);
    // End
    say("A day later Pearson VUE told %d result.".formatted(pulled.stored()));
    CertificateBinding now = benefits.bindings().get(ANN, binding.bindingId());
    var tally = benefits.certificates().tally(OLGA, ACME).get(0);
    say(
        "The binding is %s; Acme counts %d certificate."
            .formatted(now.state(), tally.certificates()));
  }

  @SuppressWarnings("SystemOut") // What it is for.
  private static void say(String sentence) {
    System.out.println(sentence);
  }
}
