package io.acpbenefits.health;

import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.common.Actor;
import io.acpbenefits.notification.NoticeState;
import io.acpbenefits.notification.Notices;
import io.acpbenefits.pearsonvue.ExamBookingRequestState;
import io.acpbenefits.pearsonvue.ExamBookingRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked of ports outside of transactions: notices, codes to give back, and bookings.
 * They are rows, for which the engine has neither jobs nor incidents. Exam records have a part of
 * their own.
 *
 * @param notices what people are told
 * @param applications whose codes are given back
 * @param bookings what Pearson VUE is asked for, if there is one
 */
record PortCalls(
    Notices notices, BenefitApplications applications, @Nullable ExamBookingRequests bookings) {

  HealthCheck check(String name, Instant now, HealthPolicy policy) {
    Actor.Library system = Actor.system();
    long unsent = notices.count(system, NoticeState.GIVEN_UP);
    long unbooked = bookings == null ? 0 : bookings.count(system, ExamBookingRequestState.GIVEN_UP);
    long kept = applications.giveBacks(system).failing(system);
    List<String> troubles = new ArrayList<>();
    if (unsent + unbooked + kept > policy.incidents()) {
      troubles.add(
          ("%d notices and %d requests to Pearson VUE were given up, and %d times the Benefit Center"
                  + " does not take codes back: list them by notices().stuck(),"
                  + " examBookingRequests().stuck() and giveBacks().stuck().")
              .formatted(unsent, unbooked, kept));
    }
    nextDue()
        .filter(due -> due.isBefore(now.minus(policy.jobsLate())))
        .ifPresent(
            due ->
                troubles.add(
                    "What was due at %s has not been tried: see that a node calls runPortCalls()."
                        .formatted(due)));
    return troubles.isEmpty()
        ? HealthCheck.up(name, "None was given up, and none is late.")
        : HealthCheck.degraded(name, String.join(" ", troubles));
  }

  private Optional<Instant> nextDue() {
    return Stream.of(
            notices.nextDue(),
            applications.nextDue(),
            bookings == null ? Optional.<Instant>empty() : bookings.nextDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
