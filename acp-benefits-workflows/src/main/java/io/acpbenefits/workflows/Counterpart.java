package io.acpbenefits.workflows;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the instances of one process stand for in core, found by their business keys. */
interface Counterpart {

  /** The id of the process. */
  String process();

  /** The business keys of all that is open, as lists that come in pages behind a business key. */
  List<Function<PageRequest, Page<String>>> open();

  /** How it stands at this moment. */
  Standing standing(String businessKey);

  /** Locks it until the transaction ends, if it is there. */
  void lock(String businessKey);

  /** Begins an instance where core says that it stands, as if it had been there all the time. */
  void begin(String businessKey);

  /**
   * What is wrong with the variables that name what an instance is about.
   *
   * @param moving whether it has a step to be done, which may set some of them itself
   */
  Names names(String businessKey, Map<String, Object> variables, boolean moving);

  /** Whether an instance that waits in an external task is ended by its worker. */
  default boolean workerEnds(Standing standing) {
    return false;
  }

  /**
   * How something stands in core.
   *
   * @param known whether core has it at all
   * @param open whether it is to have an instance
   * @param state its state, as core names it
   */
  record Standing(boolean known, boolean open, String state) {

    static final Standing UNKNOWN = new Standing(false, false, "");

    static Standing of(boolean open, Enum<?> state) {
      return new Standing(true, open, state.name());
    }
  }

  /**
   * Variables to be put right.
   *
   * @param right those with a right value
   * @param none those that are to have none
   */
  record Names(Map<String, Object> right, Set<String> none) {

    static final Names FINE = new Names(Map.of(), Set.of());

    /** One that has to have a value. */
    static Names mustBe(String name, String value, Map<String, Object> variables) {
      return value.equals(variables.get(name)) ? FINE : new Names(Map.of(name, value), Set.of());
    }

    boolean fine() {
      return right.isEmpty() && none.isEmpty();
    }
  }
}
