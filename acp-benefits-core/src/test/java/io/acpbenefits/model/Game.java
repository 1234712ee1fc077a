package io.acpbenefits.model;

import io.acpbenefits.common.Refusal;
import io.acpbenefits.model.Things.Certificate;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.Membership;
import io.acpbenefits.model.Things.Quota;
import io.acpbenefits.model.Things.Registration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets one sequence happen to both sides, and compares them after every step. */
final class Game {

  private static final int EVERYTHING_AFTER = 50;
  static final String REFUSED = "refused: ";
  private static final String OUTCOME = "what came of it";

  /**
   * Where the two sides part.
   *
   * @param steps all up to the one after which they differ
   * @param where what was looked at
   * @param expected what the model says
   * @param found what the library says
   */
  record Difference(List<Step> steps, String where, Object expected, Object found) {
    /** The same difference, perhaps: with other steps it may look a little different. */
    boolean isLike(Difference other) {
      return where.equals(other.where)
          && (!where.equals(OUTCOME)
              || (expected.equals(other.expected) && firstWords().equals(other.firstWords())));
    }

    private String firstWords() {
      return found.toString().lines().findFirst().orElse("");
    }
  }

  private static final class Differs extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient Difference difference;

    Differs(Difference difference) {
      this.difference = difference;
    }
  }

  private final Model model;
  private final Library library;
  private final Outcomes outcomes;
  private final List<Step> done = new ArrayList<>();
  private final Map<String, String> boundTo = new HashMap<>();

  private Game(Stage stage, World.Rules rules, Outcomes outcomes) {
    this.outcomes = outcomes;
    this.model = new Model(rules);
    this.library = stage.empty(rules);
  }

  static World.Rules rules(long seed) {
    return new World.Rules(seed % 2 == 0, seed % 3 == 0, seed % 5 < 2, seed % 7 < 3 ? 6 : 0);
  }

  /** A sequence that is made up as it goes along. */
  static Optional<Difference> play(Stage stage, long seed, int steps, Outcomes outcomes) {
    Game game = new Game(stage, rules(seed), outcomes);
    Imagination imagination =
        new Imagination(game.model.world, new Dice(seed * 0x9E3779B97F4A7C15L));
    try {
      imagination.beginnings().forEach(game::take);
      for (int i = 1; i <= steps; i++) {
        game.take(imagination.next());
        if (i % EVERYTHING_AFTER == 0 && i < steps) {
          game.lookAtEverything();
        }
      }
      game.lookAtEverything();
      game.end();
      return Optional.empty();
    } catch (Differs differs) {
      return Optional.of(differs.difference);
    }
  }

  /** The same steps again, or some of them. */
  static Optional<Difference> replay(Stage stage, long seed, List<Step> steps) {
    Game game = new Game(stage, rules(seed), new Outcomes());
    try {
      steps.forEach(game::take);
      game.lookAtEverything();
      game.end();
      return Optional.empty();
    } catch (Differs differs) {
      return Optional.of(differs.difference);
    }
  }

  private void take(Step step) {
    done.add(step);
    carryOut(step);
  }

  private void carryOut(Step step) {
    String expected;
    try {
      expected = step.act().apply(model);
    } catch (World.Refused refused) {
      expected = REFUSED + refused.reason;
    } catch (World.Pointless leftOut) {
      return;
    }
    model.world.letTimeWork();
    String found;
    try {
      found = step.act().apply(library);
    } catch (Refusal refusal) {
      found = REFUSED + refusal.reason();
    } catch (RuntimeException failure) {
      found = trace(failure);
    }
    require(expected, found, OUTCOME);
    outcomes.add(step, found);
    lookAt(step.touched());
  }

  private static String trace(RuntimeException failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** In one transaction, which is faster than one for each. */
  private void lookAt(List<Step.View> views) {
    library.benefits.inTransaction(
        () -> {
          views.forEach(this::look);
          return true;
        });
  }

  private void look(Step.View view) {
    List<String> expected = view.apply(model);
    List<String> found;
    try {
      found = view.apply(library);
    } catch (Refusal notThere) {
      found = List.of();
    } catch (RuntimeException failure) {
      found = List.of(trace(failure));
    }
    if (!expected.equals(found)) {
      require(expected, found, new Listener().looked(view));
    }
  }

  private void require(Object expected, Object found, String where) {
    if (!expected.equals(found)) {
      throw new Differs(new Difference(List.copyOf(done), where, expected, found));
    }
  }

  private void lookAtEverything() {
    World world = model.world;
    List<Step.View> views = new ArrayList<>();
    for (String partner : world.partners.keySet()) {
      views.add(v -> v.partner(partner));
      views.add(v -> v.quotas(partner));
      views.add(v -> v.applications(partner));
      views.add(v -> v.changes(partner));
      views.add(v -> v.codes(partner));
      views.add(v -> v.members(partner));
      views.add(v -> v.invitations(partner));
      views.add(v -> v.requests(partner));
      views.add(v -> v.tally(partner));
    }
    for (String exam : world.exams.keySet()) {
      views.add(v -> v.records(exam));
      views.add(v -> v.certificates(exam));
    }
    for (String account : People.ACCOUNTS) {
      views.add(v -> v.bindings(account));
    }
    Set<List<String>> booked = new LinkedHashSet<>();
    for (Registration registration : world.registrations.values()) {
      booked.add(List.of(registration.account, registration.exam));
    }
    booked.forEach(b -> views.add(v -> v.registrations(b.get(0), b.get(1))));
    lookAt(views);
    checkInvariants();
  }

  /** Once everything that is due is written, the ledgers agree to the last entry. */
  private void end() {
    carryOut(Step.of(p -> p.time().settle()));
    List<Step.View> views = new ArrayList<>();
    for (String partner : model.world.partners.keySet()) {
      views.add(v -> v.quotas(partner));
      views.add(v -> v.ledgers(partner));
      views.add(v -> v.allChanges(partner));
      views.add(v -> v.codes(partner));
      views.add(v -> v.invitations(partner));
      views.add(v -> v.requests(partner));
    }
    lookAt(views);
    carryOut(Step.of(p -> p.benefits().check(Programme.SYSTEM)));
  }

  /** Of the model; since both sides look the same, of the library too. */
  private void checkInvariants() {
    for (Quota quota : model.world.quotas.values()) {
      boolean sound =
          quota.available() >= 0 && quota.held >= 0 && quota.consumed >= 0 && quota.expired >= 0;
      require(true, sound, "no part of " + quota.id + " is negative");
    }
    Set<String> members = new HashSet<>();
    for (Membership membership : model.world.memberships) {
      boolean first = !membership.state.equals("ACTIVE") || members.add(membership.account);
      require(true, first, membership.account + " is in one organization at most");
    }
    Set<List<String>> held = new HashSet<>();
    for (Code code : model.world.codes.values()) {
      boolean first =
          !code.isOpen() || held.add(List.of(code.partner, code.exam, World.text(code.holder)));
      require(true, first, "nobody holds two codes like " + code.text);
    }
    for (Certificate certificate : model.world.certificates.values()) {
      String account = certificate.account;
      if (account != null) {
        String before = boundTo.putIfAbsent(certificate.id, account);
        require(true, before == null || before.equals(account), certificate.id + " stays bound");
      }
    }
  }
}
