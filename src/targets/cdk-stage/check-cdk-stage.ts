import type { CdkStageOptions } from './cdk-stage-options';
import { CDK_ASSETS, EXACT_VERSION } from '../../aws/cdk-assets';
import { STACK_OUTPUT } from '../../aws/limits';
import type { CdkOutputPlan, CdkStackPlan, CdkStagePlan } from './cdk-stage-plan';
import { checkName, problem, type Problem } from '../../pipeline/problems';

/** What is wrong with a stage of a CDK app. */
export function checkCdkStage(
  prop: string,
  stage: CdkStagePlan,
  outputs: readonly CdkOutputPlan[],
  options: CdkStageOptions,
): Problem[] {
  const { path, isApp, stacks, nestedStages } = stage;
  const at = `${prop}.stage`;
  if (isApp)
    return [
      problem(
        at,
        'be a Stage inside of the app',
        'the app itself',
        "put the stacks that are released into new Stage(app, 'Production')",
      ),
    ];
  if (nestedStages.length > 0)
    return [problem(at, 'hold no other stages', nestedStages, 'release each of them in an environment of its own')];
  if (stacks.length === 0)
    return [problem(at, 'hold at least one stack', path, 'make the stacks of the stage before the pipeline')];
  return [
    ...checkOnePlace(at, stacks),
    ...stacks.flatMap((stack) => checkSynthesizer(at, stack)),
    ...checkVersion(`${prop}.cdkAssetsVersion`, stage, options.cdkAssetsVersion),
    ...checkOutputs(`${prop}.outputs`, outputs),
  ];
}

/** An environment is in one place. */
function checkOnePlace(prop: string, stacks: readonly CdkStackPlan[]): Problem[] {
  const places = [
    ...new Set(stacks.map(({ place: { account = 'any account', region = 'any region' } }) => `${account}/${region}`)),
  ];
  return places.length === 1
    ? []
    : [
        problem(
          prop,
          'have all its stacks in one account and region',
          places,
          'make one stage for each of them, and release each in an environment of its own',
        ),
      ];
}

/** Publishing and deploying go by the roles of `cdk bootstrap`, which the default synthesizer names. */
function checkSynthesizer(prop: string, { id, executionRoleArn, manifests }: CdkStackPlan): Problem[] {
  const fix = `give '${id}' the DefaultStackSynthesizer, which is the default`;
  return [
    ...(executionRoleArn === undefined || manifests.length === 0 || manifests.some(({ withoutRole }) => withoutRole)
      ? [problem(prop, 'hold stacks that are published and deployed by the roles of cdk bootstrap', id, fix)]
      : []),
    ...(manifests.some(({ sessionTags }) => sessionTags)
      ? [
          problem(
            prop,
            'hold stacks whose assets are published without tags of the session',
            id,
            `take the tags out of the synthesizer of '${id}'`,
          ),
        ]
      : []),
  ];
}

function checkVersion(prop: string, { stacks }: CdkStagePlan, version: string | undefined): Problem[] {
  if (version !== undefined) {
    return EXACT_VERSION.test(version)
      ? []
      : [
          problem(
            prop,
            'be one exact version',
            version,
            `write it as in '${CDK_ASSETS.version}', so that every run publishes with the same tool`,
          ),
        ];
  }
  const schema = Math.max(...stacks.flatMap(({ manifests }) => manifests).map((manifest) => manifest.version));
  return schema <= CDK_ASSETS.schema
    ? []
    : [
        problem(
          prop,
          `be a version that reads asset manifests of schema ${schema}, which your aws-cdk-lib writes`,
          CDK_ASSETS.version,
          'give the newest version of cdk-assets',
        ),
      ];
}

const checkOutputs = (prop: string, outputs: readonly CdkOutputPlan[]): Problem[] =>
  outputs.flatMap(({ stackId, name }, i) => [
    ...(stackId === undefined
      ? [
          problem(
            prop,
            'hold outputs of stacks that are in the stage',
            name,
            'make the output in one of them; one of a nested stack is handed on by the stack around it',
          ),
        ]
      : []),
    ...checkName(prop, name, STACK_OUTPUT, 'choose another id'),
    ...(outputs.findIndex((other) => other.name === name) < i
      ? [
          problem(
            prop,
            'hold outputs of different names',
            name,
            'they become environment variables; rename one with overrideLogicalId, or remove it',
          ),
        ]
      : []),
  ]);
