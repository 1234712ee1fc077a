package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;

/** Who may do what at the embedded Pearson VUE. */
final class Gate {

  void requireTestCenter(Actor actor) {
    if (actor instanceof Actor.Account) {
      throw new Refusal(Reason.NOT_PERMITTED, "Only a platform operator may run the test center.");
    }
  }
}
