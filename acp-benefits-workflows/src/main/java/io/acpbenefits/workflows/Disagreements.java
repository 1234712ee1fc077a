package io.acpbenefits.workflows;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.permission.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * Whether every open thing of the domain has its process, and every process an open thing; for
 * operators of the platform. Thread-safe.
 *
 * <p>The library changes both in one transaction, so they disagree only if somebody has gone behind
 * its back: restored single tables, deleted instances in a tool of the engine's, changed variables
 * there, or run core for a while without the processes. An instance that waits at a place that does
 * not fit the state in core is not found: delete it in such a tool, and resolve what is missing
 * then. Nor is a second instance for one thing.
 */
public final class Disagreements {

  /** How much is looked at for one page, at most. */
  public static final int MOST_LOOKED_AT = 1000;

  private static final int AT_ONCE = 500;

  private final Embedding embedding;
  private final List<Counterpart> counterparts;
  private final List<Source> sources;
  private final InstanceCheck check;
  private final Supplier<ProcessEngineConfigurationImpl> engine;
  private final int mostLookedAt;

  Disagreements(Embedding embedding, Supplier<ProcessEngineConfigurationImpl> engine) {
    this(embedding, engine, MOST_LOOKED_AT);
  }

  private Disagreements(
      Embedding embedding, Supplier<ProcessEngineConfigurationImpl> engine, int mostLookedAt) {
    this.embedding = embedding;
    this.engine = engine;
    this.mostLookedAt = mostLookedAt;
    this.counterparts =
        List.of(
            new ApplicationCounterpart(embedding),
            new JoiningCounterpart(embedding),
            new AttemptCounterpart(embedding));
    this.check = new InstanceCheck(embedding, engine, counterparts);
    this.sources = sources();
  }

  /** The same that looks at another number of things for a page. */
  Disagreements lookingAt(int most) {
    return new Disagreements(embedding, engine, most);
  }

  /** Something to look at, and what is behind it in the list. */
  record Suspect(String after, Supplier<Optional<Disagreement>> look) {}

  /** A list of things to look at, in a fixed order. */
  @FunctionalInterface
  interface Source {
    List<Suspect> read(String after, int size);
  }

  private List<Source> sources() {
    List<Source> all = new ArrayList<>();
    for (Counterpart counterpart : counterparts) {
      counterpart.open().forEach(list -> all.add(open(counterpart, list)));
    }
    all.add(check::instances);
    return List.copyOf(all);
  }

  private Source open(Counterpart counterpart, Function<PageRequest, Page<String>> list) {
    return (after, size) ->
        list.apply(new PageRequest(after.isEmpty() ? null : after, size)).items().stream()
            .map(key -> new Suspect(key, () -> check.missing(counterpart, key)))
            .toList();
  }

  /**
   * Where they disagree. Looks at everything that is open in core and at every instance, page by
   * page, {@value #MOST_LOOKED_AT} of them for a page at most, and twice before it says so: what is
   * on its way at this moment is none. So it is for people who look, and may run while the nodes
   * do.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in a fixed order: open things without a process, then processes; a page may have fewer
   *     than asked for, even none, and still name the next
   * @throws Refusal NOT_PERMITTED; INVALID_INPUT if the page's key is not what the page before
   *     returned
   */
  public Page<Disagreement> list(Actor actor, PageRequest page) {
    embedding.benefits().access().require(actor, Operation.SEE_DISAGREEMENTS, Subject.PROGRAMME);
    Place place = Place.parse(page.afterOrStart(), sources.size());
    return asNobody(() -> read(place, page.rowsToFetch() - 1));
  }

  private Page<Disagreement> read(Place from, int most) {
    List<Disagreement> found = new ArrayList<>();
    Place place = from;
    int looked = 0;
    while (place.source() < sources.size()) {
      List<Suspect> suspects = sources.get(place.source()).read(place.after(), AT_ONCE);
      for (Suspect suspect : suspects) {
        if (found.size() == most || looked == mostLookedAt) {
          return new Page<>(found, Optional.of(place.text()));
        }
        suspect.look().get().ifPresent(found::add);
        looked++;
        place = new Place(place.source(), suspect.after());
      }
      if (suspects.size() < AT_ONCE) {
        place = new Place(place.source() + 1, "");
      }
    }
    return new Page<>(found, Optional.empty());
  }

