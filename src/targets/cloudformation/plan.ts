import { Token, type aws_iam as iam } from 'aws-cdk-lib';
import { executeChangeSet, prepareChangeSet } from './change-set';
import type { PrepareStackSpec } from './spec';
import { STACK_NAME, STACK_OUTPUT, STACK_PARAMETER, STACK_PARAMETERS_BYTES } from '../../aws/limits';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  ANY,
  listOf,
  type OptionTypes,
  readOptions,
  TEXT,
  TEXT_RECORD,
  resourceWith,
  validateUnique,
} from '../../pipeline/read-options';
import {
  type DeployRequest,
  NOTHING_PLANNED,
  type TargetPlan,
  type TargetPlanner,
  deploymentStepName,
} from '../deploy-request';
import { releasedFilesOf } from '../image-commands';

/** What a template may do that CloudFormation does only when it is told so. */
export enum StackCapability {
  /** It makes IAM resources to which CloudFormation gives names. */
  IAM = 'CAPABILITY_IAM',

  /** It makes IAM resources with names of their own; includes {@link IAM}. */
  NAMED_IAM = 'CAPABILITY_NAMED_IAM',

  /**
   * It has macros, such as `AWS::Serverless`, in nested stacks. AWS says that change sets need none for those of the
   * template itself.
   */
  AUTO_EXPAND = 'CAPABILITY_AUTO_EXPAND',
}

/** Options of {@link DeployTarget.cloudFormationStack}. */
export interface CloudFormationStackOptions {
  /**
   * The template, relative to the artifact that is released, or to the first source where that is an image:
   * `packaged.yaml` where the build runs `sam package`, `Shop.template.json` where its artifact is `cdk.out`.
   *
   * @default 'template.yaml'
   */
  readonly templatePath?: string;

  /**
   * Values of the parameters of the template; they win over those of the template configuration. Together they are at
   * most 1000 characters and 1024 bytes of JSON. Variables of the pipeline may stand in them as far as they are ids or
   * digests.
   *
   * @default - those of the template configuration, else the values that the stack has, else the defaults of the
   * template
   */
  readonly parameters?: { [name: string]: string };

  /**
   * A file of JSON with `Parameters` and `Tags` for the stack, relative to the artifact that is released, e.g.
   * `config/production.json`. Values for each environment travel so with what is released, and a rollback takes them
   * back, too.
   *
   * @default - none
   * @see
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
   */
  readonly templateConfigurationPath?: string;

  /**
   * What the template may do besides. Without the one that it needs CloudFormation refuses the template, and the
   * release fails before anything is changed.
   *
   * @default - nothing: no IAM resources, no macros in nested stacks
   */
  readonly capabilities?: StackCapability[];

  /**
   * Outputs of the stack that shell tests of the environment find in environment variables of the same names. The
   * deployment hands all outputs on as an artifact, one more input of each test, which reads them before its first
   * command; one that is missing or empty fails the test. CodePipeline never fills them in, so they may hold any text.
   * The image of the test needs `jq`, which those of CodeBuild have.
   *
   * @default - none
   */
  readonly outputs?: string[];

  /**
   * The role with which CloudFormation makes, changes and deletes what is in the template. It must trust
   * cloudformation.amazonaws.com and belong to the account of the environment. A stack remembers its role: as long as
   * the stack lives, so must the role.
   *
   * @default - one is made that may do nothing. Grant it what the template needs:
   * `pipeline.cloudFormationRole('production').addManagedPolicy(…)`
   */
  readonly cloudFormationRole?: iam.IRole;
}

const OPTION_TYPES: OptionTypes<CloudFormationStackOptions> = {
  templatePath: TEXT,
  parameters: TEXT_RECORD,
  templateConfigurationPath: TEXT,
  capabilities: listOf(ANY, 'write it as in [StackCapability.IAM]'),
  outputs: listOf(ANY, "write it as in ['ApiUrl']"),
  cloudFormationRole: resourceWith('roleArn', 'a role', 'pass an iam.IRole'),
};

/** Properties that the configuration of the actions comes from. */
const PROP_NAMES = {
  StackName: 'stackName',
  TemplatePath: 'templatePath',
  TemplateConfiguration: 'templateConfigurationPath',
  ParameterOverrides: 'parameters',
  Capabilities: 'capabilities',
};

