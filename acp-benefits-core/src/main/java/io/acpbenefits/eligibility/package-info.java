/** Keeps quotas in step with certificates, members and tiers, as far as the quota policy says. */
@NullMarked
package io.acpbenefits.eligibility;

import org.jspecify.annotations.NullMarked;
