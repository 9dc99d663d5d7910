import type { aws_iam as iam } from 'aws-cdk-lib';

/** What a template may do that CloudFormation does only when it is told so. */
export enum StackCapability {
  /** It makes IAM resources to which CloudFormation gives names. */
  IAM = 'CAPABILITY_IAM',

  /** It makes IAM resources with names of their own; includes {@link IAM}. */
  NAMED_IAM = 'CAPABILITY_NAMED_IAM',

  /** It has macros, such as `AWS::Serverless`, in nested stacks. AWS says that change sets need none for those of the template itself. */
  AUTO_EXPAND = 'CAPABILITY_AUTO_EXPAND',
}

/** Options of {@link DeployTarget.cloudFormationStack}. */
export interface CloudFormationStackOptions {
  /**
   * The template, relative to the artifact that is released, or to the first source where that is an image: `packaged.yaml` where the build runs
   * `sam package`, `Shop.template.json` where its artifact is `cdk.out`.
   *
   * @default 'template.yaml'
   */
  readonly templatePath?: string;

  /**
   * Values of the parameters of the template; they win over those of the template configuration. Together they are at most 1000 characters and
   * 1024 bytes of JSON. Variables of the pipeline may stand in them as far as they are ids or digests.
   *
   * @default - those of the template configuration, else the values that the stack has, else the defaults of the template
   */
  readonly parameters?: { [name: string]: string };

  /**
   * A file of JSON with `Parameters` and `Tags` for the stack, relative to the artifact that is released, e.g. `config/production.json`. Values
   * for each environment travel so with what is released, and a rollback takes them back, too.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
   */
  readonly templateConfigurationPath?: string;

  /**
   * What the template may do besides. Without the one that it needs CloudFormation refuses the template, and the release fails before anything
   * is changed.
   *
   * @default - nothing: no IAM resources, no macros in nested stacks
   */
  readonly capabilities?: StackCapability[];

  /**
   * Outputs of the stack that shell tests of the environment find in environment variables of the same names. The deployment hands all outputs on
   * as an artifact, one more input of each test, which reads them before its first command; one that is missing or empty fails the test.
   * CodePipeline never fills them in, so they may hold any text. The image of the test needs `jq`, which those of CodeBuild have.
   *
   * @default - none
   */
  readonly outputs?: string[];

  /**
   * The role with which CloudFormation makes, changes and deletes what is in the template. It must trust cloudformation.amazonaws.com and belong
   * to the account of the environment. A stack remembers its role: as long as the stack lives, so must the role.
   *
   * @default - one is made that may do nothing. Grant it what the template needs: `pipeline.deploymentRole('production').addManagedPolicy(…)`
   */
  readonly deploymentRole?: iam.IRole;
}
