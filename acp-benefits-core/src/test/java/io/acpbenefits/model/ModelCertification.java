package io.acpbenefits.model;

import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.World.Binding;
import io.acpbenefits.model.World.Certificate;
import io.acpbenefits.model.World.ExamRecord;
import io.acpbenefits.model.World.Role;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Certificates, their binding, and the tally, as the design has them. */
final class ModelCertification implements Programme.Certification {

  private static final Duration CHECK_IDS = Duration.ofDays(30);

  private final World world;
  private @Nullable ModelSittings sittings;

  ModelCertification(World world) {
    this.world = world;
  }

  void with(ModelSittings later) {
    this.sittings = later;
  }

  private ModelSittings sittings() {
    return Objects.requireNonNull(sittings);
  }

  /** A PASS makes a certificate, and whoever waits for the record gets its answer. */
  void arrived(ExamRecord line) {
    if (line.outcome.equals("PASS")) {
      Certificate certificate = new Certificate();
      certificate.id = line.id;
      certificate.record = line;
      world.certificates.put(line.id, certificate);
    }
    for (Binding waiting : List.copyOf(world.bindings.values())) {
      if (waiting.isOpen() && waiting.exam.equals(line.exam) && waiting.ids.equals(line.ids)) {
        settle(waiting, line);
      }
    }
  }

  private void settle(Binding binding, ExamRecord found) {
    Optional<Certificate> earned = earnedBy(found);
    if (earned.isEmpty()) {
      toCheck(binding, Reason.NOT_PASSED);
    } else if (earned.get().account != null) {
      toCheck(binding, Reason.ALREADY_BOUND);
    } else {
      bind(binding, binding.ids, earned.get());
    }
  }

  private void toCheck(Binding binding, Reason reason) {
    if (!binding.state.equals("CHECK_IDS") || binding.reason != reason) {
      binding.state = "CHECK_IDS";
      binding.reason = reason;
      binding.checkingSince = world.now;
    }
  }

  private Optional<Certificate> earnedBy(ExamRecord found) {
    return world.certificates.values().stream()
        .filter(c -> c.record == found && found.state.equals("RECEIVED"))
        .filter(c -> c.state.equals("VALID"))
        .findFirst();
  }

  /** What the records say of these ids: nothing yet, a certificate, or a refusal. */
  private Optional<Certificate> earned(Programme.Ids ids, String exam) {
    Optional<ExamRecord> found = ModelSittings.standing(world, ids, exam);
    require(found.isPresent() || !areSwapped(ids, exam), Reason.IDS_SWAPPED);
    Optional<Certificate> earned = found.flatMap(this::earnedBy);
    require(found.isEmpty() || earned.isPresent(), Reason.NOT_PASSED);
    return earned;
  }

  private boolean areSwapped(Programme.Ids ids, String exam) {
    return ModelSittings.standing(world, ids.swapped(), exam).isPresent();
  }

  @Override
  public String submit(String id, String account, String exam, Programme.Ids ids) {
    find(world.exams, exam);
    Optional<Binding> open =
        world.bindings.values().stream()
            .filter(b -> b.isOpen() && b.account.equals(account) && b.exam.equals(exam))
            .findFirst();
    Optional<Certificate> earned = earned(ids, exam);
    if (earned.isPresent()) {
      Certificate certificate = earned.get();
      if (account.equals(certificate.account)) {
        return world.bindings.values().stream()
            .filter(b -> b.certificate == certificate)
            .findFirst()
            .orElseThrow()
            .id;
      }
      require(certificate.account == null, Reason.ALREADY_BOUND);
      Binding submitted = open.orElseGet(() -> add(id, account, exam, ids));
      bind(submitted, ids, certificate);
      return submitted.id;
    }
    if (open.isEmpty()) {
      return add(id, account, exam, ids).id;
    }
    if (!open.get().ids.equals(ids)) {
      await(open.get(), ids);
    }
    return open.get().id;
  }

