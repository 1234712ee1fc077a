/** Time in the hand of the test: for hosts' tests, simulations and the shipped examples. */
@NullMarked
package io.acpbenefits.workflows.testkit;

import org.jspecify.annotations.NullMarked;