  /**
   * Makes them agree: begins the process where core says that the thing stands, as if it had been
   * there all the time; ends the process whose thing is over, which tells nobody anything; or sets
   * the variables that name what the process is about. Looks at both anew, with the thing locked.
   *
   * @param actor by default an operator or the system
   * @param found what {@link #list} has returned
   * @param why the reason, 1 to 500 characters; it goes to the audit, where the process instance,
   *     begun, ended or corrected, is the subject
   * @return the instance
   * @throws Refusal NOT_PERMITTED; INVALID_INPUT without a reason; NOT_FOUND if they agree, or no
   *     longer disagree in this way
   */
  public ProcessInstanceId resolve(Actor actor, Disagreement found, String why) {
    return asNobody(() -> embedding.benefits().inTransaction(() -> resolved(actor, found, why)));
  }

  private ProcessInstanceId resolved(Actor actor, Disagreement found, String why) {
    embedding.benefits().access().require(actor, Operation.RESOLVE_DISAGREEMENT, Subject.PROGRAMME);
    Counterpart counterpart =
        counterparts.stream()
            .filter(each -> each.process().equals(found.process()))
            .findFirst()
            .orElseThrow(Disagreements::agreed);
    lock(counterpart, found.businessKey());
    Disagreement now = check.anew(counterpart, found).orElseThrow(Disagreements::agreed);
    if (now.kind() != found.kind() || !now.businessKey().equals(found.businessKey())) {
      throw agreed();
    }
    ProcessInstanceId instance =
        now.instance().orElseGet(() -> begun(counterpart, found.businessKey()));
    embedding.benefits().audit().intervened(actor, Operation.RESOLVE_DISAGREEMENT, instance, why);
    switch (now.kind()) {
      case NO_PROCESS -> {}
      case NOTHING_OPEN -> check.end(instance);
      case WRONG_NAMES -> nameAnew(instance);
    }
    return instance;
  }

  /** Puts variables right that name what an instance is about, if they are wrong. */
  void nameAnew(ProcessInstanceId instance) {
    check.name(instance);
  }

  private static void lock(Counterpart counterpart, String businessKey) {
    try {
      counterpart.lock(businessKey);
    } catch (Refusal none) {
      if (none.reason() != Reason.NOT_FOUND && none.reason() != Reason.INVALID_INPUT) {
        throw none;
      }
    }
  }

  private ProcessInstanceId begun(Counterpart counterpart, String businessKey) {
    counterpart.begin(businessKey);
    return ProcessInstanceId.of(
        new Instances(embedding, counterpart.process()).find(businessKey).get(0));
  }

  private static Refusal agreed() {
    return new Refusal(
        Reason.NOT_FOUND,
        "Process and domain do not disagree in this way any more; list them anew.");
  }

  private <T> T asNobody(Supplier<T> work) {
    return Instances.asNobody(embedding.identities(), work);
  }

  /**
   * Where a page ends.
   *
   * @param source in which list
   * @param after behind which entry of it
   */
  private record Place(int source, String after) {

    static Place parse(String text, int sources) {
      if (text.isEmpty()) {
        return new Place(0, "");
      }
      int colon = Math.max(text.indexOf(':'), 0);
      try {
        int source = Integer.parseInt(text.substring(0, colon));
        if (source >= 0 && source < sources) {
          return new Place(source, text.substring(colon + 1));
        }
      } catch (NumberFormatException e) {
        // As with a number that is out of range.
      }
      throw new Refusal(
          Reason.INVALID_INPUT, "Pass what the page before returned as its next, unchanged.");
    }

    String text() {
      return source + ":" + after;
    }
  }
}
