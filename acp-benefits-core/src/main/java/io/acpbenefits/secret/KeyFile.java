package io.acpbenefits.secret;

import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys as a properties file: {@code encryption.current}, {@code encryption.<id>}, the same for
 * lookup.
 */
final class KeyFile {

  private static final int KEY_BYTES = 32;

  private KeyFile() {}

  static KeyRing read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new BenefitsException(
          ("There is no key file %s. For a new database, make one once with KeyRing.createFile;"
                  + " for one that has codes, put its own key file there.")
              .formatted(file),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BenefitsException("The key file " + file + " could not be read.", e);
    }
    Map<String, byte[]> keys = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (!name.endsWith(".current")) {
        keys.put(name, decoded(file, name, properties.getProperty(name)));
      }
    }
    return new Keys(
        current(file, properties, "encryption"), current(file, properties, "lookup"), keys);
  }

  private static String current(Path file, Properties properties, String use) {
    String id = properties.getProperty(use + ".current");
    if (id == null || !properties.containsKey(use + "." + id)) {
      throw new BenefitsException(
          "The key file %s does not name a key that it has in %s.current.".formatted(file, use));
    }
    return id;
  }

  private static byte[] decoded(Path file, String name, String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text.strip());
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for a key that is no key.
    }
    throw new BenefitsException(
        "The key file %s has no Base64 of %d bytes at %s.".formatted(file, KEY_BYTES, name));
  }

  static KeyRing create(Path file) {
    Keys keys = Keys.generated();
    try (var channel =
            Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                ownerOnly());
        Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      writer.write(
          "# Keys of ACP Benefits. Whoever has this file and the database has the codes.\n");
      writer.write("encryption.current=" + keys.encryptionKeyId() + "\n");
      writer.write("lookup.current=" + keys.lookupKeyId() + "\n");
      for (Map.Entry<String, byte[]> key : keys.bytes.entrySet()) {
        writer.write(
            key.getKey() + "=" + Base64.getEncoder().encodeToString(key.getValue()) + "\n");
      }
    } catch (FileAlreadyExistsException e) {
      throw new BenefitsException("The key file " + file + " exists already.", e);
    } catch (IOException e) {
      throw new BenefitsException("The key file " + file + " could not be written.", e);
    }
    return keys;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Keys held in memory, by {@code <use>.<id>}. */
  static final class Keys implements KeyRing {
    private final String encryption;
    private final String lookup;
    private final Map<String, byte[]> bytes;

    Keys(String encryption, String lookup, Map<String, byte[]> bytes) {
      this.encryption = encryption;
      this.lookup = lookup;
      this.bytes = new TreeMap<>(bytes);
    }

    static Keys generated() {
      SecureRandom random = new SecureRandom();
      byte[] encryption = new byte[KEY_BYTES];
      byte[] lookup = new byte[KEY_BYTES];
      random.nextBytes(encryption);
      random.nextBytes(lookup);
      return new Keys("1", "1", Map.of("encryption.1", encryption, "lookup.1", lookup));
    }

    @Override
    public String encryptionKeyId() {
      return encryption;
    }

    @Override
    public String lookupKeyId() {
      return lookup;
    }

    @Override
    public SecretKey encryptionKey(String id) {
      return new SecretKeySpec(key("encryption." + id), "AES");
    }

    @Override
    public SecretKey lookupKey(String id) {
      return new SecretKeySpec(key("lookup." + id), "HmacSHA256");
    }

    private byte[] key(String name) {
      byte[] key = bytes.get(name);
      if (key == null) {
        throw new BenefitsException(
            "The key ring has no key '%s'; the stored secrets were made with other keys."
                .formatted(name));
      }
      return key;
    }
  }
}
