package io.acpbenefits.certificate;

import java.util.List;

/**
 * Where a binding stands and what can be done, in sentences for a person. Never shows an id, nor
 * whose another record or certificate is.
 *
 * @param bindingId which binding
 * @param sentences what there is to say, the most important first; at least one; their wording may
 *     change
 */
public record BindingExplanation(BindingId bindingId, List<String> sentences) {

  /** Keeps the list from being changed. */
  public BindingExplanation {
    sentences = List.copyOf(sentences);
  }
}
