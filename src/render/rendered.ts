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

/** Context of the renderer of an action. */
export interface RenderContext {
  /** Pattern, below which all resources are created. */
  readonly scope: Construct;
  readonly plan: PipelinePlan;
  readonly pipelineName: string;
  readonly pipelineRole: iam.IRole;
  readonly artifactBucket: s3.IBucket;
  /** Environments by name. */
  readonly environments: ReadonlyMap<string, EnvironmentContext>;
  /** Sources in other accounts by name. */
  readonly sources: ReadonlyMap<string, CrossAccountSource>;
  /** Rendered actions by name, of which this action uses artifacts or an environment. */
  readonly earlier: ReadonlyMap<string, RenderedAction>;
  /** Returns the statements for logging by actions on compute of CodePipeline. The first call creates the log group. */
  readonly actionLogs: () => readonly Statement[];
}

/** Describes a rendered action. */
export interface RenderedAction {
  /** Action of the user, which has its own configuration. The other fields are ignored. */
  readonly action?: codepipeline.IAction;
  /** Environment variables of the action. */
  readonly environmentVariables?: readonly codepipeline.CfnPipeline.EnvironmentVariableProperty[];
  /** Statements for builds that clone the source. */
  readonly cloneStatements?: readonly Statement[];
  /** Event that reports a change of the source. */
  readonly change?: SourceChange;
  /** Environment variables that the environment provides to its tests. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly configuration?: Record<string, string>;
  readonly commands?: string[];
  /** Role that the action runs under. By default, the role of the pipeline. */
  readonly role?: iam.IRole;
  /** Region that the action runs in, if it differs from that of the pipeline. */
  readonly region?: string;
  /** Variables that the action produces, if they are unknown in its plan. */
  readonly exports?: readonly string[];
  /** Statements for the role of the pipeline. */
  readonly pipelineStatements?: readonly Statement[];
  readonly build?: RenderedBuild;
  /** Role that was created for the step, if it has no project. */
  readonly stepRole?: RenderedStepRole;
  /** Resources of the environment that the action deploys to. */
  readonly environment?: RenderedEnvironment;
}

/** Describes the event in which EventBridge reports a change of a source. */
export interface SourceChange {
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Type of the revision in the event. */
  readonly revisionType: string;
  /** Path of the revision in the event. */
  readonly revisionPath: string;
}

/** Role that was created for a step. */
export interface RenderedStepRole {
  readonly stepName: string;
  readonly role: iam.Role;
}

/** CodeBuild project of a step, with its role. */
export interface RenderedBuild extends RenderedStepRole {
  readonly project: codebuild.Project;
}

/** Bucket and distribution of a static site. */
export interface RenderedSite {
  readonly bucket: s3.IBucket;
  readonly distribution: cloudfront.IDistribution;
  /** Key prefix of the files that the distribution serves. */
  readonly prefix: string;
  /** Key prefix of the file lists of releases. */
  readonly statePrefix: string;
  /** Address of the site. */
  readonly url: string;
  /** Key-value store with the live release, if each release has a separate folder. */
  readonly releaseStore?: cloudfront.KeyValueStore;
}

/** Resources of an environment. */
export interface RenderedEnvironment {
  readonly environmentName: string;
  readonly actionRole: iam.Role;
  readonly site?: RenderedSite;
  /** Execution role of CloudFormation. */
  readonly cloudFormationRole?: iam.IRole;
  /** Deployment group that shifts the traffic of a service. */
  readonly deploymentGroup?: codedeploy.IEcsDeploymentGroup;
  /** Name of the deployment, if the environment has several. */
  readonly deploymentName?: string;
}

/** Creates the resources of an action, and returns its configuration. */
export type ActionRenderer<Spec extends ActionSpec = ActionSpec> = (
  context: RenderContext,
  spec: Spec,
  action: StepPlan,
) => RenderedAction;

/** Resources of a pipeline. */
export interface RenderedPipeline {
  readonly pipeline: codepipeline.Pipeline;
  readonly role: iam.Role;
  readonly artifactBucket: s3.IBucket;
  readonly builds: RenderedBuild[];
  /** Roles of the steps without a project. */
  readonly stepRoles: RenderedStepRole[];
  readonly environments: RenderedEnvironment[];
}
