package io.acpbenefits.workflows;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * Tells who acts when somebody completes a task in a task list. Core then decides whether that
 * actor may. Implementations are thread-safe; they are called on the thread of the completion,
 * inside its transaction.
 */
@FunctionalInterface
public interface ActorResolver {

  /**
   * Who acts on the calling thread.
   *
   * @param identities the engine's identity service, which knows the authenticated user
   * @return the actor
   * @throws Refusal NOT_PERMITTED if nobody is known; the task then stays open
   */
  Actor resolve(IdentityService identities);

  /**
   * The default: the account whose id is the user id of the engine's current authentication.
   *
   * @return the resolver; refuses with NOT_PERMITTED where no user is authenticated
   */
  static ActorResolver authenticatedUser() {
    return identities -> {
      Authentication authentication = identities.getCurrentAuthentication();
      if (authentication == null || authentication.getUserId() == null) {
        throw new Refusal(
            Reason.NOT_PERMITTED, "Nobody is signed in to the process engine; sign in first.");
      }
      return Actor.account(authentication.getUserId());
    };
  }
}
