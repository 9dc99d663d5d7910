import { Token } from 'aws-cdk-lib';
import { StackCapability, type CloudFormationStackOptions } from './stack-options';
import { STACK_NAME, STACK_OUTPUT, STACK_PARAMETER, STACK_PARAMETERS_BYTES } from '../../aws/limits';
import { checkName, problem, type Problem } from '../../pipeline/problems';

/** What is wrong with a stack. */
export function checkStack(prop: string, stackName: string, options: CloudFormationStackOptions): Problem[] {
  const { templatePath, templateConfigurationPath, parameters, capabilities = [], outputs = [] } = options;
  return [
    ...checkName(`${prop}.stackName`, stackName, STACK_NAME, 'rename the stack'),
    ...checkPath(`${prop}.templatePath`, templatePath),
    ...checkPath(`${prop}.templateConfigurationPath`, templateConfigurationPath),
    ...checkParameters(`${prop}.parameters`, parameters),
    ...checkCapabilities(`${prop}.capabilities`, capabilities),
    ...outputs.flatMap((name, i) => [
      ...checkName(`${prop}.outputs`, name, STACK_OUTPUT, 'name it as the template does'),
      ...(outputs.indexOf(name) < i
        ? [problem(`${prop}.outputs`, 'name every output once', name, 'remove one of them')]
        : []),
    ]),
  ];
}

/** A file of an artifact. */
function checkPath(prop: string, path: string | undefined): Problem[] {
  if (path === undefined || Token.isUnresolved(path)) return [];
  if (path === '' || /^([/\\~]|[A-Za-z]:)/.test(path))
    return [
      problem(
        prop,
        'name a file of the artifact',
        path,
        "write it relative to the top of the artifact, e.g. 'template.yaml'",
      ),
    ];
  if (path.split(/[/\\]/).includes('..'))
    return [
      problem(
        prop,
        "stay inside of the artifact, without '..'",
        path,
        'let the build put the file into its output folder',
      ),
    ];
  if (path.includes('::'))
    return [
      problem(
        prop,
        "be the path alone, without an artifact and '::'",
        path,
        'the artifact is the one that is released',
      ),
    ];
  return [];
}

function checkParameters(prop: string, parameters: Readonly<Record<string, string>> = {}): Problem[] {
  const json = JSON.stringify(parameters);
  const bytes = Buffer.byteLength(json);
  return [
    ...Object.keys(parameters).flatMap((name) =>
      checkName(prop, name, STACK_PARAMETER, 'name it as the template does'),
    ),
    // Characters are counted where those of all values of configurations are.
    ...(Token.isUnresolved(json) || bytes <= STACK_PARAMETERS_BYTES || json.length > STACK_PARAMETERS_BYTES
      ? []
      : [
          problem(
            prop,
            `be at most ${STACK_PARAMETERS_BYTES} bytes as JSON`,
            `${bytes} bytes`,
            'put them into a file of the artifact, and name it in templateConfigurationPath',
          ),
        ]),
  ];
}

function checkCapabilities(prop: string, capabilities: readonly StackCapability[]): Problem[] {
  const known = Object.values(StackCapability);
  return capabilities.flatMap((capability, i) => [
    ...(known.includes(capability)
      ? []
      : [problem(prop, `hold ${known.join(', ')} only`, capability, 'use StackCapability')]),
    ...(capabilities.indexOf(capability) < i
      ? [problem(prop, 'name every capability once', capability, 'remove one of them')]
      : []),
  ]);
}
