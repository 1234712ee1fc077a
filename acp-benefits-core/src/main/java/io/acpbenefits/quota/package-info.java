/** How many exam codes a partner may have: quotas per level and period, with their ledger. */
@NullMarked
package io.acpbenefits.quota;

import org.jspecify.annotations.NullMarked;
