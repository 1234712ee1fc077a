/** Figures for Micrometer, for hosts that have it on their class path. */
@NullMarked
package io.acpbenefits.workflows.metrics;

import org.jspecify.annotations.NullMarked;
