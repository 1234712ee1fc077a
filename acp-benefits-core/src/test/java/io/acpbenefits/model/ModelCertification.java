package io.acpbenefits.model;

import static io.acpbenefits.model.World.SELF;
import static io.acpbenefits.model.World.SELF_OR_PLATFORM;
import static io.acpbenefits.model.World.STAFF;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Binding;
import io.acpbenefits.model.Things.Certificate;
import io.acpbenefits.model.Things.ExamRecord;
import io.acpbenefits.model.World.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The binding of certificates, as the design has it. */
final class ModelCertification implements Programme.Certification {

  private static final Duration CHECK_IDS = Duration.ofDays(30);

  private final World world;
  private final ModelCertificates certificates;
  private final ModelBookings bookings;
  private BiConsumer<ExamRecord, String> attribution = (found, account) -> {};

  ModelCertification(World world, ModelCertificates certificates, ModelBookings bookings) {
    this.world = world;
    this.certificates = certificates;
    this.bookings = bookings;
  }

  /** Records tell of bindings, and bindings whose records are. */
  void attributing(BiConsumer<ExamRecord, String> toRecords) {
    this.attribution = toRecords;
  }

  @Override
  public String suspend(String who, String certificate) {
    return certificates.suspend(who, certificate);
  }

  @Override
  public String reinstate(String who, String certificate) {
    return certificates.reinstate(who, certificate);
  }

  @Override
  public String revoke(String who, String certificate) {
    return certificates.revoke(who, certificate);
  }

  @Override
  public String renew(String renewal, String who, String certificate) {
    return certificates.renew(renewal, who, certificate);
  }

  /** Whoever waits for a record gets its answer when it comes, the longest waiting first. */
  void stands(ExamRecord line) {
    for (Binding waiting : List.copyOf(world.bindings.values())) {
      if (waiting.isOpen() && waiting.exam.equals(line.exam) && waiting.ids.equals(line.ids)) {
        settle(waiting, line);
      }
    }
  }

  private void settle(Binding binding, ExamRecord found) {
    Optional<Certificate> earned = certificates.earnedBy(found);
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

  /** What the records say of these ids: nothing yet, a certificate, or a refusal. */
  private Optional<Certificate> earned(Programme.Ids ids, String exam) {
    Optional<ExamRecord> found = ModelSittings.answering(world, ids, exam);
    require(found.isPresent() || !areSwapped(ids, exam), Reason.IDS_SWAPPED);
    Optional<Certificate> earned = found.flatMap(certificates::earnedBy);
    require(found.isEmpty() || earned.isPresent(), Reason.NOT_PASSED);
    return earned;
  }

  private boolean areSwapped(Programme.Ids ids, String exam) {
    return ModelSittings.answering(world, ids.swapped(), exam).isPresent();
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
        return bindingOf(certificate).id; // The own repeat is harmless.
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

  private Binding bindingOf(Certificate certificate) {
    return world.bindings.values().stream()
        .filter(b -> b.certificate == certificate)
        .findFirst()
        .orElseThrow();
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
    binding.windowEnds = bookings.windowEnd(binding.account, binding.exam);
  }

  /** Once and for ever, and for the organization whose active member the account is now. */
  private void bind(Binding binding, Programme.Ids ids, Certificate certificate) {
    certificate.account = binding.account;
    certificate.partner = world.membership(binding.account).map(m -> m.partner).orElse(null);
    certificate.bound = world.now;
    binding.ids = ids;
    binding.state = "BOUND";
    binding.reason = null;
    binding.certificate = certificate;
    attribution.accept(certificate.record, binding.account);
  }

  @Override
  public String correct(String account, String id, Programme.Ids ids) {
    Binding binding = visible(account, SELF, id);
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
    Binding binding = visible(who, SELF_OR_PLATFORM, id);
    require(binding.state.equals("CHECK_IDS"), Reason.ILLEGAL_STATE);
    binding.state = "FAILED";
    return Programme.DONE;
  }

  private Binding visible(String who, Set<Who> permitted, String id) {
    Binding binding = find(world.bindings, id);
    world.askOfThing(who, permitted, null, binding.account);
    return binding;
  }

  /** After the sync window a last look, then the ids are to be checked; after 30 days it fails. */
  void settleDue() {
    for (Binding binding : List.copyOf(world.bindings.values())) {
      boolean windowOver =
          binding.state.equals("AWAITING_DATA") && world.isOver(binding.windowEnds);
      if (windowOver || hasLapsed(binding)) {
        ModelSittings.answering(world, binding.ids, binding.exam)
            .ifPresent(found -> settle(binding, found));
        if (binding.state.equals("AWAITING_DATA")) {
          boolean swapped = areSwapped(binding.ids, binding.exam);
          toCheck(binding, swapped ? Reason.IDS_SWAPPED : Reason.RESULT_NOT_FOUND);
        }
        if (hasLapsed(binding)) {
          binding.state = "FAILED";
        }
      }
    }
  }

  private boolean hasLapsed(Binding binding) {
    return binding.state.equals("CHECK_IDS")
        && world.isOver(Objects.requireNonNull(binding.checkingSince).plus(CHECK_IDS));
  }

  @Override
  public String tally(String who, String partner, @Nullable Instant at) {
    world.ask(who, STAFF, partner);
    require(!find(world.partners, partner).organization.isEmpty(), Reason.NOT_FOUND);
    require(at == null || !at.isAfter(world.now), Reason.INVALID_INPUT);
    return String.join(", ", certificates.tally(partner, at));
  }
}
