package io.acpbenefits.insight;

import io.acpbenefits.exam.ExamLevel;

/**
 * What counts for a partner, of one level: somebody who holds several certificates of the level is
 * one person.
 *
 * @param level which level
 * @param count how many certificates and people
 */
public record LevelTally(ExamLevel level, Count count) {}
