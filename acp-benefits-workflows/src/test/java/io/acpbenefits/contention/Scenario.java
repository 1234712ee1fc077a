package io.acpbenefits.contention;

import java.util.List;

/**
 * Something that many want at once. It is made by one, wanted by all, and then what they were told
 * is compared with what the database holds.
 */
interface Scenario {

  /** All that there are. */
  static List<Scenario> all() {
    return List.of(
        new AllocationScenario(),
        new QuotaScenario(),
        new ApprovalScenario(),
        new BindingScenario(),
        new AdmissionScenario(),
        new LinkScenario(),
        new RequestKeyScenario(),
        new MixedScenario());
  }

  static Scenario named(String name) {
    return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  default String name() {
    return getClass().getSimpleName();
  }

  /** Makes what is wanted; ids contain the round, which no other round shares. */
  void prepare(Installation node, String round);

  /** What one of the threads does. */
  void contend(Turn turn);

  /** Compares, by SQL alone. */
  void check(History history, Queries database, String round);
}
