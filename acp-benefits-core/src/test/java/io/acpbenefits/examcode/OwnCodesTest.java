package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Who;
import io.acpbenefits.permission.Permissions;
import io.acpbenefits.registration.Delivery;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The codes that a member holds, as that member meets them. */
class OwnCodesTest {

  @Test
  void aHostMayTakeTheListOfOnesOwnCodesAway() {
    CoreFixture strict =
        new CoreFixture(
            builder ->
                builder.permissions(Permissions.DEFAULT.allow(Operation.SEE_CODES, Who.OPERATOR)));
    assertRefused(
        Reason.NOT_PERMITTED,
        () ->
            strict.benefits.examCodes().mine(new Actor.Account(strict.ann), PageRequest.first(1)));
  }

  @Test
  void aCodeThatIsBookedAlreadyIsNotTakenForTheNextBooking() {
    CodeFixture it = new CodeFixture();
    it.reserved("CODE1");
    assertRefused(
        Reason.NO_CODE_AVAILABLE,
        () ->
            it.core
                .benefits
                .registrations()
                .registerWithCode(
                    new Actor.Account(it.core.ann),
                    it.core.cloud,
                    null,
                    Delivery.ONLINE,
                    it.core.in(Duration.ofDays(7)),
                    null));
  }
}
