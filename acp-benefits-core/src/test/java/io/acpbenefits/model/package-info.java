/**
 * The domain once more, small and in memory, and a driver that lets random people do random things
 * with both.
 */
@NullMarked
package io.acpbenefits.model;

import org.jspecify.annotations.NullMarked;
