import type { DeployLambdaImagePlan } from './lambda-image-spec';
import { aws_lambda as lambda, Token } from 'aws-cdk-lib';
import type { LambdaImageOptions } from './lambda-image-options';
import type { Architecture } from '../../aws/builds';
import { namespaceOf } from '../../pipeline/variables';
import type { DeployRequest, UnplacedStep } from '../deploy-request';
import { imageVariable, NEEDS_JQ, readImageCommands } from '../image-commands';
import { givenName } from '../read-resource';
import { stepOf } from '../step-name';

export const DEFAULT_ALIAS = 'live';

/** The name that a function was given, or that its ARN ends with; of one that CloudFormation names, a token. */
export function functionNameOf(target: lambda.IFunction): string {
  const [, ofArn] = /:function:([^:]+)$/.exec(target.functionArn) ?? [];
  return (
    givenName(target, 'functionName') ??
    (ofArn === undefined || Token.isUnresolved(ofArn) ? target.functionName : ofArn)
  );
}

/** Lambda takes x86 where none is said; of a function that was looked up, it is not known. */
function processorOf(target: lambda.IFunction): Architecture | undefined {
  if (!(target instanceof lambda.Function)) return undefined;
  return target.architecture.name === lambda.Architecture.ARM_64.name ? 'arm' : 'x86';
}

/** Code, version and alias, one after the other. */
export function planLambdaImage(
  target: lambda.IFunction,
  options: LambdaImageOptions,
  { environment, artifact }: DeployRequest,
): Array<UnplacedStep<DeployLambdaImagePlan>> {
  const name = stepOf('Deploy', environment, options.deploymentName);
  const { alias = DEFAULT_ALIAS, image, repository } = options;
  const input = image?.artifact.artifactName ?? artifact;
  return [
    {
      name,
      provider: 'commands',
      inputs: [input],
      outputs: [],
      namespace: namespaceOf(name),
      exports: [VERSION],
      safeExports: [VERSION],
      configuration: {},
      commands: [NEEDS_JQ, ...readImageCommands([{ name: 'function', artifact: input }]), ...RELEASE],
      // One function may serve several environments, by an alias for each.
      receiver: {
        what: 'alias of a function',
        name: `${alias} of ${target.node.path}`,
        identity: [functionNameOf(target), alias],
      },
      imageUse: { artifacts: [input], takesIndex: false, architecture: processorOf(target) },
      spec: {
        kind: 'deploy-lambda-image',
        environment,
        function: target,
        functionName: functionNameOf(target),
        alias,
        architecture: processorOf(target),
        ...(repository && {
          repository: {
            name: givenName(repository, 'repositoryName') ?? repository.repositoryName,
            account: repository.env.account,
          },
        }),
      },
    },
  ];
}

/** What later steps may use. */
const VERSION = 'FUNCTION_VERSION';
const IMAGE = imageVariable(0);

/**
 * The alias is looked at first, so that nothing changes where it is missing. A version that is not ready yet gets no traffic. Weights that somebody
 * left on the alias go: all traffic has the version then.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
const RELEASE = [
  'FORMER="$(aws lambda get-alias --function-name "$FUNCTION_NAME" --name "$FUNCTION_ALIAS" --query FunctionVersion --output text)"' +
    ' && echo "$FUNCTION_NAME: the alias $FUNCTION_ALIAS has version $FORMER"',
  `${VERSION}="$(aws lambda update-function-code --function-name "$FUNCTION_NAME" --image-uri "$${IMAGE}" --publish --query Version --output text)" && export ${VERSION}`,
  `case "$${VERSION}" in ''|*[!0-9]*) echo "Lambda tells no version of the function $FUNCTION_NAME" >&2; false;; esac`,
  `echo "$FUNCTION_NAME: version $${VERSION} is $${IMAGE}"`,
  'aws lambda wait function-updated-v2 --function-name "$FUNCTION_NAME"',
  `aws lambda wait published-version-active --function-name "$FUNCTION_NAME" --qualifier "$${VERSION}"`,
  `aws lambda update-alias --function-name "$FUNCTION_NAME" --name "$FUNCTION_ALIAS" --function-version "$${VERSION}" --routing-config 'AdditionalVersionWeights={}' > /dev/null`,
  `echo "$FUNCTION_NAME: the alias $FUNCTION_ALIAS has version $${VERSION} now"`,
];
