package io.acpbenefits.insight;

import io.acpbenefits.common.AccountId;
import java.time.Instant;

/**
 * A member to whom a code could be given.
 *
 * @param member who
 * @param because why
 * @param memberSince since when, in UTC; within one reason, those who have been members longest
 *     come first
 */
public record Suggestion(AccountId member, Because because, Instant memberSince) {}
