import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { MeshError } from '../mesh/mesh-error';
import { within } from './time-bound';

/** For how long logging in may take, in seconds: somebody may have to do something in a browser. */
const loginSeconds = 60;

/**
 * Runs the program that a kubeconfig logs in with, and reads the files that it names, so that their
 * failure is not taken for one of the API.
 *
 * @throws MeshError where it fails
 */
export async function logIn(name: string, config: KubeConfig): Promise<void> {
  try {
    await within(loginSeconds, config.applyToHTTPSOptions({}));
  } catch (error) {
    // Its output is no part of the message, because it may be half a token.
    const reason = error instanceof SyntaxError ? 'it printed no credentials' : (error as Error).message;
    throw new MeshError([
      {
        code: 'LIVE-CREDENTIALS',
        place: { file: name },
        found: `Logging in to ${name} as its kubeconfig says failed: ${reason.replace(/\s+/g, ' ').replace(/[. ]+$/, '')}.`,
        remedy: 'Log in once with kubectl, which says more, then try again.',
      },
    ]);
  }
}
