import type { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { EnvironmentType } from '../../aws/builds';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { NetworkPlan, SecretPlan } from '../build-access-plan';

/** Describes a build in a CodeBuild project of its own. */
export interface BuildSpec extends ActionSpec {
  readonly kind: 'build';
  /** The folder of the repository that is built, without a slash at its end; `.` is the top. */
  readonly directory: string;
  /** What becomes an artifact: the one of the step first, then the named ones. */
  readonly outputs: readonly OutputPlan[];
  readonly runtimes: Readonly<Record<string, string>>;
  readonly phases: {
    readonly install: readonly string[];
    readonly build: readonly string[];
  };
  readonly cachePaths: readonly string[];
  readonly reports: readonly ReportPlan[];
  /**
   * All of them. Those with variables of the pipeline stand in the configuration of the action, the others in the
   * project.
   */
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretPlan>>;
  readonly exportedVariables: readonly string[];
  readonly compute: ComputePlan;
  readonly network?: NetworkPlan;
  /** Undefined where the machine has a limit of its own. */
  readonly timeoutMinutes?: number;
  /** The Docker daemon is used. */
  readonly docker: boolean;
  /** Layers of images are kept on the machine, should the next build get the same one. */
  readonly layerCache: boolean;
  /** The repository that an image is pushed to; commands find its URI in `IMAGE_REPOSITORY`. */
  readonly pushesTo?: ecr.IRepository;
  /** The repository that an image is pulled from; commands find its URI in `IMAGE_REPOSITORY`. */
  readonly pullsFrom?: ecr.IRepository;
  /** Where in ECR the images come from that an image is based on; commands find the URIs in `IMAGE_ORIGINS`. */
  readonly baseImages?: readonly BaseImagesPlan[];
  /** Roles that commands assume. ARNs may hold `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}`. */
  readonly assumedRoleArns?: readonly string[];
  readonly matrix?: MatrixPlan;
}

/** Describes values of environment variables, of which every combination is built at the same time. */
export interface MatrixPlan {
  readonly variables: Readonly<Record<string, readonly string[]>>;
  /** The first build that fails stops the others. */
  readonly failFast: boolean;
}

export interface OutputPlan {
  /** Name of the artifact. */
  readonly artifact: string;
  /** The folder that becomes it, below the folder that is built. */
  readonly folder: string;
}

export interface ReportPlan {
  readonly name: 'tests' | 'coverage';
  /** Files below the folder that is built. */
  readonly files: readonly string[];
  readonly format: string;
}

export interface ComputePlan {
  readonly environmentType: EnvironmentType;
  readonly computeType: string;
  /** Undefined when CodeBuild curates none that fits. */
  readonly image?: ImageReferencePlan;
}

export type ImageReferencePlan =
  | { readonly kind: 'standard'; readonly id: string }
  | { readonly kind: 'ecr'; readonly repository: ecr.IRepository; readonly tagOrDigest: string }
  | { readonly kind: 'registry'; readonly name: string; readonly credentials?: secretsmanager.ISecret };

export type BaseImagesPlan =
  | { readonly kind: 'ecr'; readonly repository: ecr.IRepository }
  /** Copies of images of other registries, in the registry of the account and region of the pipeline. */
  | { readonly kind: 'pull-through'; readonly prefix: string };
