package io.acpbenefits.examples.quickstart;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.examples.quickstart.input.BadInput;
import io.acpbenefits.examples.quickstart.input.JourneyFolder;
import io.acpbenefits.examples.quickstart.report.ReportData;
import io.acpbenefits.examples.quickstart.report.Reports;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/**
 * The main job: reads a journey folder, plays it through the library in virtual time, prints an
 * account and writes reports. The options are system properties, see {@link Options}.
 *
 * <p>Exit status: 0 played; 2 bad input, nothing changed; 1 anything else.
 */
public final class Quickstart {

  private Quickstart() {}

  /**
   * Plays.
   *
   * @param arguments none; options are system properties
   */
  public static void main(String[] arguments) {
    int status = run(System.getProperties(), System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(Properties properties, PrintStream out, PrintStream err) {
    try {
      play(Options.of(properties), out);
      return 0;
    } catch (BadInput bad) {
      err.println(bad.getMessage());
      return 2;
    } catch (BadOption bad) {
      err.println(bad.getMessage());
      return 2;
    } catch (BenefitsException | UncheckedIOException failure) {
      err.println(failure.getMessage());
      return 1;
    }
  }

  private static void play(Options options, PrintStream out) {
    JourneyFolder folder = JourneyFolder.read(options.journey());
    options.requireUsableOutput();
    try (Storage storage = Storage.open(options, out)) {
      try {
        play(options, folder, storage, out);
      } catch (BadInput | BadOption bad) {
        storage.abandonIfNew();
        throw bad;
      }
    }
  }

  private static void play(
      Options options, JourneyFolder folder, Storage storage, PrintStream out) {
    Played played = new Played(storage.dataSource());
    played.requireSame(storage.keys());
    played.requireContinuable(folder);
    Instant start = played.lastInstant().orElse(firstInstant(folder));
    TimelineRecorder timeline = new TimelineRecorder(played);
    try (VirtualTime time = VirtualTime.startingAt(start);
        BenefitsEngine engine =
            BenefitsEngine.on(storage.dataSource())
                .keys(storage.keys())
                .clock(time.clock())
                .jobExecutor(false)
                .enginePlugin(timeline)
                .build()) {
      time.attach(engine.processEngine());
      timeline.recordInto(engine.benefits());
      Account account = new Account(out);
      account.begin(options, folder);
      new Player(engine.benefits(), time, played, timeline, account).play(folder, storage.keys());
      ReportData data = new ReportAssembly(engine.benefits(), played).assemble();
      Reports.write(options.output(), data);
      account.end(options, data);
    }
  }

  /** A journey begins with its first row; without rows, with its first quota. */
  private static Instant firstInstant(JourneyFolder folder) {
    return folder.rowsInOrder().stream()
        .map(row -> row.at())
        .findFirst()
        .or(() -> folder.quotas().stream().map(quota -> quota.validFrom()).min(Instant::compareTo))
        .orElse(Instant.EPOCH);
  }
}
