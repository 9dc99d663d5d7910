import { aws_lambda as lambda, Token, type aws_ecr as ecr } from 'aws-cdk-lib';
import type { Architecture } from '../../aws/builds';
import { LAMBDA_ALIAS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { ANY, type OptionTypes, readOptions, instanceOf, resourceWith } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { PipelineStep } from '../../steps/pipeline-step';
import {
  type DeployRequest,
  NOTHING_PLANNED,
  type TargetPlan,
  type TargetPlanner,
  type DeploymentNameOptions,
  deploymentStepName,
  validateDeploymentName,
} from '../deploy-request';
import { imageVariable, NEEDS_JQ, readImageCommands } from '../image-commands';
import { envOfResource, explicitName } from '../resources';
import { RESOURCE } from '../../pipeline/rules';
import { IMAGE_STEP_FIX } from '../../steps/built-image';

/** Options of {@link DeployTarget.lambdaImage}. */
export interface LambdaImageOptions extends DeploymentNameOptions {
  /**
   * Alias that is updated to the published version: 1 to 128 letters, digits, `_` and `-`, not only digits. If the
   * alias does not exist, the release fails before anything is changed.
   *
   * @default 'live'
   */
  readonly alias?: string;

  /**
   * Step that provides the image: {@link BuildStep.dockerImage}, or an ECR source.
   *
   * @default - the released image
   */
  readonly image?: PipelineStep;

  /**
   * Repository of the image. Required if it belongs to another account than the function: the action role is then
   * granted permission to read it. It requires an explicit name, and its policy must allow the account of the function
   * and the Lambda service.
   *
   * @default - a repository in the account of the function, for which the role requires no permissions
   * @see https://repost.aws/knowledge-center/lambda-ecr-image
   */
  readonly repository?: ecr.IRepository;
}

/** Deploys an image to a function. */
export interface DeployLambdaImageSpec extends ActionSpec {
  readonly kind: 'deploy-lambda-image';
  readonly environment: string;
  readonly function: lambda.IFunction;
  /** Explicit name, or a token. */
  readonly functionName: string;
  readonly alias: string;
  /** Architecture of the function; undefined if it is imported. */
  readonly architecture?: Architecture;
  /** Repository of the image, if it belongs to another account. */
  readonly repository?: { readonly name: string; readonly account: string };
}

const OPTION_TYPES: OptionTypes<LambdaImageOptions> = {
  deploymentName: ANY,
  alias: ANY,
  image: instanceOf(PipelineStep, IMAGE_STEP_FIX, 'a step'),
  repository: resourceWith('repositoryName', 'a repository', 'pass an ecr.IRepository'),
};

const FUNCTION = resourceWith(
  'functionArn',
  RESOURCE.function,
  "pass one of this app, or import it: lambda.Function.fromFunctionArn(this, 'Function', 'arn:…')",
);

const DEFAULT_ALIAS = 'live';

/** Plans the release of an image to a function: it updates the code, publishes a version and updates the alias. */
export class LambdaImageTarget implements TargetPlanner {
  public constructor(
    private readonly target: lambda.IFunction,
    private readonly options: LambdaImageOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { target } = this;
    const { environment, artifact, problems } = request;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const { deploymentName, alias = DEFAULT_ALIAS, image, repository } = options;
    const hasName = validateDeploymentName(deploymentName, problems);
    problems.at('alias').name(alias, LAMBDA_ALIAS, 'use the name of the alias');
    if (!FUNCTION(target, problems.at('function'))) return NOTHING_PLANNED;
    validateFunction(target, problems.at('function'));
    if (!hasName) return NOTHING_PLANNED;
    const name = deploymentStepName('Deploy', environment, deploymentName);
    const input = image?.artifact.artifactName ?? artifact;
    const functionName = functionNameOf(target);
    const architecture = architectureOf(target);
    const step: StepPlan<DeployLambdaImageSpec> = {
      name,
      path: problems.path,
      provider: 'commands',
      inputs: [input],
      outputs: [],
      namespace: namespaceOf(name),
      exports: [VERSION],
      safeExports: [VERSION],
      configuration: {},
      commands: [NEEDS_JQ, ...readImageCommands([{ artifact: input }]), ...RELEASE],
      // Several environments may use one function with different aliases.
      receiver: {
        resourceKind: 'alias of a function',
        name: `${alias} of ${target.node.path}`,
        identity: [functionName, alias],
      },
      imageUse: { artifacts: [input], takesIndex: false, architecture },
      spec: {
        kind: 'deploy-lambda-image',
        environment,
        function: target,
        functionName,
        alias,
        architecture,
        repository: repository && {
          name: explicitName(repository, 'repositoryName') ?? repository.repositoryName,
          account: repository.env.account,
        },
      },
    };
    return { steps: [step], env: envOfResource(target) };
  }
}

function validateFunction(target: lambda.IFunction, problems: Problems): void {
  const isQualified = target instanceof lambda.Alias || target instanceof lambda.Version;
  if (isQualified || /:function:[^:]+:[^:]+$/.test(target.functionArn)) {
    const fix = 'pass the function, and set alias';
    problems.add('be an unqualified function', 'a version or an alias', fix);
    return;
  }
  if (!(target instanceof lambda.Function)) return;
  const { packageType } = target.node.defaultChild as lambda.CfnFunction;
  if (packageType === 'Image') return;
  const fix = 'create a lambda.DockerImageFunction, since the package type cannot change';
  problems.add('have the package type Image', `${target.node.path}, which has the package type Zip`, fix);
}

/** Returns the explicit name of a function, or the one in its ARN; a token if CloudFormation generates the name. */
function functionNameOf(target: lambda.IFunction): string {
  const name = explicitName(target, 'functionName');
  if (name !== undefined) return name;
  const [, nameInArn] = /:function:([^:]+)$/.exec(target.functionArn) ?? [];
  return nameInArn === undefined || Token.isUnresolved(nameInArn) ? target.functionName : nameInArn;
}

/** Returns the architecture of a function, which is x86 by default; undefined if the function is imported. */
function architectureOf(target: lambda.IFunction): Architecture | undefined {
  if (!(target instanceof lambda.Function)) return undefined;
  return target.architecture.name === lambda.Architecture.ARM_64.name ? 'arm' : 'x86';
}

/** Variable that later steps may use. */
const VERSION = 'FUNCTION_VERSION';
const IMAGE = imageVariable(0);

/**
 * Commands of a release. They read the alias first, so that nothing is changed if it does not exist. The alias is
 * updated only after the version is ready, and its routing weights are removed, so that the version receives all
 * traffic.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
const RELEASE = [
  'FORMER="$(aws lambda get-alias --function-name "$FUNCTION_NAME" --name "$FUNCTION_ALIAS" --query ' +
    'FunctionVersion --output text)"' +
    ' && echo "$FUNCTION_NAME: the alias $FUNCTION_ALIAS has version $FORMER"',
  `${VERSION}="$(aws lambda update-function-code --function-name "$FUNCTION_NAME" --image-uri "$${IMAGE}" ` +
    `--publish --query Version --output text)" && export ${VERSION}`,
  `case "$${VERSION}" in ''|*[!0-9]*) echo "Lambda returned no version of the function ` +
    '$FUNCTION_NAME" >&2; false;; esac',
  `echo "$FUNCTION_NAME: version $${VERSION} is $${IMAGE}"`,
  'aws lambda wait function-updated-v2 --function-name "$FUNCTION_NAME"',
  `aws lambda wait published-version-active --function-name "$FUNCTION_NAME" --qualifier "$${VERSION}"`,
  'aws lambda update-alias --function-name "$FUNCTION_NAME" --name "$FUNCTION_ALIAS" --function-version ' +
    `"$${VERSION}" --routing-config 'AdditionalVersionWeights={}' > /dev/null`,
  `echo "$FUNCTION_NAME: the alias $FUNCTION_ALIAS has version $${VERSION} now"`,
];
