package io.acpbenefits.examrecord;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.FeedMapper.FeedRow;
import io.acpbenefits.examrecord.FeedMapper.Origin;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over a file: goes past the lines that were taken before, and takes the others in chunks,
 * each with the position behind it in one transaction. Used once, by one thread; never holds more
 * than one chunk.
 */
final class FeedRun {

  /** How many lines are taken in one transaction. */
  static final int CHUNK = 200;

  private static final Logger LOG = LoggerFactory.getLogger(FeedRun.class);

  /** A line, and the fingerprint of the file up to it. */
  private record Marked(FeedLine line, String fingerprint) {}

  /** Somebody else takes lines of the same file. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Domain domain;
  private final FeedLines lines;
  private final Rows<FeedMapper> rows;
  private final Actor actor;
  private final FeedName name;
  private final Fingerprint fingerprint = new Fingerprint();
  private final List<Marked> chunk = new ArrayList<>();
  private final String fingerprintBefore;
  private final long takenBefore;
  private long read;
  private long taken;
  private final boolean finishedBefore;
  private boolean begun;
  private boolean failed;
  private boolean refused;

  FeedRun(Domain domain, FeedLines lines, Actor actor, FeedName name) {
    this.domain = domain;
    this.lines = lines;
    this.rows = lines.rows();
    this.actor = actor;
    this.name = name;
    FeedRow before = rows.get(m -> m.find(name)).orElse(null);
    this.takenBefore = before == null ? 0 : before.linesTaken();
    this.fingerprintBefore = before == null ? "" : before.fingerprint();
    this.finishedBefore = before != null && before.state() == FeedState.FINISHED;
    this.taken = takenBefore;
  }

  void take(ExamRecordFeed feed) {
    try {
      readAll(feed);
      requireNotShorter();
      takeChunk();
      if (!finishedBefore || taken > takenBefore) {
        begin();
        state(FeedState.FINISHED, null);
      }
    } catch (Overtaken e) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "Another import of feed %s is under way; wait for its end, then import it again.",
          name);
    } catch (RuntimeException failure) {
      if (!refused) {
        stop(failure);
      }
      throw failure;
    }
  }

  private void readAll(ExamRecordFeed feed) {
    try {
      feed.forEach(this::accept);
    } catch (RuntimeException failure) {
      if (!failed && !refused) {
        // What could be read before the feed broke off stands.
        takeChunk();
      }
      throw failure;
    }
  }

  private void accept(FeedLine line) {
    read++;
    String mark = fingerprint.after(line);
    if (read < takenBefore) {
      return;
    }
    if (read == takenBefore) {
      requireUnchanged(mark);
      return;
    }
    chunk.add(new Marked(line, mark));
    if (chunk.size() == CHUNK) {
      takeChunk();
    }
  }

  private void requireUnchanged(String mark) {
    if (!mark.equals(fingerprintBefore)) {
      refused = true;
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The first %d lines of feed %s are not those that were taken before; import the changed"
              + " file under another name, and what it repeats will be ignored.",
          takenBefore,
          name);
    }
  }

  private void requireNotShorter() {
    if (read < takenBefore) {
      refused = true;
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Feed %s has %d lines, but %d were taken before; import the changed file under another"
              + " name, and what it repeats will be ignored.",
          name,
          read,
          takenBefore);
    }
  }

  private void takeChunk() {
    List<Marked> next = List.copyOf(chunk);
    chunk.clear();
    if (next.isEmpty()) {
      return;
    }
    try {
      begin();
      store(next);
    } catch (Overtaken overtaken) {
      failed = true;
      throw overtaken;
    } catch (RuntimeException failure) {
      requireNotLost(failure);
      LOG.debug("A chunk of feed {} failed and is taken line by line", name, failure);
      oneByOne(next);
    }
  }

  private void requireNotLost(RuntimeException failure) {
    failed = true;
    domain.requireNotLost(failure);
    failed = false;
  }

  /**
   * A line that cannot be taken does not take its neighbours along, nor does a deadlock, unless it
   * took along a transaction of the host.
   */
  private void oneByOne(List<Marked> chunk) {
    try {
      chunk.forEach(line -> store(List.of(line)));
    } catch (RuntimeException failure) {
      failed = true;
      throw failure;
    }
  }

  private void begin() {
    if (!begun) {
      domain.run(() -> rows.insertIfMissing(m -> m.insert(name, domain.now())));
      state(FeedState.RUNNING, null);
      begun = true;
    }
  }

  private void store(List<Marked> next) {
    Marked last = next.get(next.size() - 1);
    domain.allOrNothing(
        () -> {
          if (rows.get(m -> m.lock(name)).orElseThrow().linesTaken() != taken) {
            throw new Overtaken();
          }
          FeedCounts counts =
              lines.take(actor, Origin.FILE, name, taken, next.stream().map(Marked::line).toList());
          rows.one(
              m ->
                  m.advance(
                      name,
                      next.size(),
                      last.line().number(),
                      last.fingerprint(),
                      counts,
                      domain.now()));
          return counts;
        });
    taken += next.size();
  }

  private void stop(RuntimeException failure) {
    try {
      domain.requireNotLost(failure);
      begin();
      state(FeedState.STOPPED, Failures.nameOf(failure));
    } catch (RuntimeException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private void state(FeedState state, @Nullable String failure) {
    int hit =
        domain.inTransaction(
            () ->
                rows.get(
                    m ->
                        m.setState(
                            name,
                            taken,
                            state,
                            state == FeedState.FINISHED ? domain.now() : null,
                            failure,
                            domain.now())));
    if (hit == 0) {
      throw new Overtaken();
    }
  }
}
