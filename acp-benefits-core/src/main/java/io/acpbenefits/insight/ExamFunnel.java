package io.acpbenefits.insight;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;

/**
 * The funnel of one exam.
 *
 * @param examId which exam
 * @param level its level
 * @param funnel the counts
 */
public record ExamFunnel(ExamId examId, ExamLevel level, Funnel funnel) {}
