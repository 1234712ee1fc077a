package io.acpbenefits.model;

import static io.acpbenefits.model.World.PLATFORM;
import static io.acpbenefits.model.World.STAFF;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Application;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.Exam;
import io.acpbenefits.model.Things.Partner;
import io.acpbenefits.model.Things.Quota;
import io.acpbenefits.model.World.Who;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Partners, the catalogue, quotas and benefit applications, as the design has them. */
final class ModelBenefits implements Programme.Benefits {

  private static final int LIFE_OF_A_CODE_IN_MONTHS = 12;

  private final World world;
  private final ModelCodes codes;
  private final ModelAcademy academy;

  ModelBenefits(World world, ModelCodes codes, ModelAcademy academy) {
    this.world = world;
    this.codes = codes;
    this.academy = academy;
  }

  @Override
  public String register(String who, String id, String tier) {
    world.ask(who, PLATFORM, null);
    require(!world.partners.containsKey(id), Reason.ALREADY_EXISTS);
    Partner partner = new Partner();
    partner.id = id;
    partner.tier = tier;
    world.partners.put(id, partner);
    return partner.state;
  }

  @Override
  public String suspend(String who, String partner) {
    return move(who, partner, "SUSPENDED", "ACTIVE");
  }

  @Override
  public String reinstate(String who, String partner) {
    return move(who, partner, "ACTIVE", "SUSPENDED");
  }

  /**
   * Open codes are revoked, open applications canceled, quotas revoked, the organization closed.
   */
  @Override
  public String terminate(String who, String id) {
    move(who, id, "TERMINATED", "ACTIVE", "SUSPENDED");
    Partner partner = find(world.partners, id);
    if (List.of("ACTIVE", "SUSPENDED").contains(partner.organization)) {
      academy.closeNow(partner);
    }
    codes.revokeAllOf(id);
    world.applications.values().stream()
        .filter(a -> a.partner.equals(id) && !hasEnded(a))
        .forEach(this::cancelNow);
    world.quotas.values().stream()
        .filter(q -> q.partner.equals(id) && !q.hasEnded())
        .forEach(this::revokeNow);
    return Programme.DONE;
  }

  private String move(String who, String id, String to, String... from) {
    world.ask(who, PLATFORM, null);
    Partner partner = find(world.partners, id);
    require(List.of(from).contains(partner.state), Reason.ILLEGAL_STATE);
    partner.state = to;
    return Programme.DONE;
  }

