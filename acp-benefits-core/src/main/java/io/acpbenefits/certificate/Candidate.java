package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;

/**
 * Somebody on the way to the certificate of an exam.
 *
 * @param accountKey what stands for the account where its id must not go
 * @param accountId who
 * @param examId which exam
 */
public record Candidate(String accountKey, AccountId accountId, ExamId examId) {}
