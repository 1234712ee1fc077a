/** Exam codes: issued to a partner, assigned to a member, reserved and redeemed by an exam. */
@NullMarked
package io.acpbenefits.examcode;

import org.jspecify.annotations.NullMarked;
