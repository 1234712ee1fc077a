package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.ExamRecordKind;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.secret.SealedSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Pearson VUE tells of exams, each line once it is old enough.
 *
 * <p>Lines are numbered under one lock that is held until the commit, so that whoever has read a
 * number will never see a smaller one come later; and none is told before the one ahead of it.
 */
final class Results implements ExamRecordSource {

  private final Domain domain;
  private final PearsonVuePolicy policy;
  private final Vouchers vouchers;
  private final Rows<ResultMapper> rows;

  Results(Domain domain, PearsonVuePolicy policy, Vouchers vouchers) {
    this.domain = domain;
    this.policy = policy;
    this.vouchers = vouchers;
    this.rows = domain.rows(ResultMapper.class);
  }

  void append(BookingId booking, ExamRecordKind kind, ExamResult result) {
    ResultMapper.FeedRow last = rows.get(ResultMapper::lockFeed);
    Instant now = domain.now();
    Instant due = now.plus(policy.feedDelay());
    ResultMapper.FeedRow next =
        new ResultMapper.FeedRow(
            last.lastNumber() + 1, due.isAfter(last.lastToldFrom()) ? due : last.lastToldFrom());
    rows.one(m -> m.moveFeed(next));
    rows.one(m -> m.insert(next, booking, kind, result, now));
  }

  @Override
  public Batch next(@Nullable String cursor, int atMost) {
    if (atMost < 1) {
      throw Refusal.of(Reason.INVALID_INPUT, "A batch has at least 1 line, not %d.", atMost);
    }
    long after = numberOf(cursor);
    List<ResultMapper.ResultRow> told = rows.get(m -> m.told(after, domain.now(), atMost));
    List<FeedLine> lines = new ArrayList<>();
    for (ResultMapper.ResultRow row : told) {
      lines.add(new FeedLine.Parsed(lines.size() + 1L, line(row)));
    }
    return new Batch(
        lines, told.isEmpty() ? cursor : String.valueOf(told.get(told.size() - 1).resultNumber()));
  }

  private static long numberOf(@Nullable String cursor) {
    try {
      return cursor == null ? 0 : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          Reason.INVALID_INPUT, "Pass the cursor that the batch before returned, unchanged.");
    }
  }

  private ExamRecordLine line(ResultMapper.ResultRow row) {
    SealedSecret secret = row.secret();
    String voucher = row.voucherId();
    return new ExamRecordLine(
        new IdPair(row.candidateId(), row.registrationId()),
        row.examId(),
        row.startsAt(),
        row.outcome(),
        row.score(),
        secret == null || voucher == null ? null : vouchers.open(voucher, secret),
        row.kind());
  }
}
