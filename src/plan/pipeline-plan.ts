import type { aws_cloudfront as cloudfront, aws_s3 as s3, aws_certificatemanager as acm } from 'aws-cdk-lib';
import type { ActionProviderId } from '../facts/action-providers';

/**
 * What a pipeline consists of, decided but not yet rendered. Plain data: primitives, other plan objects, and L2 constructs of the
 * user that plan code carries but never reads.
 */
export interface PipelinePlan {
  readonly stages: readonly StagePlan[];
  /** Days that an artifact is kept. */
  readonly artifactDays: number;
  /** Days that the logs of builds and deployments are kept. */
  readonly logDays: number;
}

export interface StagePlan {
  readonly name: string;
  /** Goes back to the last release that succeeded here when the stage fails. */
  readonly rollBack: boolean;
  readonly actions: readonly ActionPlan[];
}

export interface ActionPlan {
  /** Unique in the pipeline. */
  readonly name: string;
  readonly provider: ActionProviderId;
  readonly runOrder: number;
  /** Names of artifacts, which are the names of the actions that make them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Namespace of the variables that the action produces. */
  readonly namespace?: string;
  /** How long an approval waits. */
  readonly timeoutMinutes?: number;
  /** The part of the configuration that is known before anything is rendered. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly work: WorkPlan;
}

/** What an action does, and all that rendering it needs. */
export type WorkPlan = ConnectionSourcePlan | BuildPlan | StaticSitePlan | ApprovalPlan;

export interface ConnectionSourcePlan {
  readonly kind: 'connection-source';
  readonly connection: ConnectionPlan;
  readonly repository: string;
  readonly branch: string;
}

export type ConnectionPlan =
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'parameter'; readonly parameterName: string }
  | { readonly kind: 'new'; readonly name?: string; readonly providerType: string };

export interface BuildPlan {
  readonly kind: 'build';
  /** The folder of the repository that is built, without a slash at its end; `.` is the top. */
  readonly directory: string;
  /** What becomes the artifact, below `directory`. */
  readonly outputDirectory: string;
  readonly runtimes: Readonly<Record<string, string>>;
  readonly phases: { readonly install: readonly string[]; readonly build: readonly string[] };
  readonly cachePaths: readonly string[];
  /** Files below `directory`. */
  readonly testReports: readonly string[];
  readonly coverageReports: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
}

export interface StaticSitePlan {
  readonly kind: 'static-site';
  readonly environment: string;
  readonly hosting: HostingPlan;
  readonly atomic: boolean;
  /** The patterns that the user gave, to be checked. */
  readonly immutablePaths: readonly string[];
  /** Regular expression over the paths of files that browsers may keep for good. */
  readonly immutable: string;
}

export type HostingPlan = ManagedHostingPlan | ExistingHostingPlan;

export interface ManagedHostingPlan {
  readonly kind: 'managed';
  readonly singlePage: boolean;
  readonly domainNames: readonly string[];
  readonly certificate?: acm.ICertificate;
  readonly responseHeadersPolicy?: cloudfront.IResponseHeadersPolicy;
  readonly webAclArn?: string;
  readonly accessLogs: boolean;
}

export interface ExistingHostingPlan {
  readonly kind: 'existing';
  readonly bucket: s3.IBucket;
  readonly distribution: cloudfront.IDistribution;
  /** Key prefix that the distribution serves: empty, or ending in a slash. */
  readonly prefix: string;
}

export interface ApprovalPlan {
  readonly kind: 'approval';
}

/** All actions of a pipeline, in the order in which they may start. */
export function allActions(plan: PipelinePlan): ActionPlan[] {
  return plan.stages.flatMap((stage) => [...stage.actions].sort((a, b) => a.runOrder - b.runOrder));
}

/** Every action with the actions that have ended when it starts. */
export function inOrder(plan: PipelinePlan): Array<{ stage: StagePlan; action: ActionPlan; earlier: ActionPlan[] }> {
  return plan.stages.flatMap((stage, s) => stage.actions.map((action) => ({
    stage,
    action,
    earlier: [
      ...plan.stages.slice(0, s).flatMap((one) => one.actions),
      ...stage.actions.filter((other) => other.runOrder < action.runOrder),
    ],
  })));
}
