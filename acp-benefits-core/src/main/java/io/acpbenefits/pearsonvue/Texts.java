package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;

/** What people type. */
final class Texts {

  private Texts() {}

  static void require(String what, String text, int most) {
    if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.of(Reason.INVALID_INPUT, "%s has 1 to %d visible characters.", what, most);
    }
  }
}
