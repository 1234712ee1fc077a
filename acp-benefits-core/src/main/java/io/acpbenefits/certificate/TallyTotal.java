package io.acpbenefits.certificate;

import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;

/**
 * What counts for a partner, of all exams of a level together. Somebody with certificates of two
 * exams is one of the people here.
 *
 * @param partnerId for whom
 * @param level which level
 * @param certificates how many certificates
 * @param people how many different people hold them
 */
public record TallyTotal(PartnerId partnerId, ExamLevel level, long certificates, long people) {}
