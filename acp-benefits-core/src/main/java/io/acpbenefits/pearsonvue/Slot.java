package io.acpbenefits.pearsonvue;

import io.acpbenefits.registration.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time at which any exam can be sat, at one test center or online. Its start never changes.
 *
 * @param slotId its id
 * @param delivery where
 * @param testCenterId at which test center; null online
 * @param startsAt when it begins, in UTC
 * @param capacity how many seats it has
 * @param free how many of them nobody had when this was read
 */
public record Slot(
    SlotId slotId,
    Delivery delivery,
    @Nullable TestCenterId testCenterId,
    Instant startsAt,
    int capacity,
    int free) {}
