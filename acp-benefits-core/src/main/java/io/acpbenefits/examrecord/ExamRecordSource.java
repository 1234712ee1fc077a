package io.acpbenefits.examrecord;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where exam records are fetched from, batch by batch: Pearson VUE, or whatever stands between it
 * and the host.
 *
 * <p>Implementations must be thread-safe and must hand over the same lines again when asked with
 * the same cursor, until a later one was asked for. They may throw whatever they like: the fetch is
 * repeated later from the same cursor.
 */
@FunctionalInterface
public interface ExamRecordSource {

  /**
   * What has come since the cursor.
   *
   * @param cursor where the batch before ended; null for the very beginning
   * @param atMost how many lines the batch may have, at least 1
   * @return the lines, in the source's order; none if there is nothing new
   */
  Batch next(@Nullable String cursor, int atMost);

  /**
   * Some lines, and where to go on.
   *
   * @param lines in the source's order; numbered from 1 within the batch
   * @param cursor what to ask with next time, at most 500 characters; null only if nothing has come
   *     so far
   */
  record Batch(List<ExamRecordFeed.FeedLine> lines, @Nullable String cursor) {

    /** Keeps the list from being changed. */
    public Batch {
      lines = List.copyOf(lines);
    }
  }
}
