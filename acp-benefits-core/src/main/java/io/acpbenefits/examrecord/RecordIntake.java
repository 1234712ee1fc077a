package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.registration.IdPair;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one line does to what was said before of its ids. Called inside a transaction; refuses
 * before its first write.
 */
final class RecordIntake {

  private final Exams exams;
  private final RecordStore store;
  private final RecordLinks links;
  private BiFunction<IdPair, ExamId, List<AccountId>> awaited = (ids, exam) -> List.of();

  RecordIntake(Exams exams, RecordStore store, RecordLinks links) {
    this.exams = exams;
    this.store = store;
    this.links = links;
  }

  void awaitedBy(BiFunction<IdPair, ExamId, List<AccountId>> waiting) {
    this.awaited = waiting;
  }

  /** Whose account {@link #take} will lock, as far as it can be told before. */
  Stream<AccountId> concernedBy(ExamRecordLine line) {
    return Stream.of(
            awaited.apply(line.ids(), line.examId()).stream(),
            Stream.ofNullable(links.of(line).account()),
            line.kind() == ExamRecordKind.RESULT
                ? Stream.<AccountId>empty()
                : store.ownersOf(line.ids(), line.examId()))
        .flatMap(Function.identity());
  }

  Receipt take(Actor actor, ExamRecordLine told) {
    // Without the id: in a file whose columns are mixed up it may be a person's, or a code.
    if (exams.find(Actor.system(), told.examId()).isEmpty()) {
      throw new Refusal(Reason.NOT_FOUND, "The exam is not in the catalogue.");
    }
    ExamRecordLine line = told.under(store.lockIdentity(told));
    List<ExamRecord> known = store.lockKnown(line.ids(), line.examId());
    return switch (line.kind()) {
      case RESULT -> result(actor, line, known);
      case CORRECTION -> correction(actor, line, known);
      case INVALIDATION -> invalidation(actor, line, known);
    };
  }

  /** Only the first word stands by itself: what comes after it repeats it or is in doubt. */
  private Receipt result(Actor actor, ExamRecordLine line, List<ExamRecord> known) {
    if (known.stream().anyMatch(earlier -> earlier.says(line))) {
      return Receipt.REPEATED;
    }
    if (!known.isEmpty()) {
      return hold(actor, line, known);
    }
    stand(actor, line, links.of(line), null);
    return Receipt.STORED;
  }

  private Receipt correction(Actor actor, ExamRecordLine line, List<ExamRecord> known) {
    Optional<ExamRecord> standing = RecordStore.standingOf(known);
    if (standing.filter(now -> now.says(line)).isPresent()) {
      return Receipt.REPEATED;
    }
    Optional<Receipt> saidBefore = saidBefore(actor, line, known);
    if (saidBefore.isPresent()) {
      return saidBefore.get();
    }
    boolean amends = standing.filter(now -> now.outcome() == line.outcome()).isPresent();
    known.stream()
        .filter(earlier -> !(amends && earlier.equals(standing.get())))
        .forEach(earlier -> giveWay(actor, earlier));
    RecordLinks.Link link = links.ofLater(line);
    AccountId before = ownerOf(known);
    if (amends) {
      store.amend(actor, standing.get(), line, firstOf(link.account(), before), link);
      links.conclude(link, line.outcome());
    } else {
      stand(actor, line, link, before);
    }
    return known.isEmpty() ? Receipt.STORED : Receipt.CORRECTED;
  }

  private Receipt invalidation(Actor actor, ExamRecordLine line, List<ExamRecord> known) {
    boolean open = known.stream().anyMatch(r -> r.state() != ExamRecordState.INVALIDATED);
    boolean voided = known.stream().anyMatch(r -> r.kind() == ExamRecordKind.INVALIDATION);
    if (!open && voided) {
      return Receipt.REPEATED;
    }
    Optional<Receipt> saidBefore = saidBefore(actor, line, known);
    if (saidBefore.isPresent()) {
      return saidBefore.get();
    }
    known.forEach(earlier -> giveWay(actor, earlier));
    store.add(actor, line, ExamRecordState.INVALIDATED, ownerOf(known), RecordLinks.Link.NONE);
    return Receipt.INVALIDATED;
  }

  /**
   * A correction or invalidation to the letter of an earlier one that has been overtaken since: an
   * old file read again, or meant once more? That is for an operator to say; asked once.
   */
  private Optional<Receipt> saidBefore(Actor actor, ExamRecordLine line, List<ExamRecord> known) {
    List<ExamRecord> same = known.stream().filter(r -> r.isRepeatedBy(line)).toList();
    if (same.isEmpty()) {
      return Optional.empty();
    }
    boolean asked = same.stream().anyMatch(r -> r.state() == ExamRecordState.HELD);
    return Optional.of(asked ? Receipt.REPEATED : hold(actor, line, known));
  }

  private Receipt hold(Actor actor, ExamRecordLine line, List<ExamRecord> known) {
    RecordLinks.Link link =
        line.kind() == ExamRecordKind.INVALIDATION ? RecordLinks.Link.NONE : links.ofLater(line);
    store.add(actor, line, ExamRecordState.HELD, firstOf(link.account(), ownerOf(known)), link);
    return Receipt.HELD;
  }

  private void giveWay(Actor actor, ExamRecord earlier) {
    if (earlier.state() != ExamRecordState.INVALIDATED) {
      store.move(
          actor,
          Operation.INVALIDATE_RECORD,
          earlier,
          earlier.with(ExamRecordState.INVALIDATED, earlier.accountId()),
          null);
    }
  }

  private void stand(
      Actor actor, ExamRecordLine line, RecordLinks.Link link, @Nullable AccountId otherwise) {
    ExamRecord stands =
        store.add(actor, line, ExamRecordState.RECEIVED, firstOf(link.account(), otherwise), link);
    store.received(stands);
    links.conclude(link, line.outcome());
  }

  /** Whose exam it was, as far as anything tells that was said before and is not in doubt. */
  private static @Nullable AccountId ownerOf(List<ExamRecord> known) {
    return known.stream()
        .filter(earlier -> earlier.state() != ExamRecordState.HELD)
        .map(ExamRecord::accountId)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable AccountId firstOf(
      @Nullable AccountId one, @Nullable AccountId otherwise) {
    return one != null ? one : otherwise;
  }
}
