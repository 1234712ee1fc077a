package io.acpbenefits.model;

import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.World.Application;
import io.acpbenefits.model.World.Code;
import io.acpbenefits.model.World.Exam;
import io.acpbenefits.model.World.Partner;
import io.acpbenefits.model.World.Quota;
import io.acpbenefits.model.World.Role;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Partners, the catalogue, quotas and benefit applications, as the design has them. */
final class ModelBenefits implements Programme.Benefits {

  private static final int LIFE_OF_A_CODE_IN_MONTHS = 12;

  private final World world;

  ModelBenefits(World world) {
    this.world = world;
  }

  @Override
  public String register(String who, String id, String tier) {
    world.requirePlatform(who);
    require(!world.partners.containsKey(id), Reason.ALREADY_EXISTS);
    Partner partner = new Partner();
    partner.id = id;
    partner.tier = tier;
    world.partners.put(id, partner);
    return partner.state;
  }

  @Override
  public String suspend(String who, String partner) {
    return move(who, partner, "ACTIVE", "SUSPENDED");
  }

  @Override
  public String reinstate(String who, String partner) {
    return move(who, partner, "SUSPENDED", "ACTIVE");
  }

  private String move(String who, String id, String from, String to) {
    world.requirePlatform(who);
    Partner partner = find(world.partners, id);
    require(partner.state.equals(from), Reason.ILLEGAL_STATE);
    partner.state = to;
    return Programme.DONE;
  }

  @Override
  public String addExam(
      String who, String id, String level, @Nullable Instant sale, @Nullable Instant life) {
    world.requirePlatform(who);
    require(!world.exams.containsKey(id), Reason.ALREADY_EXISTS);
    Exam exam = new Exam();
    exam.id = id;
    exam.level = level;
    exam.endOfSale = sale;
    exam.endOfLife = life;
    world.exams.put(id, exam);
    return Programme.DONE;
  }

  @Override
  public String grant(
      String id,
      String who,
      String partner,
      String level,
      long quantity,
      Instant from,
      Instant until) {
    world.requirePlatform(who);
    require(quantity > 0 && from.isBefore(until), Reason.INVALID_INPUT);
    find(world.partners, partner);
    boolean overlaps =
        ofPartner(partner, level).stream()
            .anyMatch(q -> q.from.isBefore(until) && from.isBefore(q.until));
    require(!overlaps, Reason.INVALID_INPUT);
    Quota quota = new Quota();
    quota.id = id;
    quota.partner = partner;
    quota.level = level;
    quota.from = from;
    quota.until = until;
    quota.granted = quantity;
    quota.write("GRANT", quantity);
    world.quotas.put(id, quota);
    return id;
  }

  private List<Quota> ofPartner(String partner, String level) {
    return world.quotas.values().stream()
        .filter(q -> q.partner.equals(partner) && q.level.equals(level))
        .toList();
  }

  /** A quota that was granted ahead is planned until its period begins. */
  static String stateOf(Quota quota, Instant now) {
    boolean ahead = now.isBefore(quota.from);
    return ahead && quota.state.equals("ACTIVE") ? "PLANNED" : quota.state;
  }

  @Override
  public String stock(String who, String exam, List<String> codes) {
    find(world.exams, exam).stock.addAll(codes);
    return String.valueOf(codes.size());
  }

