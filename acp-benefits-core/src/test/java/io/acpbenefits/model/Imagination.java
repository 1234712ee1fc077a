package io.acpbenefits.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thinks of what somebody could do next, as things stand: mostly what makes sense, now and then
 * what must be refused.
 */
final class Imagination {

  private final Dice dice;
  private final boolean reviewed;
  private final BenefitIdeas benefits;
  private final List<Ideas> parts;
  private final List<Ideas.Idea> ideas;
  private final int weights;
  private int number;

  Imagination(World world, Dice dice) {
    this.dice = dice;
    this.reviewed = world.rules.reviewed();
    People people = new People(world, dice);
    benefits = new BenefitIdeas(world, dice, people);
    SittingIdeas sittings = new SittingIdeas(world, dice, people);
    parts =
        List.of(
            benefits,
            new CodeIdeas(world, dice, people),
            new AcademyIdeas(world, dice, people),
            sittings,
            new CertificationIdeas(world, dice, people, sittings));
    ideas = parts.stream().flatMap(part -> part.all().stream()).toList();
    weights = ideas.stream().mapToInt(Ideas.Idea::weight).sum();
  }

  /** How a sequence begins: two or three partners with something to work with. */
  List<Step> beginnings() {
    List<Step> steps = new ArrayList<>();
    steps.add(exam("cloud", "ACP", null, null));
    steps.add(exam("security", dice.oneOf("ACP", "ACE"), null, null));
    Instant sale = World.START.plus(Duration.ofDays(dice.between(20, 200)));
    Instant life = sale.plus(Duration.ofDays(dice.between(0, 100)));
    steps.add(exam("retiring", "ACP", sale, dice.percent(80) ? life : null));
    for (String exam : List.of("cloud", "security", "retiring")) {
      steps.add(benefits.stock(exam, dice.between(2, exam.equals("cloud") ? 7 : 4)));
    }
    List<String> accounts = new ArrayList<>(People.ACCOUNTS);
    for (String partner : List.of("acme", "beta", "coda").subList(0, dice.between(2, 3))) {
      steps.add(Step.of(p -> p.benefits().register(Programme.OPERATOR, partner, "gold")));
      String owner = accounts.remove(0);
      steps.add(Step.of(p -> p.academy().establish(Programme.OPERATOR, partner, owner)));
      for (String role : List.of("MANAGER", "MEMBER")) {
        String account = accounts.remove(0);
        steps.add(Step.of(p -> p.academy().admit(Programme.OPERATOR, partner, account, role)));
      }
      steps.add(grant(partner));
      steps.addAll(codesFor(partner));
    }
    return steps;
  }

  /** Applied for, approved where that takes a review, and handed out. */
  private List<Step> codesFor(String partner) {
    int quantity = dice.between(1, 2);
    String application = "application-" + partner;
    String exam = dice.oneOf("cloud", "cloud", "retiring");
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.of(
            p -> p.benefits().apply(application, Programme.SYSTEM, partner, exam, quantity, null)));
    if (reviewed) {
      steps.add(Step.of(p -> p.benefits().approve(Programme.OPERATOR, application)));
    }
    steps.add(Step.of(p -> p.benefits().fulfil(Programme.SYSTEM, application)));
    return steps;
  }

  private static Step exam(
      String id, String level, @Nullable Instant sale, @Nullable Instant life) {
    return Step.of(p -> p.benefits().addExam(Programme.OPERATOR, id, level, sale, life));
  }

  private Step grant(String partner) {
    int quantity = dice.between(3, 12);
    Instant until = World.START.plus(Duration.ofDays(dice.between(60, 400)));
    return Step.of(
        p ->
            p.benefits()
                .grant(
                    "quota-" + partner,
                    Programme.OPERATOR,
                    partner,
                    "ACP",
                    quantity,
                    World.START,
                    until,
                    null));
  }

  /** The next step; what it makes is called by its number. */
  Step next() {
    number++;
    parts.forEach(part -> part.number(number));
    Optional<Step> step = Optional.empty();
    while (step.isEmpty()) {
      step = any().step().get();
    }
    return step.get();
  }

  private Ideas.Idea any() {
    int hit = dice.between(1, weights);
    for (Ideas.Idea idea : ideas) {
      hit -= idea.weight();
      if (hit <= 0) {
        return idea;
      }
    }
    throw new IllegalStateException();
  }
}
