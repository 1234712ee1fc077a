package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;

/** Who may go to which side of the embedded Pearson VUE's counter. */
final class Gate {

  private final Access access;

  Gate(Access access) {
    this.access = access;
  }

  /** Candidates act for themselves. */
  void requireCandidate(Actor actor) {
    access.require(
        actor,
        Operation.USE_PEARSON_VUE,
        actor instanceof Actor.Account self ? Subject.ofAccount(self.id()) : Subject.PROGRAMME);
  }

  void requireTestCenter(Actor actor) {
    access.require(actor, Operation.RUN_TEST_CENTER, Subject.PROGRAMME);
  }
}
