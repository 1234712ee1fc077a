package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all threads of a round saw. */
record History(List<Attempt> attempts) {

  Stream<Attempt> of(String operation) {
    return attempts.stream().filter(attempt -> attempt.operation().equals(operation));
  }

  List<Attempt> done(String operation) {
    return of(operation).filter(Attempt::isDone).toList();
  }

  Map<String, List<Attempt>> doneBySubject(String operation) {
    return of(operation).filter(Attempt::isDone).collect(Collectors.groupingBy(Attempt::subject));
  }

  /** Nothing failed, and each refusal is one of those that meeting others explains. */
  void refusedOnlyFor(Reason... reasons) {
    List<String> names = Stream.of(reasons).map(Reason::name).toList();
    assertThat(attempts)
        .allSatisfy(
            attempt -> {
              assertThat(attempt.outcome()).isNotEqualTo(Attempt.Outcome.FAILED);
              if (!attempt.isDone()) {
                assertThat(attempt.answer()).isIn(names);
              }
            });
  }

  /** The time from the first beginning to the last end. */
  double seconds() {
    long begin = attempts.stream().mapToLong(Attempt::begin).min().orElse(0);
    long end = attempts.stream().mapToLong(Attempt::end).max().orElse(0);
    return (end - begin) / 1e9;
  }
}