/**
 * Plans a CloudFormation stack: a change set is prepared, then executed. A rollback runs both again, with the template
 * of that release.
 */
export class CloudFormationStackTarget implements TargetPlanner {
  public constructor(
    private readonly stackName: string,
    private readonly options: CloudFormationStackOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { environment, problems } = request;
    const { stackName } = this;
    problems.at('stackName').name(stackName, STACK_NAME, 'rename the stack');
    const options = readOptions(this.options, OPTION_TYPES, problems);
    validateStack(options, problems);
    if (typeof stackName !== 'string' || stackName === '') return NOTHING_PLANNED;
    const { templatePath = 'template.yaml', templateConfigurationPath, cloudFormationRole } = options;
    const { parameters = {}, capabilities = [], outputs = [] } = options;
    const change = { path: problems.path, propNames: PROP_NAMES, stackName };
    const name = deploymentStepName('Prepare', environment);
    const prepared = prepareChangeSet(
      { ...change, name },
      { artifact: releasedFilesOf(request), templatePath, templateConfigurationPath },
    );
    const prepare: StepPlan<PrepareStackSpec> = {
      ...prepared,
      configuration: {
        ...prepared.configuration,
        ...(Object.keys(parameters).length > 0 && { ParameterOverrides: JSON.stringify(parameters) }),
        ...(capabilities.length > 0 && { Capabilities: capabilities.join(',') }),
      },
      spec: {
        kind: 'prepare-stack',
        environment,
        stackName,
        parameters,
        cloudFormationRole,
        publishesOutputs: outputs.length > 0,
      },
    };
    const execute = executeChangeSet({ ...change, name: deploymentStepName('Deploy', environment) }, name, outputs);
    return { steps: [prepare, execute] };
  }
}

function validateStack(options: CloudFormationStackOptions, problems: Problems): void {
  const { templatePath, templateConfigurationPath, parameters = {}, capabilities = [], outputs = [] } = options;
  validatePath(templatePath, problems.at('templatePath'));
  validatePath(templateConfigurationPath, problems.at('templateConfigurationPath'));
  validateParameters(parameters, problems.at('parameters'));
  validateCapabilities(capabilities, problems.at('capabilities'));
  validateOutputs(outputs, problems.at('outputs'));
}

/** Validates the path of a file of an artifact. */
function validatePath(path: string | undefined, problems: Problems): void {
  if (path === undefined || Token.isUnresolved(path)) return;
  if (path === '' || /^([/\\~]|[A-Za-z]:)/.test(path)) {
    const fix = "write it relative to the root of the artifact, e.g. 'template.yaml'";
    problems.add('be the path of a file in the artifact', path, fix);
  } else if (path.split(/[/\\]/).includes('..')) {
    const fix = 'write the file to the output folder of the build';
    problems.add("not contain '..'", path, fix);
  } else if (path.includes('::')) {
    const fix = 'write the path alone; the artifact is the released one';
    problems.add("not contain '::'", path, fix);
  }
}

function validateParameters(parameters: Readonly<Record<string, string>>, problems: Problems): void {
  for (const name of Object.keys(parameters)) problems.name(name, STACK_PARAMETER, 'use the name in the template');
  const json = JSON.stringify(parameters);
  const bytes = Buffer.byteLength(json);
  // Characters are counted where those of all values of configurations are.
  if (Token.isUnresolved(json) || bytes <= STACK_PARAMETERS_BYTES || json.length > STACK_PARAMETERS_BYTES) return;
  problems.add(
    `be at most ${STACK_PARAMETERS_BYTES} bytes as JSON`,
    `${bytes} bytes`,
    'move them to a file of the artifact, and pass its path as templateConfigurationPath',
  );
}

function validateCapabilities(capabilities: readonly StackCapability[], problems: Problems): void {
  const choices = Object.values(StackCapability);
  for (const capability of capabilities.filter((item) => !choices.includes(item))) {
    problems.add(`contain only ${choices.join(', ')}`, capability, 'use StackCapability');
  }
  validateUnique(capabilities, problems);
}

function validateOutputs(outputs: readonly string[], problems: Problems): void {
  for (const name of outputs) problems.name(name, STACK_OUTPUT, 'use the name in the template');
  validateUnique(outputs, problems);
}
