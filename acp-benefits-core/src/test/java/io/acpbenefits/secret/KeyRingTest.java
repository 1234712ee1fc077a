package io.acpbenefits.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir Path folder = Path.of("replaced");

  @Test
  void writesAFileThatOnlyItsOwnerMayReadOrWrite() throws IOException {
    Path file = folder.resolve("keys");
    KeyRing.createFile(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void readsBackWhatItWrote() {
    Path file = folder.resolve("keys");
    KeyRing written = KeyRing.createFile(file);
    KeyRing read = KeyRing.ofFile(file);

    assertThat(read.encryptionKey(read.encryptionKeyId()))
        .isEqualTo(written.encryptionKey(written.encryptionKeyId()));
    assertThat(read.lookupKey(read.lookupKeyId()))
        .isEqualTo(written.lookupKey(written.lookupKeyId()));
    String sealed = new Vault(written).lookup("CODE1");
    assertThat(new Vault(read).lookup("CODE1")).isEqualTo(sealed);
  }

  @Test
  void usesSeparateKeysOf256BitsThatAreNewEachTime() {
    KeyRing one = KeyRing.ephemeral();
    KeyRing other = KeyRing.createFile(folder.resolve("keys"));
    byte[] encryption = one.encryptionKey("1").getEncoded();
    assertThat(encryption).hasSize(32).isNotEqualTo(one.lookupKey("1").getEncoded());
    assertThat(encryption).isNotEqualTo(other.encryptionKey("1").getEncoded());
  }

  @Test
  void refusesToOverwriteAFile() throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "mine");
    assertThatThrownBy(() -> KeyRing.createFile(file))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("exists already")
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("mine");
  }

  @Test
  void saysWhichFileIsMissingOrCannotBeWritten() {
    Path missing = folder.resolve("none/keys");
    assertThatThrownBy(() -> KeyRing.ofFile(missing))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> KeyRing.createFile(missing))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining(missing.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "encryption.current=1",
        "encryption.current=2\nlookup.current=1\nencryption.1=" + KEY + "\nlookup.1=" + KEY,
        "encryption.current=1\nlookup.current=1\nencryption.1=" + KEY,
        "encryption.current=1\nlookup.current=1\nencryption.1=***\nlookup.1=" + KEY,
        "encryption.current=1\nlookup.current=1\nencryption.1=AAAA\nlookup.1=" + KEY,
        "encryption.current=1\nlookup.current=1\nencryption.1=\\u00\nlookup.1=" + KEY,
        "\u0000\u0001\u0002",
      })
  void refusesAMalformedFileByItsNameWithoutShowingWhatItHolds(String contents) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, contents);
    assertThatThrownBy(() -> KeyRing.ofFile(file))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain(KEY);
  }

  @Test
  void saysWhatToDoWhereThereIsNoFile() {
    Path file = folder.resolve("keys");
    assertThatThrownBy(() -> KeyRing.ofFile(file))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("no key file " + file)
        .hasMessageContaining("KeyRing.createFile");
  }

  @Test
  void refusesAFileThatIsNotText() throws IOException {
    Path file = folder.resolve("keys");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> KeyRing.ofFile(file))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("could not be read");
  }

  @Test
  void keepsOlderKeysBesideTheCurrentOne() throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(
        file,
        "encryption.current=2\nlookup.current=1\nencryption.1=%s\nencryption.2=%s\nlookup.1=%s\n"
            .formatted(KEY, KEY.replace('A', 'B').replace("BB=", "BA="), KEY));
    KeyRing keys = KeyRing.ofFile(file);
    assertThat(keys.encryptionKeyId()).isEqualTo("2");
    assertThat(keys.encryptionKey("1")).isNotEqualTo(keys.encryptionKey("2"));
    assertThatThrownBy(() -> keys.encryptionKey("3"))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("encryption.3");
  }
}