  private Binding add(String id, String account, String exam, Programme.Ids ids) {
    Binding binding = new Binding();
    binding.id = id;
    binding.account = account;
    binding.exam = exam;
    await(binding, ids);
    world.bindings.put(id, binding);
    return binding;
  }

  private void await(Binding binding, Programme.Ids ids) {
    binding.ids = ids;
    binding.state = "AWAITING_DATA";
    binding.reason = Reason.RESULT_NOT_FOUND;
    binding.checkingSince = null;
    binding.windowEnds = sittings().windowEnd(binding.account, binding.exam);
  }

  /** Once and for ever, and for the organization whose active member the account is now. */
  private void bind(Binding binding, Programme.Ids ids, Certificate certificate) {
    certificate.account = binding.account;
    certificate.partner = world.membership(binding.account).map(m -> m.partner).orElse(null);
    binding.ids = ids;
    binding.state = "BOUND";
    binding.reason = null;
    binding.certificate = certificate;
    sittings().attribute(certificate.record, binding.account);
  }

  @Override
  public String correct(String account, String id, Programme.Ids ids) {
    Binding binding = find(world.bindings, id);
    require(binding.account.equals(account), Reason.NOT_FOUND);
    require(binding.state.equals("CHECK_IDS"), Reason.ILLEGAL_STATE);
    Optional<Certificate> earned = earned(ids, binding.exam);
    if (earned.isPresent()) {
      require(earned.get().account == null, Reason.ALREADY_BOUND);
      bind(binding, ids, earned.get());
    } else {
      await(binding, ids);
    }
    return binding.state;
  }

  @Override
  public String giveUp(String who, String id) {
    Binding binding = find(world.bindings, id);
    require(world.isPlatform(who) || who.equals(binding.account), Reason.NOT_FOUND);
    require(binding.state.equals("CHECK_IDS"), Reason.ILLEGAL_STATE);
    binding.state = "FAILED";
    return Programme.DONE;
  }

  /** After the sync window a last look, then the ids are to be checked; after 30 days it fails. */
  void settleDue() {
    for (Binding binding : List.copyOf(world.bindings.values())) {
      boolean windowOver =
          binding.state.equals("AWAITING_DATA") && world.isOver(binding.windowEnds);
      boolean lapsed =
          binding.state.equals("CHECK_IDS")
              && binding.checkingSince != null
              && world.isOver(binding.checkingSince.plus(CHECK_IDS));
      if (windowOver || lapsed) {
        ModelSittings.standing(world, binding.ids, binding.exam)
            .ifPresent(found -> settle(binding, found));
      }
      if (windowOver && binding.state.equals("AWAITING_DATA")) {
        boolean swapped = areSwapped(binding.ids, binding.exam);
        toCheck(binding, swapped ? Reason.IDS_SWAPPED : Reason.RESULT_NOT_FOUND);
      }
      if (lapsed
          && binding.state.equals("CHECK_IDS")
          && world.isOver(Objects.requireNonNull(binding.checkingSince).plus(CHECK_IDS))) {
        binding.state = "FAILED";
      }
    }
  }

  @Override
  public String tally(String who, String partner) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    return String.join(", ", tally(partner));
  }

  /** Attributed and valid, and unless the policy says otherwise held by somebody who is there. */
  List<String> tally(String partner) {
    TreeMap<String, List<Certificate>> byExam = new TreeMap<>();
    for (Certificate certificate : world.certificates.values()) {
      String holder = certificate.account;
      if (holder != null
          && partner.equals(certificate.partner)
          && certificate.state.equals("VALID")
          && (world.rules.leaversToo() || world.membership(holder, partner).isPresent())) {
        byExam
            .computeIfAbsent(certificate.record.exam, exam -> new java.util.ArrayList<>())
            .add(certificate);
      }
    }
    return byExam.entrySet().stream()
        .map(
            counted -> {
              TreeSet<String> people = new TreeSet<>();
              counted.getValue().forEach(c -> people.add(World.text(c.account)));
              return counted.getKey() + " " + counted.getValue().size() + " " + people.size();
            })
        .toList();
  }
}
