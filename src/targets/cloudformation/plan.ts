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
import { RESOURCE } from '../../pipeline/rules';
import { validateFile } from '../../steps/validate-names';

/** Capability of a template that CloudFormation requires to be acknowledged. */
export enum StackCapability {
  /** The template creates IAM resources with generated names. */
  IAM = 'CAPABILITY_IAM',

  /** The template creates IAM resources with custom names; includes {@link IAM}. */
  NAMED_IAM = 'CAPABILITY_NAMED_IAM',

  /**
   * The template uses macros, such as `AWS::Serverless`, in nested stacks. According to the AWS documentation, change
   * sets do not require the capability for macros of the template itself.
   */
  AUTO_EXPAND = 'CAPABILITY_AUTO_EXPAND',
}

/** Options of {@link DeployTarget.cloudFormationStack}. */
export interface CloudFormationStackOptions {
  /**
   * Path of the template, relative to the root of the released artifact, or of the first source if the release is an
   * image: for example `packaged.yaml` if the build runs `sam package`, or `Shop.template.json` if its artifact is
   * `cdk.out`.
   *
   * @default 'template.yaml'
   */
  readonly templatePath?: string;

  /**
   * Values of template parameters. They override those of the template configuration. All together may have at most
   * 1000 characters and 1024 bytes as JSON. They may contain variables of the pipeline that are ids or digests.
   *
   * @default - the values of the template configuration, or else the current values of the stack, or else the defaults
   * of the template
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Path of a JSON file with `Parameters` and `Tags` of the stack, relative to the root of the released artifact, e.g.
   * `config/production.json`. The values of each environment are then part of the release, and are rolled back with it.
   *
   * @default - no template configuration
   * @see
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
   */
  readonly templateConfigurationPath?: string;

  /**
   * Capabilities of the template. If a required capability is missing, CloudFormation rejects the template, and the
   * release fails before anything is changed.
   *
   * @default - no capabilities: no IAM resources, no macros in nested stacks
   */
  readonly capabilities?: StackCapability[];

  /**
   * Outputs of the stack that shell tests of the environment receive as environment variables of the same names. The
   * deployment writes all outputs to an artifact, which is an additional input of each test. The test reads them before
   * its first command, and fails if one is missing or empty. CodePipeline does not substitute them, so they may contain
   * any text. The image of the test requires `jq`, which all CodeBuild images contain.
   *
   * @default - no outputs
   */
  readonly outputs?: string[];

  /**
   * CloudFormation execution role: CloudFormation assumes it to create, update and delete the resources of the stack.
   * It must trust cloudformation.amazonaws.com and belong to the account of the environment. The stack stores the role,
   * so the role must exist as long as the stack.
   *
   * @default - a new role without permissions. Grant it the permissions that the template requires:
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
  cloudFormationRole: resourceWith('roleArn', RESOURCE.role, 'pass an iam.IRole'),
};

/** Property names by configuration key. */
const PROP_NAMES = {
  StackName: 'stackName',
  TemplatePath: 'templatePath',
  TemplateConfiguration: 'templateConfigurationPath',
  ParameterOverrides: 'parameters',
  Capabilities: 'capabilities',
};

/**
 * Plans the deployment of a CloudFormation stack: one step creates a change set, another executes it. A rollback runs
 * both steps with the template of the earlier release.
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
    const configuration: Record<string, string> = { ...prepared.configuration };
    if (Object.keys(parameters).length > 0) configuration.ParameterOverrides = JSON.stringify(parameters);
    if (capabilities.length > 0) configuration.Capabilities = capabilities.join(',');
    const prepare: StepPlan<PrepareStackSpec> = {
      ...prepared,
      configuration,
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
  if (templatePath !== undefined) validateFile(templatePath, problems.at('templatePath'));
  if (templateConfigurationPath !== undefined) {
    validateFile(templateConfigurationPath, problems.at('templateConfigurationPath'));
  }
  validateParameters(parameters, problems.at('parameters'));
  validateCapabilities(capabilities, problems.at('capabilities'));
  validateOutputs(outputs, problems.at('outputs'));
}

function validateParameters(parameters: Readonly<Record<string, string>>, problems: Problems): void {
  for (const name of Object.keys(parameters)) problems.name(name, STACK_PARAMETER, 'use the name in the template');
  const json = JSON.stringify(parameters);
  const bytes = Buffer.byteLength(json);
  // The number of characters is validated together with all other configuration values.
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
