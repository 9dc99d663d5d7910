import type { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { EnvironmentType } from '../../aws/builds';
import type { ReportFormat } from '../../aws/languages';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { NetworkPlan, SecretPlan } from '../build-access-plan';

/** Describes a build in a separate CodeBuild project. */
export interface BuildSpec extends ActionSpec {
  readonly kind: 'build';
  /** Folder of the repository that is built, without a trailing slash; `.` is the root. */
  readonly directory: string;
  /** Artifacts: the main one first, then the additional ones. */
  readonly outputs: readonly OutputPlan[];
  readonly runtimes: Readonly<Record<string, string>>;
  readonly phases: {
    readonly install: readonly string[];
    readonly build: readonly string[];
  };
  readonly cachePaths: readonly string[];
  readonly reports: readonly ReportPlan[];
  /**
   * All environment variables. Those that contain variables of the pipeline become part of the action, the others of
   * the project.
   */
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretPlan>>;
  readonly exportedVariables: readonly string[];
  readonly compute: ComputePlan;
  readonly network?: NetworkPlan;
  /** Undefined if the machine has a fixed limit. */
  readonly timeoutMinutes?: number;
  /** Whether commands use the Docker daemon. */
  readonly docker: boolean;
  /** Whether image layers are cached on the build host. */
  readonly layerCache: boolean;
  /** Repository to which commands push an image. They read its URI from `IMAGE_REPOSITORY`. */
  readonly pushesTo?: ecr.IRepository;
  /** Repository from which commands pull an image. They read its URI from `IMAGE_REPOSITORY`. */
  readonly pullsFrom?: ecr.IRepository;
  /** Sources of base images in ECR. Commands read their URIs from `BASE_IMAGES`. */
  readonly baseImages?: readonly EcrBaseImagePlan[];
  /**
   * ARNs of roles that commands assume. They may contain `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}`.
   */
  readonly assumedRoleArns?: readonly string[];
  readonly matrix?: MatrixPlan;
}

/** Describes values of environment variables. A build runs for each combination. */
export interface MatrixPlan {
  readonly variables: Readonly<Record<string, readonly string[]>>;
  /** Whether a failed build stops the others. */
  readonly failFast: boolean;
}

/** Describes an artifact of a build. */
export interface OutputPlan {
  /** Name of the artifact. */
  readonly artifact: string;
  /** Folder that becomes the artifact, relative to the folder that is built. */
  readonly folder: string;
}

/** Describes reports of a build. */
export interface ReportPlan {
  readonly name: 'tests' | 'coverage';
  /** Files relative to the folder that is built. */
  readonly files: readonly string[];
  readonly format: ReportFormat;
}

/** Describes the machine of a build. */
export interface ComputePlan {
  readonly environmentType: EnvironmentType;
  readonly computeType: string;
  /** Undefined if CodeBuild has no suitable image. */
  readonly image?: ImageReferencePlan;
}

/** Describes the image of a build machine. */
export type ImageReferencePlan =
  | { readonly kind: 'standard'; readonly id: string }
  | { readonly kind: 'ecr'; readonly repository: ecr.IRepository; readonly tagOrDigest: string }
  | { readonly kind: 'registry'; readonly name: string; readonly credentials?: secretsmanager.ISecret };

/** Describes a source of base images in ECR. */
export type EcrBaseImagePlan =
  | { readonly kind: 'ecr'; readonly repository: ecr.IRepository }
  /** Pull-through cache in the account and Region of the pipeline. */
  | { readonly kind: 'pull-through'; readonly prefix: string };
