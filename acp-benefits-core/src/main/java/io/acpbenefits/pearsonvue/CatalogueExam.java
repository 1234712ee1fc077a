package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exam that Pearson VUE offers.
 *
 * @param examId which exam; the library's own id, to which an adapter maps Pearson VUE's
 * @param name as Pearson VUE's "View exams" shows it, 1 to 500 characters
 * @param price what it costs without a code
 * @param endsAt from this instant on it is neither booked nor sat, if known
 */
public record CatalogueExam(ExamId examId, String name, Price price, @Nullable Instant endsAt) {

  /** Checks the name. */
  public CatalogueExam {
    Texts.require("An exam's name", name, 500);
  }

  void requireAlive(Instant at) {
    if (endsAt != null && !at.isBefore(endsAt)) {
      throw Refusal.of(
          Reason.EXAM_RETIRED, "Pearson VUE no longer offers exam %s since %s.", examId, endsAt);
    }
  }
}
