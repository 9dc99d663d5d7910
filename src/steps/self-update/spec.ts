import type { ActionSpec } from '../../pipeline/action-spec';
import type { BuildSpec } from '../build/spec';

/**
 * Describes the deployment of the stack of the pipeline. Its commands follow from the path of the stack in the
 * construct tree.
 */
export interface SelfUpdateSpec extends ActionSpec {
  readonly kind: 'self-update';
  readonly build: BuildSpec;
  /**
   * Version of the CDK command.
   *
   * @default - the one that the assembly asks for
   */
  readonly cliVersion?: string;
}
