package io.acpbenefits.examrecord;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.IdPair;
import java.io.Reader;
import java.time.Instant;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Feeds for tests: made while they are read, and of any length. */
final class Reading {

  static final String HEADER = "candidate_id,registration_id,exam_id,taken_at,outcome,score\n";

  private Reading() {}

  static String csvLine(long number) {
    return "C-"
        + number
        + ",R-"
        + number
        + ",cloud,2026-03-01T09:00:00Z,FAIL,"
        + number % 100
        + "\n";
  }

  static ExamRecordFeed.FeedLine line(long number) {
    return new ExamRecordFeed.FeedLine.Parsed(
        number,
        new ExamRecordLine(
            new IdPair("C-" + number, "R-" + number),
            ExamId.of("cloud"),
            Instant.parse("2026-03-01T09:00:00Z"),
            ExamOutcome.FAIL,
            null,
            null));
  }

  /** Lines 1 to count. */
  static ExamRecordFeed lines(long count, LongFunction<ExamRecordFeed.FeedLine> line) {
    return consumer -> LongStream.rangeClosed(1, count).mapToObj(line).forEach(consumer);
  }

  static ExamRecordFeed lines(long count) {
    return lines(count, Reading::line);
  }

  /** The text of a file with so many lines behind its header, never whole in memory. */
  static Reader csv(long count, LongFunction<String> line) {
    return new Reader() {
      private String text = HEADER;
      private int at;
      private long next = 1;

      @Override
      public int read(char[] buffer, int offset, int length) {
        if (at == text.length()) {
          if (next > count) {
            return -1;
          }
          text = line.apply(next++);
          at = 0;
        }
        int some = Math.min(length, text.length() - at);
        text.getChars(at, at + some, buffer, offset);
        at += some;
        return some;
      }

      @Override
      public void close() {}
    };
  }
}
