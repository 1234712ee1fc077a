/** Invitations into an organization, and the join requests that they lead to. */
@NullMarked
package io.acpbenefits.invitation;

import org.jspecify.annotations.NullMarked;
