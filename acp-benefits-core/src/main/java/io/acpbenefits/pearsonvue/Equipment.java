package io.acpbenefits.pearsonvue;

/**
 * What a candidate would sit an online exam with, as the host's page has found it.
 *
 * @param camera whether there is one
 * @param microphone whether there is one
 * @param megabitsPerSecond how fast the connection is
 */
public record Equipment(boolean camera, boolean microphone, int megabitsPerSecond) {}
