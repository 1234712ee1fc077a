package io.acpbenefits.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.BenefitsException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VaultTest {

  private final Vault vault = new Vault(KeyRing.ephemeral());

  @Test
  void opensWhatItSealed() {
    SealedSecret sealed = vault.seal("CODE1", "code:1");
    assertThat(vault.open(sealed, "code:1")).isEqualTo("CODE1");
    assertThat(sealed.keyId()).isEqualTo("1");
  }

  @Test
  void neverSealsTheSameTextToTheSameBytes() {
    assertThat(vault.seal("CODE1", "code:1").cipher())
        .isNotEqualTo(vault.seal("CODE1", "code:1").cipher())
        .isNotEqualTo(vault.seal("CODE1", "code:2").cipher());
  }

  @Test
  void doesNotOpenForAnotherOwnerAnotherKeyOrChangedBytes() {
    SealedSecret sealed = vault.seal("CODE1", "code:1");
    assertClearError(vault, sealed, "code:2");
    assertClearError(new Vault(KeyRing.ephemeral()), sealed, "code:1");
    for (int i = 0; i < sealed.cipher().length; i++) {
      byte[] changed = sealed.cipher().clone();
      changed[i] ^= 1;
      assertClearError(vault, new SealedSecret(changed, sealed.keyId()), "code:1");
    }
    for (int length = 0; length < sealed.cipher().length; length++) {
      byte[] cut = Arrays.copyOf(sealed.cipher(), length);
      assertClearError(vault, new SealedSecret(cut, sealed.keyId()), "code:1");
    }
  }

  private static void assertClearError(Vault vault, SealedSecret sealed, String belongsTo) {
    assertThatThrownBy(() -> vault.open(sealed, belongsTo))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("could not be decrypted")
        .hasMessageContaining("key file")
        .message()
        .doesNotContain("CODE1");
  }

  @Test
  void namesTheKeyThatIsMissing() {
    SealedSecret sealed = vault.seal("CODE1", "code:1");
    assertThatThrownBy(() -> vault.open(new SealedSecret(sealed.cipher(), "7"), "code:1"))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("encryption.7");
  }

  @Test
  void looksUpEqualTextsByTheSameHashOnlyUnderTheSameKey() {
    assertThat(vault.lookup("CODE1"))
        .hasSize(64)
        .isEqualTo(vault.lookup("CODE1"))
        .isNotEqualTo(vault.lookup("CODE2"))
        .isNotEqualTo(new Vault(KeyRing.ephemeral()).lookup("CODE1"));
  }
}
