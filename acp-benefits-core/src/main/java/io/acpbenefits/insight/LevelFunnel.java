package io.acpbenefits.insight;

import io.acpbenefits.exam.ExamLevel;

/**
 * The funnels of all exams of a level together.
 *
 * @param level which level
 * @param funnel the counts
 */
public record LevelFunnel(ExamLevel level, Funnel funnel) {}