  @Override
  public String addExam(
      String who, String id, String level, @Nullable Instant sale, @Nullable Instant life) {
    world.ask(who, PLATFORM, null);
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
  public String changeExam(String who, String id, @Nullable Instant sale, @Nullable Instant life) {
    world.ask(who, PLATFORM, null);
    Exam exam = find(world.exams, id);
    exam.endOfSale = sale;
    exam.endOfLife = life;
    for (Code code : world.codes.values()) {
      boolean open = code.isOpen() || code.state.equals("ISSUED");
      if (open && code.exam.equals(id) && life != null && life.isBefore(code.expires)) {
        code.expires = life;
      }
    }
    return Programme.DONE;
  }

  @Override
  public String stock(String who, String exam, List<String> texts) {
    world.ask(who, PLATFORM, null);
    find(world.exams, exam).stock.addAll(texts);
    return String.valueOf(texts.size());
  }

  @Override
  public String grant(
      String id,
      String who,
      String partner,
      String level,
      long quantity,
      Instant from,
      Instant until,
      @Nullable String key) {
    world.ask(who, PLATFORM, null);
    require(quantity > 0 && from.isBefore(until), Reason.INVALID_INPUT);
    return world.once(
        who,
        key,
        List.of("grant", partner, level, quantity, from, until),
        () -> grant(id, partner, level, quantity, from, until));
  }

  private String grant(
      String id, String partner, String level, long quantity, Instant from, Instant until) {
    require(!find(world.partners, partner).state.equals("TERMINATED"), Reason.PARTNER_SUSPENDED);
    boolean overlaps =
        ofPartner(partner, level).stream()
            .filter(q -> !q.state.equals("REVOKED"))
            .anyMatch(q -> q.from.isBefore(until) && from.isBefore(q.until));
    require(!overlaps, Reason.INVALID_INPUT);
    Quota quota = new Quota();
    quota.id = id;
    quota.partner = partner;
    quota.level = level;
    quota.from = from;
    quota.until = until;
    quota.state = "PLANNED";
    quota.granted = quantity;
    quota.write("GRANT", quantity);
    world.quotas.put(id, quota);
    world.note(quota, "GRANTED", quantity, "-");
    return id;
  }

  private List<Quota> ofPartner(String partner, String level) {
    return world.quotas.values().stream()
        .filter(q -> q.partner.equals(partner) && q.level.equals(level))
        .toList();
  }

  private Quota quota(String who, String id) {
    Quota quota = find(world.quotas, id);
    world.askOfThing(who, PLATFORM, quota.partner, null);
    return quota;
  }

  private static void requireIn(Quota quota, String... states) {
    require(List.of(states).contains(quota.state), Reason.ILLEGAL_STATE);
  }

  @Override
  public String adjust(String who, String id, long by) {
    Quota quota = quota(who, id);
    require(by != 0, Reason.INVALID_INPUT);
    requireIn(quota, "PLANNED", "ACTIVE", "SUSPENDED");
    require(quota.available() + Math.min(0, by) >= 0, Reason.QUOTA_EXCEEDED);
    quota.granted += by;
    quota.write("ADJUST", by);
    world.note(quota, "ADJUSTED", by, "-");
    return Programme.DONE;
  }

  @Override
  public String suspendQuota(String who, String id) {
    return move(quota(who, id), "ACTIVE", "SUSPENDED", "SUSPENDED");
  }

  @Override
  public String resumeQuota(String who, String id) {
    return move(quota(who, id), "SUSPENDED", "ACTIVE", "RESUMED");
  }

  private String move(Quota quota, String from, String to, String kind) {
    requireIn(quota, from);
    quota.state = to;
    world.note(quota, kind, quota.available(), "-");
    return Programme.DONE;
  }

  @Override
  public String revokeQuota(String who, String id) {
    Quota quota = quota(who, id);
    requireIn(quota, "PLANNED", "ACTIVE", "SUSPENDED");
    revokeNow(quota);
    return Programme.DONE;
  }

  private void revokeNow(Quota quota) {
    long rest = quota.available();
    quota.end("REVOKED");
    world.note(quota, "REVOKED", rest, "-");
  }

  @Override
  public String check(String who) {
    world.ask(who, PLATFORM, null);
    return "none";
  }

  @Override
  public String draft(String id, String who, String partner, String exam, int quantity) {
    world.ask(who, STAFF, partner);
    require(quantity > 0, Reason.INVALID_INPUT);
    world.requireActive(partner);
    require(!find(world.partners, partner).organization.isEmpty(), Reason.NOT_FOUND);
    find(world.exams, exam);
    Application application = new Application();
    application.id = id;
    application.partner = partner;
    application.exam = exam;
    application.quantity = quantity;
    world.applications.put(id, application);
    return id;
  }

  @Override
  public String apply(
      String id, String who, String partner, String exam, int quantity, @Nullable String key) {
    world.ask(who, STAFF, partner);
    return world.once(
        who,
        key,
        List.of("apply", partner, exam, quantity),
        () -> {
          draft(id, who, partner, exam, quantity);
          try {
            submit(who, id);
          } catch (World.Refused refusal) {
            world.applications.remove(id); // As a whole or not at all.
            throw refusal;
          }
          return id;
        });
  }

  @Override
  public String revise(String who, String id, String exam, int quantity, @Nullable String key) {
    Application application = find(world.applications, id);
    world.askOfThing(who, STAFF, application.partner, null);
    require(quantity > 0, Reason.INVALID_INPUT);
    return world.once(
        who,
        key,
        List.of("revise", id, exam, quantity),
        () -> revise(in(who, STAFF, id, "DRAFT", "ACTION_REQUIRED"), exam, quantity));
  }

  private String revise(Application application, String examId, int quantity) {
    world.requireActive(application.partner);
    Exam exam = find(world.exams, examId);
    Quota held = application.quota;
    if (held == null) {
      application.exam = examId;
      application.quantity = quantity;
      return Programme.DONE;
    }
    requireOnSale(exam);
    if (application.exam.equals(examId) && quantity <= application.quantity) {
      release(application, application.quantity - quantity);
      application.quantity = quantity;
      return Programme.DONE;
    }
    Quota current = current(application.partner, exam.level);
    long back = current == held ? application.quantity : 0;
    require(current.available() + back >= quantity, Reason.QUOTA_EXCEEDED);
    release(application);
    application.exam = examId;
    application.quantity = quantity;
    hold(application, exam.level);
    return Programme.DONE;
  }

  private void requireOnSale(Exam exam) {
    world.requireAlive(exam, world.now);
    require(!world.isOver(exam.endOfSale), Reason.EXAM_RETIRED);
  }

  @Override
  public String submit(String who, String id) {
    Application application = in(who, STAFF, id, "DRAFT", "ACTION_REQUIRED");
    world.requireActive(application.partner);
    Exam exam = find(world.exams, application.exam);
    requireOnSale(exam);
    if (application.quota == null) {
      hold(application, exam.level);
    }
    application.state = world.rules.reviewed() ? "IN_REVIEW" : "APPROVED";
    return application.state;
  }

  private Quota current(String partner, String level) {
    Optional<Quota> current =
        ofPartner(partner, level).stream().filter(q -> q.state.equals("ACTIVE")).findFirst();
    require(current.isPresent(), Reason.QUOTA_NOT_ACTIVE);
    return current.get();
  }

  private void hold(Application application, String level) {
    Quota quota = current(application.partner, level);
    require(quota.available() >= application.quantity, Reason.QUOTA_EXCEEDED);
    quota.held += application.quantity;
    quota.write("HOLD", application.quantity);
    world.note(quota, "HELD", application.quantity, application.id);
    application.quota = quota;
  }

  @Override
  public String recall(String who, String id) {
    Application application = in(who, STAFF, id, "IN_REVIEW");
    release(application);
    application.quota = null;
    return become(application, "DRAFT");
  }

  @Override
  public String approve(String who, String id) {
    Application application = in(who, PLATFORM, id, "IN_REVIEW");
    world.requireActive(application.partner);
    world.requireAlive(find(world.exams, application.exam), world.now);
    return become(application, "APPROVED");
  }

  @Override
  public String requireAction(String who, String id) {
    return become(in(who, PLATFORM, id, "IN_REVIEW"), "ACTION_REQUIRED");
  }

  @Override
  public String reject(String who, String id) {
    Application application = in(who, PLATFORM, id, "IN_REVIEW");
    release(application);
    return become(application, "REJECTED");
  }

  @Override
  public String fulfil(String who, String id) {
    Application application = in(who, PLATFORM, id, "APPROVED", "FULFILLING", "FULFILLED");
    if (application.state.equals("FULFILLED")) {
      return Programme.DONE;
    }
    world.requireActive(application.partner);
    Exam exam = find(world.exams, application.exam);
    world.requireAlive(exam, world.now);
    require(exam.stock.size() >= application.quantity, Reason.OUT_OF_STOCK);
    for (int i = 0; i < application.quantity; i++) {
      issue(application.partner, exam, exam.stock.remove());
    }
    Quota quota = Objects.requireNonNull(application.quota);
    quota.held -= application.quantity;
    quota.consumed += application.quantity;
    quota.write("CONSUME", application.quantity);
    world.note(quota, "CODES_ISSUED", application.quantity, application.id);
    return become(application, "FULFILLED");
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
    Application application = in(who, PLATFORM, id, "APPROVED", "FULFILLING");
    application.attempts++;
    become(application, "FULFILLING");
    return String.valueOf(application.attempts);
  }

  @Override
  public String giveUp(String who, String id) {
    return become(in(who, PLATFORM, id, "APPROVED", "FULFILLING"), "FULFILMENT_FAILED");
  }

  @Override
  public String retry(String who, String id) {
    Application application = in(who, PLATFORM, id, "FULFILMENT_FAILED");
    application.attempts = 0;
    return become(application, "FULFILLING");
  }

  @Override
  public String cancel(String who, String id) {
    Application application = find(world.applications, id);
    world.askOfThing(who, STAFF, application.partner, null);
    require(!hasEnded(application), Reason.ILLEGAL_STATE);
    cancelNow(application);
    return Programme.DONE;
  }

  private static boolean hasEnded(Application application) {
    return List.of("FULFILLED", "REJECTED", "CANCELED").contains(application.state);
  }

  private void cancelNow(Application application) {
    release(application);
    become(application, "CANCELED");
  }

  private Application in(String who, Set<Who> permitted, String id, String... states) {
    Application application = find(world.applications, id);
    world.askOfThing(who, permitted, application.partner, null);
    require(List.of(states).contains(application.state), Reason.ILLEGAL_STATE);
    return application;
  }

  private static String become(Application application, String state) {
    application.state = state;
    return Programme.DONE;
  }

  private void release(Application application) {
    release(application, application.quantity);
  }

  /** What is released once the quota has ended has expired like the rest. */
  private void release(Application application, int quantity) {
    Quota quota = application.quota;
    if (quota != null && quantity > 0) {
      quota.held -= quantity;
      quota.write("RELEASE", quantity);
      world.note(quota, "RELEASED", quantity, application.id);
      if (quota.hasEnded()) {
        quota.expired += quantity;
        quota.write("EXPIRE", quantity);
        world.note(quota, "EXPIRED", quantity, application.id);
      }
    }
  }
}
