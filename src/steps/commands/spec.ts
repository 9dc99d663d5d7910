import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/action-spec';
import type { NetworkPlan } from '../network-plan';
import type { SecretPlan } from '../secret-plan';

/** Describes commands on compute of CodePipeline. */
export interface CommandsSpec extends ActionSpec {
  readonly kind: 'commands';
  readonly secrets: Readonly<Record<string, SecretPlan>>;
  readonly network?: NetworkPlan;
  /** Repository whose images are described; commands find its URI in `IMAGE_REPOSITORY`. */
  readonly describes?: ecr.IRepository;
}
