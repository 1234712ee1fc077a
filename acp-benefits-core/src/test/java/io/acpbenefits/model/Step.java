package io.acpbenefits.model;

import java.util.List;
import java.util.function.Function;

/**
 * One thing that somebody does, and where to look for what it did.
 *
 * @param act what is done, to either side
 * @param touched what could have changed
 */
record Step(Function<Programme, String> act, List<View> touched) {

  /** Something that can be looked at on either side. */
  interface View extends Function<Programme.Views, List<String>> {}

  static Step of(Function<Programme, String> act, View... touched) {
    return new Step(act, List.of(touched));
  }

  /** The call as it would be written. */
  @Override
  public String toString() {
    return new Listener().told(act);
  }
}
