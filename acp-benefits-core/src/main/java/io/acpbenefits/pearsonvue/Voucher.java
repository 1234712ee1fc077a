package io.acpbenefits.pearsonvue;

import io.acpbenefits.exam.ExamId;
import java.time.Instant;

/**
 * An exam code as Pearson VUE knows it, without its text.
 *
 * @param voucherId under which the audit has what was done to it
 * @param examId the one exam that it pays for
 * @param state where it stands now
 * @param expiresAt exams that begin from this instant on it does not pay for
 */
public record Voucher(VoucherId voucherId, ExamId examId, VoucherState state, Instant expiresAt) {}
