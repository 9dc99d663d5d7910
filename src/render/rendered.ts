import type {
  aws_cloudfront as cloudfront,
  aws_codebuild as codebuild,
  aws_codedeploy as codedeploy,
  aws_codepipeline as codepipeline,
  aws_iam as iam,
  aws_s3 as s3,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CrossAccountSource, EnvironmentContext } from './environment-context';
import type { Statement } from './grants';
import type { ActionSpec, PipelinePlan, StepPlan } from '../pipeline/pipeline-plan';

/** What every renderer of an action gets to know. */
export interface RenderContext {
  /** The pattern; everything is made below it. */
  readonly scope: Construct;
  readonly plan: PipelinePlan;
  readonly pipelineName: string;
  readonly pipelineRole: iam.IRole;
  readonly artifactBucket: s3.IBucket;
  /** Where each environment is. */
  readonly environments: ReadonlyMap<string, EnvironmentContext>;
  /** Sources in other accounts. */
  readonly sources: ReadonlyMap<string, CrossAccountSource>;
  /** What was rendered before, by the name of its action: of those whose artifacts or environment the action uses. */
  readonly earlier: ReadonlyMap<string, RenderedAction>;
  /** What an action may do that logs on compute of CodePipeline; makes the log group when first asked. */
  readonly actionLogs: () => readonly Statement[];
}

/** What the rendering of one action gives to the pipeline and to the actions after it. */
export interface RenderedAction {
  /** An action that renders itself; everything else about it is ignored. */
  readonly action?: codepipeline.IAction;
  /** Environment variables of an action that has some of its own. */
  readonly environmentVariables?: readonly codepipeline.CfnPipeline.EnvironmentVariableProperty[];
  /** What a build must be allowed that clones this source. */
  readonly cloneStatements?: readonly Statement[];
  /** The event that a change of this source is. */
  readonly change?: SourceChange;
  /** What an environment tells of itself to its tests: environment variables. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly configuration?: Record<string, string>;
  readonly commands?: string[];
  /** The role that the action runs under; the pipeline's own when there is none. */
  readonly role?: iam.IRole;
  /** The region that the action runs in, when it is not that of the pipeline. */
  readonly region?: string;
  /** Variables that the action gives, under the namespace of its name, when its plan knows of none. */
  readonly exports?: readonly string[];
  /** What the pipeline's role must be allowed because of this action. */
  readonly pipelineStatements?: readonly Statement[];
  readonly build?: RenderedBuild;
  /** The role that was created for this step alone, where it has no project. */
  readonly stepRole?: RenderedStepRole;
  /** What was made of the environment that the action deploys to. */
  readonly environment?: RenderedEnvironment;
}

/** A change of a source, as EventBridge tells it. */
export interface SourceChange {
  readonly pattern: Readonly<Record<string, unknown>>;
  /** The kind of revision that the event names, and where in the event. */
  readonly revisionType: string;
  readonly revisionPath: string;
}

/** The role that was created for a step. */
export interface RenderedStepRole {
  readonly stepName: string;
  readonly role: iam.Role;
}

/** The CodeBuild project of a step, with its role. */
export interface RenderedBuild extends RenderedStepRole {
  readonly project: codebuild.Project;
}

/** The bucket and the distribution of a static site. */
export interface RenderedSite {
  readonly bucket: s3.IBucket;
  readonly distribution: cloudfront.IDistribution;
  /** Key prefix of what the distribution serves. */
  readonly prefix: string;
  /** Address of the site. */
  readonly url: string;
  /** Store that names the live release, when each release has a folder. */
  readonly releaseStore?: cloudfront.KeyValueStore;
}

/** What an environment consists of. */
export interface RenderedEnvironment {
  readonly environmentName: string;
  readonly actionRole: iam.Role;
  readonly site?: RenderedSite;
  /** What CloudFormation works with. */
  readonly cloudFormationRole?: iam.IRole;
  /** What moves the traffic of a service. */
  readonly deploymentGroup?: codedeploy.IEcsDeploymentGroup;
  /** Which of several deployments it is, where it has a name of its own. */
  readonly deploymentName?: string;
}

/** Makes what an action needs, and says how to configure it. */
export type ActionRenderer<W extends ActionSpec = ActionSpec> = (
  context: RenderContext,
  spec: W,
  action: StepPlan,
) => RenderedAction;

export interface RenderedPipeline {
  readonly pipeline: codepipeline.Pipeline;
  readonly role: iam.Role;
  readonly artifactBucket: s3.Bucket;
  readonly builds: RenderedBuild[];
  /** Roles of steps that have no project. */
  readonly stepRoles: RenderedStepRole[];
  readonly environments: RenderedEnvironment[];
}
