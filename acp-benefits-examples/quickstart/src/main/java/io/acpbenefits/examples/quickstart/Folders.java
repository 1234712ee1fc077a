package io.acpbenefits.examples.quickstart;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether something can be written in a folder, found out without writing. */
final class Folders {

  private Folders() {}

  /** What is in the way of writing in a folder, which is made if it is missing. */
  static Optional<String> obstacle(@Nullable Path folder) {
    if (folder == null) {
      return Optional.empty();
    }
    Path existing = folder.toAbsolutePath().normalize();
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      return Optional.of(existing + " is not a folder");
    }
    return Files.isWritable(existing)
        ? Optional.empty()
        : Optional.of("no permission to write to " + existing);
  }
}
