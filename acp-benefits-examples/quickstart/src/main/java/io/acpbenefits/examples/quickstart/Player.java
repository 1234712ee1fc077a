package io.acpbenefits.examples.quickstart;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examples.quickstart.input.JourneyFolder;
import io.acpbenefits.examples.quickstart.input.JourneyRow;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plays rows in order of their times. On the way to a row's time whatever becomes due happens at
 * its own instant; the row is played when every job due at its time has run, while the clock stands
 * still.
 */
final class Player {

  private final AcpBenefits benefits;
  private final VirtualTime time;
  private final Played played;
  private final TimelineRecorder timeline;
  private final Account account;
  private final Actions actions;
  private final Outcomes outcomes;

  Player(
      AcpBenefits benefits,
      VirtualTime time,
      Played played,
      TimelineRecorder timeline,
      Account account) {
    this.benefits = benefits;
    this.time = time;
    this.played = played;
    this.timeline = timeline;
    this.account = account;
    this.actions = new Actions(benefits, played);
    this.outcomes = new Outcomes(benefits);
  }

  void play(JourneyFolder folder, KeyRing keys) {
    played.createTables();
    new Setup(benefits, played).prepare(folder, keys);
    for (JourneyRow row : folder.rowsInOrder()) {
      Optional<PlayedRow> earlier = played.row(row.row());
      if (earlier.isEmpty()) {
        advanceTo(row.at());
        conclude(row, act(row));
      } else if (earlier.get().outcome() == null) {
        // The program was stopped between the row and its jobs.
        timeline.playing(row.row());
        conclude(row, earlier.get());
      } else {
        account.skip();
      }
    }
  }

  private void advanceTo(Instant target) {
    for (Optional<Instant> due = nextBy(target); due.isPresent(); due = nextBy(target)) {
      if (due.get().isAfter(time.now())) {
        time.advanceTo(due.get());
      }
      settle();
    }
    time.advanceTo(target);
  }

  /** What a timer brings about may itself have an end before the target: one step at a time. */
  private Optional<Instant> nextBy(Instant target) {
    return Stream.of(dueBy(target), time.nextDue().filter(due -> !due.isAfter(target)))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> dueBy(Instant target) {
    return benefits.nextDue().filter(due -> !due.isAfter(target));
  }

  private void settle() {
    time.runDueJobs();
    if (dueBy(time.now()).isPresent() && benefits.settleDue() == 0) {
      throw new IllegalStateException("Something is due at " + time.now() + " but does not settle");
    }
    time.runDueJobs();
  }

  /** The row and the note that it was played are one transaction; a refusal is noted by itself. */
  private PlayedRow act(JourneyRow row) {
    timeline.playing(row.row());
    PlayedRow done;
    try {
      done =
          benefits.withConnection(
              connection -> {
                PlayedRow accepted = PlayedRows.accepted(row, actions.perform(row));
                played.add(connection, accepted);
                return accepted;
              });
    } catch (Refusal refusal) {
      done = PlayedRows.refused(row, refusal, actions.linkOf(row));
      PlayedRow refused = done;
      benefits.withConnection(
          connection -> {
            played.add(connection, refused);
            return true;
          });
    }
    played.remember(done);
    return done;
  }

  private void conclude(JourneyRow row, PlayedRow acted) {
    time.runDueJobs();
    PlayedRow concluded = acted.outcome() == null ? outcomes.conclude(row, acted) : acted;
    benefits.withConnection(
        connection -> {
          played.conclude(connection, concluded);
          return true;
        });
    account.row(concluded);
  }
}
