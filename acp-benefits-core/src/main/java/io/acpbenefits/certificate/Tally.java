package io.acpbenefits.certificate;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;

/**
 * What counts for a partner, of one exam.
 *
 * @param partnerId for whom
 * @param examId which exam
 * @param level the exam's level
 * @param certificates how many certificates
 * @param people how many different people hold them
 */
public record Tally(
    PartnerId partnerId, ExamId examId, ExamLevel level, long certificates, long people) {}