  @Override
  public String draft(String id, String who, String partner, String exam, int quantity) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    find(world.exams, exam);
    require(quantity > 0, Reason.INVALID_INPUT);
    Application application = new Application();
    application.id = id;
    application.partner = partner;
    application.exam = exam;
    application.quantity = quantity;
    world.applications.put(id, application);
    return application.state;
  }

  @Override
  public String apply(String id, String who, String partner, String exam, int quantity) {
    draft(id, who, partner, exam, quantity);
    try {
      return submit(who, id);
    } catch (World.Refused refusal) {
      world.applications.remove(id); // As a whole or not at all.
      throw refusal;
    }
  }

  @Override
  public String submit(String who, String id) {
    Application application = of(who, id);
    requireIn(application, "DRAFT", "ACTION_REQUIRED");
    world.requireActive(application.partner);
    Exam exam = find(world.exams, application.exam);
    world.requireAlive(exam, world.now);
    require(!world.isOver(exam.endOfSale), Reason.EXAM_RETIRED);
    if (application.quota == null) {
      Optional<Quota> current =
          ofPartner(application.partner, exam.level).stream()
              .filter(q -> q.state.equals("ACTIVE") && !world.now.isBefore(q.from))
              .findFirst();
      require(current.isPresent(), Reason.QUOTA_NOT_ACTIVE);
      Quota quota = current.get();
      require(quota.available() >= application.quantity, Reason.QUOTA_EXCEEDED);
      quota.held += application.quantity;
      quota.write("HOLD", application.quantity);
      application.quota = quota;
      note(application, "HELD");
    }
    application.state = world.rules.reviewed() ? "IN_REVIEW" : "APPROVED";
    return application.state;
  }

  @Override
  public String recall(String who, String id) {
    Application application = of(who, id);
    requireIn(application, "IN_REVIEW");
    release(application);
    application.quota = null;
    return become(application, "DRAFT");
  }

  @Override
  public String approve(String who, String id) {
    Application application = inReview(who, id);
    world.requireActive(application.partner);
    return become(application, "APPROVED");
  }

  @Override
  public String requireAction(String who, String id) {
    return become(inReview(who, id), "ACTION_REQUIRED");
  }

  @Override
  public String reject(String who, String id) {
    Application application = inReview(who, id);
    release(application);
    return become(application, "REJECTED");
  }

  private Application inReview(String who, String id) {
    world.requirePlatform(who);
    Application application = of(who, id);
    requireIn(application, "IN_REVIEW");
    return application;
  }

  @Override
  public String fulfil(String who, String id) {
    world.requirePlatform(who);
    Application application = of(who, id);
    if (application.state.equals("FULFILLED")) {
      return Programme.DONE;
    }
    requireIn(application, "APPROVED", "FULFILLING");
    world.requireActive(application.partner);
    Exam exam = find(world.exams, application.exam);
    require(exam.stock.size() >= application.quantity, Reason.OUT_OF_STOCK);
    for (int i = 0; i < application.quantity; i++) {
      issue(application.partner, exam, exam.stock.remove());
    }
    Quota quota = Objects.requireNonNull(application.quota);
    quota.held -= application.quantity;
    quota.consumed += application.quantity;
    quota.write("CONSUME", application.quantity);
    note(application, "CODES_ISSUED");
    become(application, "FULFILLED");
    return Programme.DONE;
  }

  private void issue(String partner, Exam exam, String text) {
    Code code = new Code();
    code.text = text;
    code.partner = partner;
    code.exam = exam.id;
    Instant end = world.now.atZone(ZoneOffset.UTC).plusMonths(LIFE_OF_A_CODE_IN_MONTHS).toInstant();
    Instant last = exam.endOfLife;
    code.expires = last != null && last.isBefore(end) ? last : end;
    world.codes.put(text, code);
  }

  @Override
  public String postpone(String who, String id) {
    Application application = beingFulfilled(who, id);
    application.attempts++;
    become(application, "FULFILLING");
    return String.valueOf(application.attempts);
  }

  @Override
  public String giveUp(String who, String id) {
    return become(beingFulfilled(who, id), "FULFILMENT_FAILED");
  }

  private Application beingFulfilled(String who, String id) {
    world.requirePlatform(who);
    Application application = of(who, id);
    requireIn(application, "APPROVED", "FULFILLING");
    return application;
  }

  @Override
  public String retry(String who, String id) {
    world.requirePlatform(who);
    Application application = of(who, id);
    requireIn(application, "FULFILMENT_FAILED");
    application.attempts = 0;
    return become(application, "FULFILLING");
  }

  @Override
  public String cancel(String who, String id) {
    Application application = of(who, id);
    require(
        !List.of("FULFILLED", "REJECTED", "CANCELED").contains(application.state),
        Reason.ILLEGAL_STATE);
    release(application);
    return become(application, "CANCELED");
  }

  private Application of(String who, String id) {
    Application application = find(world.applications, id);
    world.requireRole(who, application.partner, Role.MANAGER);
    return application;
  }

  private static void requireIn(Application application, String... states) {
    require(List.of(states).contains(application.state), Reason.ILLEGAL_STATE);
  }

  private static String become(Application application, String state) {
    application.state = state;
    return Programme.DONE;
  }

  /** What is released after the period has run out like the rest. */
  private void release(Application application) {
    Quota quota = application.quota;
    if (quota != null) {
      quota.held -= application.quantity;
      quota.write("RELEASE", application.quantity);
      if (quota.state.equals("EXPIRED")) {
        quota.expired += application.quantity;
        quota.write("EXPIRE", application.quantity);
      }
      note(application, "RELEASED");
    }
  }

  private void note(Application application, String kind) {
    world
        .changes
        .computeIfAbsent(application.partner, partner -> new ArrayList<>())
        .add(kind + " " + application.quantity + " " + application.id);
  }
}
