import type { Environment } from '../../pipeline/env';

/** What is in a stage of a CDK app, as its assembly tells. Names and paths alone: nothing here changes with the content of an asset. */
export interface CdkStagePlan {
  /** The path of its construct. */
  readonly path: string;
  /** It is the app itself, which nobody has looked into. */
  readonly isApp: boolean;
  /** Those that are needed by others come first. */
  readonly stacks: readonly CdkStackPlan[];
  /** Stages inside of it. */
  readonly nestedStages: readonly string[];
}

export interface CdkStackPlan {
  /** What sets it apart in the stage, made of the path of its construct. */
  readonly id: string;
  readonly stackName: string;
  readonly place: Environment;
  /** Ids of stacks that are deployed before. */
  readonly after: readonly string[];
  /** Paths are those of the artifact: they begin at the top of `cdk.out`. */
  readonly templatePath: string;
  /** A file with the tags of the stack, when it has any. */
  readonly configurationPath?: string;
  readonly manifests: readonly AssetManifestPlan[];
  /** The role that CloudFormation works with. ARNs may hold `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}`. */
  readonly executionRoleArn?: string;
}

/** A list of what is published for a stack. What it lists is read when it is published. */
export interface AssetManifestPlan {
  readonly path: string;
  /** Of the schema. */
  readonly version: number;
  /** Roles that publish, each once. */
  readonly roleArns: readonly string[];
  /** Something is published with the credentials at hand. */
  readonly withoutRole: boolean;
  /** A role is taken on with tags of the session. */
  readonly sessionTags: boolean;
  /** It lists images that Docker builds. */
  readonly images: boolean;
}

/** An output of a stack that tests are told. */
export interface CdkOutputPlan {
  /** Undefined when its stack is none of the stage. */
  readonly stackId?: string;
  readonly name: string;
}
